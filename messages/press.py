"""What every button and menu is made of: a class with its id and what it carries.

It draws itself and reads itself back. What it carries is typed JSON in Slack's field of at most 2000 characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Self

from messages import blocks
from messages.blocks import Element


class OldPress(Exception):
    """A press whose load cannot be read: a card of another version, or a forged one."""


def pressed_view(body: Mapping[str, Any]) -> dict[str, Any]:
    """The modal or Home a press came from. Raises OldPress for one from a message, where no such button was drawn."""
    return _pressed(body, "view")


def pressed_message(body: Mapping[str, Any]) -> dict[str, Any]:
    """The message a press came from. Raises OldPress for one from a view."""
    return _pressed(body, "message")


def _pressed(body: Mapping[str, Any], where: str) -> dict[str, Any]:
    found: dict[str, Any] | None = body.get(where)
    if not found:
        raise OldPress
    return found


@dataclass(frozen=True)
class Press:
    """Base of every press. ``value`` is typed JSON in Slack's field of at most 2000 characters."""

    id: ClassVar[str]

    def __init_subclass__(cls, *, id: str) -> None:
        super().__init_subclass__()
        cls.id = id

    @property
    def value(self) -> str:
        packed = json.dumps(asdict(self), separators=(",", ":"))
        assert len(packed) <= blocks.VALUE_LENGTH, f"{type(self).__name__} carries more than Slack keeps"
        return packed

    def button(self, text: str, *, style: str | None = None, label: str | None = None) -> Element:
        return blocks.button(text, self.id, self.value, style=style, label=label)

    @classmethod
    def read(cls, action: Mapping[str, Any]) -> Self:
        """The press as it was drawn. Raises OldPress when it is not one of ours any more."""
        try:
            carried = json.loads(cls.carried(action))
            known = {each.name: carried[each.name] for each in fields(cls) if each.name in carried}
            press = cls(**known)
        except (TypeError, ValueError, KeyError, RecursionError) as unreadable:
            raise OldPress from unreadable
        if any(not isinstance(getattr(press, each.name), str) for each in fields(cls)):
            raise OldPress
        return press

    @classmethod
    def carried(cls, action: Mapping[str, Any]) -> str:
        return str(action["value"])


@dataclass(frozen=True)
class Choice(Press, id=""):
    """A menu or date picker. What it belongs to travels in its block id, what was chosen in the action."""

    @property
    def block_id(self) -> str:
        return self.value

    @classmethod
    def carried(cls, action: Mapping[str, Any]) -> str:
        return str(action["block_id"])

    @classmethod
    def chosen(cls, action: Mapping[str, Any]) -> str | None:
        """The chosen option's value, or the picked date as ``YYYY-MM-DD``."""
        option = action.get("selected_option") or {}
        return option.get("value") or action.get("selected_date")
