"""What a person may put into an element: an option by its words, a date, a member, a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.sandbox.drawing import plain
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.values import holds_many

_PEOPLE = {"users_select", "multi_users_select"}
_CHANNELS = {"channels_select", "multi_channels_select", "conversations_select", "multi_conversations_select"}
_WITH_OPTIONS = {"static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"}


def chosen(platform: Platform, element: Json, wanted: Any) -> Any:
    """``wanted`` as the element holds it; None or an empty list takes the choice away."""
    if element["type"] != "overflow" and holds_many(element):
        several = wanted if isinstance(wanted, list | tuple) else [] if wanted is None else [wanted]
        return [_one(platform, element, each) for each in several]
    return None if wanted is None or wanted == "" else _one(platform, element, wanted)


def _one(platform: Platform, element: Json, wanted: Any) -> Any:
    kind = element["type"]
    if kind in _WITH_OPTIONS:
        return choose_among(options(element), wanted)
    if kind in _PEOPLE:
        return platform.workspace.user(str(wanted)).id
    if kind in _CHANNELS:
        channel = platform.workspace.channel(str(wanted))
        if channel is None:
            raise HandsError(f"there is no channel {wanted!r}")
        return channel.id
    if kind == "datetimepicker":
        return int(wanted)
    if kind == "rich_text_input" and isinstance(wanted, str):
        words = {"type": "rich_text_section", "elements": [{"type": "text", "text": wanted}]}
        return {"type": "rich_text", "elements": [words]}
    return wanted if isinstance(wanted, dict) else str(wanted)


def options(element: Json) -> list[Json]:
    grouped = [each for group in element.get("option_groups", ()) for each in group.get("options", ())]
    return [*element.get("options", ()), *grouped]


def choose_among(offered: Iterable[Json], wanted: Any) -> Json:
    """The option of these words or this value."""
    there = list(offered)
    for option in there:
        if wanted in (plain(option["text"]), option.get("value")):
            return option
    words = ", ".join(plain(option["text"]) for option in there) or "none"
    raise HandsError(f"there is no option {wanted!r}; there are: {words}")
