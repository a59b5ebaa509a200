"""No dead buttons: whatever can be pressed or submitted has a listener, and every listener has its button."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.kinds import Kind
from handlers import COMPOSERS
from messages.forms import Form
from messages.presses import Press

BOLT_GIVES = set(AsyncArgs.__annotations__) | {"args", "error"}
WE_GIVE = {"tools", "member", "locale"}


def kinds_of(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        if kind.id:  # without one it is a base of others
            yield kind
        yield from kinds_of(kind)


PRESSES = {kind.id: kind.__name__ for kind in kinds_of(Press) if kind.__module__.startswith("messages.")}
FORMS = {kind.id: kind.__name__ for kind in kinds_of(Form) if kind.__module__.startswith("messages.")}


def only_read() -> set[str]:
    """Forms that are always drawn without a button to submit them: nothing comes back."""
    drawn: dict[str, bool] = {}
    for path in (Path(__file__).parent.parent / "messages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "view"):
                continue
            name = ast.unparse(node.func.value).partition("(")[0].rpartition(".")[2]
            drawn[name] = drawn.get(name, False) or any(each.arg in {"submit", None} for each in node.keywords)
    return {name for name, submitted in drawn.items() if not submitted}


def test_every_button_has_a_listener(front_desk: Any) -> None:
    dead = {PRESSES[id] for id in PRESSES.keys() - front_desk.ids("action")}
    assert not dead, f"nobody listens to {sorted(dead)}: register them in handlers/, or drop them from presses.py"


def test_every_listener_of_a_press_has_its_button(front_desk: Any) -> None:
    orphans = front_desk.ids("action") - PRESSES.keys()
    assert not orphans, f"{sorted(orphans)} are listened to but are no Press in messages/presses.py"


def test_every_form_has_a_listener(front_desk: Any) -> None:
    dead = {FORMS[id] for id in FORMS.keys() - front_desk.ids("view", "view_submission", "view_closed")}
    dead -= only_read()
    assert not dead, f"nobody listens to {sorted(dead)}: register them in handlers/, or drop them from forms.py"


def test_every_listener_of_a_form_has_its_form(front_desk: Any) -> None:
    orphans = front_desk.ids("view", "view_submission", "view_closed") - FORMS.keys()
    assert not orphans, f"{sorted(orphans)} are listened to but are no Form in messages/forms.py"


def test_ids_are_a_noun_and_a_verb_and_each_is_written_once() -> None:
    ids = [kind.id for base in (Press, Form) for kind in kinds_of(base)]
    odd = [id for id in ids if not all(part.isidentifier() and part.islower() for part in id.split(".", 1))]
    assert not odd, f"not <noun>.<verb>: {odd}"
    for base in (Press, Form):
        names = [kind.id for kind in kinds_of(base)]
        assert len(names) == len(set(names)), f"an id of {base.__name__} is used twice: {sorted(names)}"


def test_nobody_registers_twice_for_the_same(front_desk: Any) -> None:
    """Bolt asks the first that matches, and no other."""
    taken: dict[tuple[str, str], Any] = {}
    hidden = []
    for door in front_desk.doors:
        key = (door.kind, str(door.hears))
        if key in taken and door.id:
            hidden.append(f"{door} is never asked, {taken[key]} is")
        if not door.matchers:
            taken.setdefault(key, door)
    assert not hidden, "\n" + "\n".join(hidden)


def test_every_kind_of_message_is_composed_by_the_handlers_of_its_noun() -> None:
    """Else it would wait in the queue, and fail when its hour comes."""
    assert [kind for kind in Kind if kind not in COMPOSERS] == []
    homes = {kind: composer.__module__ for kind, composer in COMPOSERS.items()}
    assert [kind for kind, home in homes.items() if not home.startswith(f"handlers.{kind.partition('.')[0]}")] == []


def test_a_card_nobody_knows_any_more_is_still_answered(front_desk: Any) -> None:
    """The catch-all of its kind comes last, so that it hides no other."""
    for kind in ("action", "view", "shortcut", "event"):
        doors = [door for door in front_desk.doors if door.kind == kind]
        open_to_all = [door for door in doors if door.id is None]
        assert open_to_all == doors[-1:], f"{kind}: one catch-all, and last. Found {[str(door) for door in doors]}"


def test_every_parameter_of_a_listener_is_one_that_somebody_fills(front_desk: Any) -> None:
    """Bolt warns and hands over None for a name it does not know."""
    misspelt = [
        f"{door} takes {name}, which neither Bolt nor our middleware knows"
        for door in front_desk.doors for name in door.takes if name not in BOLT_GIVES | WE_GIVE
    ]  # fmt: skip
    assert not misspelt, "\n" + "\n".join(misspelt)


def test_every_listener_is_asynchronous(front_desk: Any) -> None:
    blocking = [str(door) for door in front_desk.doors if not inspect.iscoroutinefunction(door.listener)]
    assert not blocking, f"these would stop every other member while they work: {blocking}"
