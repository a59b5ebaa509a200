"""Finding what a person would press: the newest thing on the screen that is called so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from bot.sandbox.drawing import controls, plain
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.values import first_values
from bot.sandbox.views import View
from bot.sandbox.workspace import Message


class Where(TypedDict, total=False):
    """Which of several of one name is meant. ``nth`` counts everything interactive on its surface from 0."""

    channel: str | None
    ts: str | None
    view_id: str | None
    block_id: str | None
    action_id: str | None
    value: str | None
    nth: int | None


@dataclass(frozen=True)
class Control:
    """One element on the screen, and where it stands."""

    block: Json
    element: Json
    nth: int
    message: Message | None = None
    view: View | None = None

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def sides(self) -> list[Json]:
        """The two halves of feedback buttons; of anything else none."""
        pair = ("positive_button", "negative_button") if self.kind == "feedback_buttons" else ()
        return [self.element[side] for side in pair]

    @property
    def words(self) -> list[str]:
        """What a person reads or hears: text, placeholder, what a screen reader says, the label of the input."""
        element = self.element
        words = [plain(element.get(name)) for name in ("text", "placeholder", "accessibility_label")]
        words += [plain(self.block.get("label")), *(plain(side.get("text")) for side in self.sides)]
        return [word for word in words if word]

    @property
    def names(self) -> list[str]:
        """Its words, then its ids."""
        ids = (str(self.element.get("action_id", "")), str(self.block.get("block_id", "")))
        return [*self.words, *(each for each in ids if each)]

    def is_at(self, where: Where) -> bool:
        """Whether it has the ids, the value and the place that were asked for."""
        has: dict[str, Any] = {"block_id": self.block.get("block_id"), "action_id": self.element.get("action_id")}
        values = [self.element.get("value"), *(side.get("value") for side in self.sides)]
        return (
            all(where.get(name) in (None, it) for name, it in has.items())
            and (where.get("value") is None or where.get("value") in values)
            and where.get("nth") in (None, self.nth)
        )

    def values(self, user: User) -> Json:
        """What this person has filled in on the same surface."""
        if self.view is not None:
            return self.view.values
        assert self.message is not None
        return self.message.values.setdefault(user.id, first_values(self.message.blocks))


def find(
    platform: Platform, user: User, at_home: bool, name: str | None, kinds: set[str] | None, where: Where
) -> Control:
    """An exact word first, then an id; the surface drawn last first, on it from top to bottom. None is any name."""
    on_screen = [
        each for each in visible(platform, user, at_home, where)
        if (kinds is None or each.kind in kinds) and _meant_for(each, user)
    ]  # fmt: skip
    for control in on_screen:
        if (name is None or name in control.names) and control.is_at(where):
            return control
    seen = ", ".join(dict.fromkeys(each.names[0] for each in on_screen if each.names)) or "nothing to press"
    raise HandsError(f"{user.real_name} sees no {name!r}{_there(where)}; on the screen: {seen}")


def _there(where: Where) -> str:
    """The part of the sentence that says what else was asked of it."""
    said = ("block_id", "action_id", "value")
    asked = [f"{name} {value!r}" for name, value in where.items() if name in said and value is not None]
    return f" with {', '.join(asked[:-1])} and {asked[-1]}" if asked[1:] else f" with {asked[0]}" if asked else ""


def _meant_for(control: Control, user: User) -> bool:
    only = control.element.get("visible_to_user_ids")
    return not only or user.id in only


def visible(platform: Platform, user: User, at_home: bool, where: Where) -> Iterator[Control]:
    """An open modal lies on top; Home comes first only for who is looking at it."""
    anywhere = where.get("channel") is None and where.get("ts") is None
    views = _views(platform, user, where.get("view_id")) if anywhere else []
    home = [each for each in views if each.type == "home"]
    modals = [each for each in views if each.type == "modal"]
    for view in modals + (home if at_home else []):
        yield from _on(view=view)
    for message in [] if where.get("view_id") else _messages(platform, user, where.get("channel"), where.get("ts")):
        yield from _on(message=message)
    for view in [] if at_home else home:
        yield from _on(view=view)


def _on(*, message: Message | None = None, view: View | None = None) -> Iterator[Control]:
    surface = view if view is not None else message
    assert surface is not None
    for nth, (block, element) in enumerate(controls(surface.blocks)):
        yield Control(block, element, nth, message, view)


def _views(platform: Platform, user: User, view_id: str | None) -> list[View]:
    """Of a stack only the top modal can be reached."""
    top, home = platform.views.top(user.id), platform.views.homes.get(user.id)
    return [each for each in (top, home) if each is not None and view_id in (None, each.id)]


def _messages(platform: Platform, user: User, channel: str | None, ts: str | None) -> list[Message]:
    workspace = platform.workspace
    wanted = workspace.channel(channel) if channel else None
    seen = [
        each for each in workspace.every()
        if user.id in workspace.channels[each.channel].members
        and each.ephemeral_to in (None, user.id)
        and ts in (None, each.ts) and (wanted is None or wanted.id == each.channel)
    ]  # fmt: skip
    return sorted(seen, key=lambda each: each.drawn, reverse=True)
