"""Blocks as Slack keeps them: ids where the app gave none, and every element that can be pressed or filled in."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.block_kit.elements import INTERACTIVE
from bot.sandbox.kinds import Json, random_word


def kept(blocks: Iterable[Json]) -> list[Json]:
    """A copy with block_ids and action_ids; plain text gets its ``emoji``, mrkdwn its ``verbatim``."""
    copies = [copy.deepcopy(block) for block in blocks]
    for block in copies:
        _settle(block)
    return copies


def _settle(block: Json) -> None:
    block.setdefault("block_id", random_word(5))
    for element in elements_of(block):
        if element.get("type") in INTERACTIVE:
            element.setdefault("action_id", random_word(5))
    for child in block.get("child_blocks", ()):
        _settle(child)
    _complete_texts({name: inner for name, inner in block.items() if name != "child_blocks"})


def _complete_texts(value: Any) -> None:
    if isinstance(value, list):
        for each in value:
            _complete_texts(each)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for inner in value.values():
            _complete_texts(inner)


def elements_of(block: Json) -> list[Json]:
    """The elements of one block, in reading order."""
    found = [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    found += [each for each in block.get("elements", ()) if isinstance(each, dict)]
    if block.get("type") == "card":
        found += block.get("actions", ())
    for card in block.get("elements", ()) if block.get("type") == "carousel" else ():
        found += card.get("actions", ())
    return found


def controls(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block, containers opened."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in INTERACTIVE:
                yield block, element
        yield from controls(block.get("child_blocks", ()))


def inputs(blocks: Iterable[Json]) -> Iterator[Json]:
    """Every input block, containers opened."""
    for block in blocks:
        if block.get("type") == "input":
            yield block
        yield from inputs(block.get("child_blocks", ()))


def plain(text: Any) -> str:
    """The words of a text object."""
    return str(text.get("text", "")) if isinstance(text, dict) else str(text or "")
