"""What somebody could send who knows every button, modal and id: real payloads, filled with what they like."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import handlers  # noqa: F401 - so that every press and form is known
from bot.gallery import ROOMS
from bot.sandbox import payloads
from bot.sandbox.kinds import Json, random_id
from bot.sandbox.people import User
from bot.sandbox.slack import Slack
from bot.sandbox.values import first_values
from bot.sandbox.workspace import Message
from messages.forms import Form
from messages.library import Library
from messages.press import Choice, Press

WORDS = "Zyxwords I typed"


def kinds_of(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        if kind.id:
            yield kind
        yield from kinds_of(kind)


PRESSES: list[type[Press]] = sorted(kinds_of(Press), key=lambda kind: str(kind.id))
FORMS: list[type[Form]] = sorted(kinds_of(Form), key=lambda kind: str(kind.id))


def drawn_forms() -> dict[str, Json]:
    """One view of each form as it is really drawn."""
    locale = Library.load().locale(None)
    views: dict[str, Json] = {}
    for room in ROOMS.values():
        for picture in room(locale):
            if picture.text is None and (name := str(picture.payload.get("callback_id", ""))) not in views:
                views[name] = dict(picture.payload)
    return views


def carried(kind: type[Press] | type[Form], known: Mapping[str, str]) -> Json:
    """The fields of a press or form, with ids the attacker found out."""
    return {each.name: known[each.name] for each in fields(kind) if each.name in known}


def press(slack: Slack, user: User, message: Message, kind: type[Press], known: Mapping[str, str]) -> Json:
    """Pressed under somebody's message, whatever was drawn there."""
    packed = json.dumps(carried(kind, known))
    action: Json = {"action_id": kind.id, "block_id": "forged", "action_ts": "1.0", "type": "button", "value": packed}
    if issubclass(kind, Choice):
        action |= {"type": "static_select", "block_id": packed, "selected_date": "2027-01-20"}
        action["selected_option"] = {
            "value": known.get("option", "interview"),
            "text": {"type": "plain_text", "text": "x"},
        }
    return payloads.message_action(slack.platform, user, message, action)


def submission(slack: Slack, user: User, view: Mapping[str, Any], carries: Json) -> Json:
    """A modal sent, with every field filled that can be."""
    platform = slack.platform
    values = first_values(view.get("blocks", ()))
    for fields_of_block in values.values():
        for given in fields_of_block.values():
            if given["type"] == "plain_text_input":
                given["value"] = WORDS
    shown = dict(view) | {
        "id": random_id("V"), "team_id": slack.team_id, "hash": "1.a", "state": {"values": values},
        "private_metadata": json.dumps(carries), "app_id": platform.app_id, "bot_id": platform.bot_id,
        "root_view_id": "V0", "previous_view_id": None, "external_id": "", "app_installed_team_id": slack.team_id,
    }  # fmt: skip
    payload = payloads.shortcut(platform, user, str(view["callback_id"]))
    return payload | {"type": "view_submission", "view": shown, "response_urls": []}
