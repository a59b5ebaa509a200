"""No form that takes words forgets to listen, before it does anything else."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from tests.messages.gallery import ROOMS, Picture, room

# What staff set up for everybody: addresses, dates and names of services, no word about themselves.
SETTINGS = {"center.change", "channel_posts.change"}


def takes_words(picture: Picture) -> bool:
    elements = [block.get("element", {}) for block in picture.payload["blocks"]]
    return "submit" in picture.payload and any(each.get("type") == "plain_text_input" for each in elements)


def forms_that_take_words() -> set[str]:
    return {str(each.payload["callback_id"]) for name in ROOMS for each in room(name) if takes_words(each)} - SETTINGS


def first_call(listener: Any) -> str:
    """The name of the first thing the listener waits for."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(listener)))
    return next(_awaited(tree), "nothing")


def _awaited(tree: ast.AST) -> Iterator[str]:
    awaits = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Await)), key=lambda node: node.lineno)
    yield from (ast.unparse(node.value.func) for node in awaits if isinstance(node.value, ast.Call))


def test_every_form_that_takes_words_listens_first(front_desk: Any) -> None:
    wordy = forms_that_take_words()
    assert "rejected.begin" in wordy and len(wordy) >= 5
    deaf = [
        f"{door} begins with {first_call(door.listener)}" for door in front_desk.doors
        if door.kind in ("view", "view_submission") and door.id in wordy and first_call(door.listener) != "hear"
    ]  # fmt: skip
    assert not deaf, "ask bot.listening.hear before anything is stored:\n" + "\n".join(deaf)
