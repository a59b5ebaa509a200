"""Composition objects: text, option, confirm and the other small parts (docs: "Composition objects")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit.checks import (
    Check,
    Place,
    Row,
    at_least_one,
    exactly_one,
    flag,
    items_of,
    many,
    number,
    one_of,
    shape,
    string,
    typed,
)  # fmt: skip

ID = string(255)
URL = string(3000, pattern=r"(https?|slack|mailto|tel):.+")
WEB_URL = string(3000, pattern=r"https?://.+")


def plain(most: int, least: int = 1) -> Check:
    return _text({"plain_text"}, most, least)


def text(most: int, least: int = 1) -> Check:
    return _text({"plain_text", "mrkdwn"}, most, least)


def mrkdwn(most: int) -> Check:
    return _text({"mrkdwn"}, most, 1)


def _text(kinds: set[str], most: int, least: int) -> Check:
    table = {
        "plain_text": Row({"type": one_of("plain_text"), "text": string(most, least)}, {"emoji": flag}),
        "mrkdwn": Row({"type": one_of("mrkdwn"), "text": string(most, least)}, {"verbatim": flag}),
    }
    return typed(lambda: table, kinds)


CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
DISPATCH = shape({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})
SLACK_FILE = shape({}, {"id": string(), "url": string()}, exactly_one("id", "url"))
FILTER = shape(
    {},
    {"include": many(one_of("im", "mpim", "private", "public"), 4), "exclude_bot_users": flag,
     "exclude_external_shared_channels": flag},
    at_least_one("include", "exclude_bot_users", "exclude_external_shared_channels"),
)  # fmt: skip
PARAMETER = shape({"name": string(), "value": string()})
TRIGGER = shape({"url": WEB_URL}, {"customizable_input_parameters": many(PARAMETER, 100)})
WORKFLOW = shape({"trigger": TRIGGER})


def option(words: Check, *, url: bool = False) -> Check:
    return shape({"text": words, "value": string(150)}, {"description": text(75), **({"url": URL} if url else {})})


PLAIN_OPTION = option(plain(75))
RICH_OPTION = option(text(75))
OVERFLOW_OPTION = option(plain(75), url=True)
OPTION_GROUP = shape({"label": plain(75), "options": many(PLAIN_OPTION, 100)})


def initial_among_options(value: Mapping[str, Any], place: Place) -> Iterator[str]:
    """``initial_option`` must be one of the options, word for word (docs: "Select menu element")."""
    offered = items_of(value.get("options")) + [
        each for group in items_of(value.get("option_groups")) for each in items_of(group.get("options"))
    ]
    keys = {_option_key(each) for each in offered}
    chosen = items_of([value.get("initial_option")]) + items_of(value.get("initial_options", ()))
    for each in chosen:
        if _option_key(each) not in keys:
            yield place.says("initial option must be one of the options")


def _option_key(choice: Mapping[str, Any]) -> tuple[Any, Any]:
    words = choice.get("text")
    return (choice.get("value"), words.get("text") if isinstance(words, Mapping) else words)


def distinct_values(value: Mapping[str, Any], place: Place) -> Iterator[str]:
    """Options are told apart by value; two alike cannot both be chosen."""
    values = [each.get("value") for each in items_of(value.get("options", ()))]
    for doubled in {each for each in values if values.count(each) > 1}:
        yield place.says(f"option value `{doubled}` already exists")


LINES = {"min_lines": number(1), "max_lines": number(1)}
DECIMAL = r"-?\d+(\.\d+)?"
DATE = string(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = string(pattern=r"([01]\d|2[0-3]):[0-5]\d")
