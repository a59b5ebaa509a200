"""The shape of what Slack sends, as far as Bolt or a handler relies on it: who, where, which button, which form.

A field that is there has its kind; ``name!`` must be there. What is signed and has another shape is not Slack's. It is
turned away at the door, so that no handler need doubt whether an id is a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# A type, a tuple of shapes any of which will do, a pattern, a list of one ([x, ...]: not empty), or a table of fields.
Shape = Any

ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")  # T…, U…, D…, E…, Ev…, V…, a ts
NOTHING = type(None)
SOME_ID = (ID, NOTHING)
TEXT = (str, NOTHING)
FLAG = (bool, NOTHING, re.compile("true|false"))
BLOCK_ID = re.compile(r"[\s\S]{0,255}")

PLACE = ({"id": SOME_ID, "enterprise_id": SOME_ID}, NOTHING)
STATE = ({"values": {"*": {"*": {"value": (str, NOTHING, {}), "selected_option": ({"value": TEXT}, NOTHING),
         "selected_options": ([{"value": TEXT}], NOTHING), "selected_date": TEXT, "selected_time": TEXT,
         "selected_conversation": SOME_ID, "selected_user": SOME_ID, "selected_users": ([ID], NOTHING)}}}},
         NOTHING)  # fmt: skip
VIEW = {
    "id": SOME_ID, "type": TEXT, "callback_id": TEXT, "private_metadata": TEXT, "team_id": SOME_ID,
    "app_installed_team_id": SOME_ID, "state": STATE, "blocks": ([{}], NOTHING), "hash": TEXT, "root_view_id": SOME_ID,
}  # fmt: skip
ACTION = {
    "action_id!": BLOCK_ID, "block_id": BLOCK_ID, "type": TEXT, "value": TEXT, "selected_date": TEXT,
    "selected_option": ({"value": TEXT}, NOTHING), "text": ({}, NOTHING),
}  # fmt: skip
ANYWHERE = {
    "team_id": SOME_ID, "enterprise_id": SOME_ID, "api_app_id": SOME_ID, "is_enterprise_install": FLAG,
    "response_url": TEXT, "trigger_id": SOME_ID, "channel_id": SOME_ID,
}  # fmt: skip
COMMAND = ANYWHERE | {"command!": str, "user_id!": ID, "team_id!": ID, "text": TEXT, "trigger_id!": ID}
INTERACTION = ANYWHERE | {
    "type!": str, "user!": {"id!": ID, "team_id": SOME_ID}, "team": PLACE, "enterprise": PLACE, "channel": PLACE,
    "view": (VIEW, NOTHING), "container": ({}, NOTHING), "callback_id": TEXT, "response_urls": (list, NOTHING),
    "message": ({"blocks": ([{}], NOTHING), "text": TEXT, "ts": SOME_ID}, NOTHING), "state": STATE,
}  # fmt: skip
KINDS = {
    "block_actions": INTERACTION | {"actions!": [ACTION, ...], "trigger_id!": ID},
    "view_submission": INTERACTION | {"view!": VIEW | {"callback_id!": str, "state!": STATE[0], "id!": ID}},
    "view_closed": INTERACTION | {"view!": VIEW},
    "shortcut": INTERACTION | {"callback_id!": str, "trigger_id!": ID},
}
AUTHORIZATION = {
    "team_id": SOME_ID, "enterprise_id": SOME_ID, "user_id": SOME_ID, "is_enterprise_install": FLAG,
}  # fmt: skip
EVENT = {
    "type!": str, "subtype": TEXT, "channel": (ID, NOTHING, {"id": SOME_ID}), "channel_type": TEXT, "text": TEXT,
    "bot_id": SOME_ID, "tab": TEXT, "thread_ts": SOME_ID, "ts": SOME_ID, "team": SOME_ID, "team_id": SOME_ID,
    "user": (ID, NOTHING, {"id!": ID, "team_id": SOME_ID}), "enterprise_id": SOME_ID, "enterprise": (PLACE, SOME_ID),
    "bot_profile": ({}, NOTHING), "message": ({"user": SOME_ID}, NOTHING), "previous_message": ({}, NOTHING),
    "item": ({}, NOTHING), "assistant_thread": ({}, NOTHING), "view": (VIEW, NOTHING),
}  # fmt: skip
# What an event carries that its handler takes for granted.
EVENTS = {
    "message": {"user": SOME_ID},
    "app_home_opened": {"user!": ID},
    "user_change": {"user!": {"id!": ID}},
    "tokens_revoked": {"tokens": {"bot": ([SOME_ID], NOTHING), "oauth": ([SOME_ID], NOTHING)}},
    "team_access_revoked": {"team_ids": ([ID], NOTHING)},
}
CALLBACK = ANYWHERE | {
    "event!": EVENT, "event_id!": ID, "event_time": (int, NOTHING), "authorizations": ([AUTHORIZATION], NOTHING),
    "is_ext_shared_channel": FLAG, "context_team_id": SOME_ID, "context_enterprise_id": SOME_ID, "team": (),
    "enterprise": (), "user": (), "view": (), "channel": (), "message": (), "actions": (),
}  # fmt: skip


def is_slacks(body: Mapping[str, Any]) -> bool:
    """Whether a parsed request has the shape of one of Slack's. Kinds nobody here listens to have any."""
    if "command" in body:
        return fits(body, COMMAND)
    kind = body.get("type")
    if kind == "event_callback":
        return fits(body, CALLBACK) and fits(body["event"], EVENTS.get(body["event"]["type"], {}))
    if isinstance(kind, str) and kind in KINDS:
        return fits(body, KINDS[kind])
    return kind == "url_verification" or "ssl_check" in body or fits(body, INTERACTION)


def fits(value: Any, shape: Shape) -> bool:
    if isinstance(shape, tuple):
        return any(fits(value, each) for each in shape)
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, list):
        enough = len(shape) == 1 or value
        return isinstance(value, list) and bool(enough) and all(fits(each, shape[0]) for each in value)
    if isinstance(shape, dict):
        return isinstance(value, dict) and _has_its_fields(value, shape)
    return isinstance(value, shape) and (shape is not int or not isinstance(value, bool))


def _has_its_fields(value: Mapping[str, Any], shape: Mapping[str, Shape]) -> bool:
    for named, each in shape.items():
        name = named.removesuffix("!")
        if name == "*":
            if not all(fits(inner, each) for inner in value.values()):
                return False
        elif (name in value or named != name) and not (name in value and fits(value[name], each)):
            return False
    return True
