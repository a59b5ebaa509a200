"""What a person has filled in: ``state.values`` with every input in it, null when empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.sandbox.drawing import controls
from bot.sandbox.kinds import Json

_FIELDS: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "file_input": ("files", "", []),
}  # fmt: skip


def is_filled_in(element: Json) -> bool:
    """An element that holds a value between presses; a button or an overflow menu does not."""
    return element.get("type") in _FIELDS


def field_of(element: Json) -> str:
    return _FIELDS[element["type"]][0]


def holds_many(element: Json) -> bool:
    return isinstance(_FIELDS[element["type"]][2], list)


def value_of(element: Json, value: Any) -> Json:
    return {"type": element["type"], field_of(element): value}


def first_values(blocks: Iterable[Json], before: Json | None = None) -> Json:
    """The values a fresh drawing starts with; what was typed under the same ids and type before stays typed."""
    values: Json = {}
    for block, element in controls(blocks):
        if not is_filled_in(element):
            continue
        field, initial, empty = _FIELDS[element["type"]]
        typed = ((before or {}).get(block["block_id"]) or {}).get(element["action_id"])
        if typed is None or typed["type"] != element["type"]:
            typed = {"type": element["type"], field: element.get(initial, empty) if initial else empty}
        values.setdefault(block["block_id"], {})[element["action_id"]] = typed
    return values
