"""Finding what a person would press: the newest thing on the screen that is called so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.drawing import controls, plain
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.values import first_values
from bot.sandbox.views import View
from bot.sandbox.workspace import Message


@dataclass(frozen=True)
class Control:
    """One element on the screen, and where it stands."""

    block: Json
    element: Json
    message: Message | None = None
    view: View | None = None

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def names(self) -> list[str]:
        """What it is called: its words, its placeholder, the label of its input, what a screen reader says, its id."""
        element, block = self.element, self.block
        words = [plain(element.get(name)) for name in ("text", "placeholder", "accessibility_label")]
        words += [plain(block.get("label")), str(element.get("action_id", "")), str(block.get("block_id", ""))]
        if self.kind == "feedback_buttons":
            words += [plain(element[side].get("text")) for side in ("positive_button", "negative_button")]
        return [word for word in words if word]

    def values(self, user: User) -> Json:
        """What this person has filled in on the same surface."""
        if self.view is not None:
            return self.view.values
        assert self.message is not None
        return self.message.values.setdefault(user.id, first_values(self.message.blocks))


def find(
    platform: Platform, user: User, at_home: bool, name: str, *, kinds: set[str] | None = None,
    channel: str | None = None, ts: str | None = None, view_id: str | None = None,
) -> Control:  # fmt: skip
    """An exact word first, then an id; the surface drawn last first, on it from top to bottom."""
    on_screen = [
        each for each in visible(platform, user, at_home, channel=channel, ts=ts, view_id=view_id)
        if (kinds is None or each.kind in kinds) and _meant_for(each, user)
    ]  # fmt: skip
    for control in on_screen:
        if name in control.names:
            return control
    seen = ", ".join(dict.fromkeys(each.names[0] for each in on_screen if each.names)) or "nothing to press"
    raise HandsError(f"{user.real_name} sees no {name!r}; on the screen: {seen}")


def _meant_for(control: Control, user: User) -> bool:
    only = control.element.get("visible_to_user_ids")
    return not only or user.id in only


def visible(
    platform: Platform, user: User, at_home: bool, *, channel: str | None = None, ts: str | None = None,
    view_id: str | None = None,
) -> Iterator[Control]:  # fmt: skip
    """An open modal lies on top; Home comes first only for who is looking at it."""
    anywhere = channel is None and ts is None
    views = [] if not anywhere else _views(platform, user, view_id)
    home = [each for each in views if each.type == "home"]
    modals = [each for each in views if each.type == "modal"]
    messages = [] if view_id else _messages(platform, user, channel, ts)
    for view in modals + (home if at_home else []):
        yield from (Control(block, element, view=view) for block, element in controls(view.blocks))
    for message in messages:
        yield from (Control(block, element, message=message) for block, element in controls(message.blocks))
    for view in [] if at_home else home:
        yield from (Control(block, element, view=view) for block, element in controls(view.blocks))


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
