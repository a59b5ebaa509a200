"""The table of elements: one row each, with the blocks they may stand in (docs: "Block elements")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit import composition as part
from bot.sandbox.block_kit.checks import (
    ANYWHERE,
    Check,
    Place,
    Row,
    exactly_one,
    flag,
    many,
    number,
    one_of,
    shape,
    string,
    typed,
)  # fmt: skip
from bot.sandbox.block_kit.rich_text import RICH_TEXT

MESSAGE = frozenset({"message"})
MODAL = frozenset({"modal"})
_ANY_ID: dict[str, Check] = {"type": string()}
_STYLE = {"style": one_of("primary", "danger")}
_FOCUS = {"action_id": part.ID, "focus_on_load": flag}
_INPUT = _FOCUS | {"placeholder": part.plain(150)}
_MENU = _INPUT | {"confirm": part.CONFIRM}
_MULTI = _MENU | {"max_selected_items": number(1)}
_OPTIONS = {"options": many(part.PLAIN_OPTION, 100), "option_groups": many(part.OPTION_GROUP, 100)}
_TYPED_IN = _INPUT | {"dispatch_action_config": part.DISPATCH}
_FEEDBACK = shape({"text": part.plain(75), "value": string(2000)}, {"accessibility_label": string(75)})


def _lengths_agree(value: Mapping[str, Any], place: Place) -> Iterator[str]:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield place.says("min_length must be less than or equal to max_length")
    first = value.get("initial_value")
    if isinstance(first, str) and isinstance(most, int) and len(first) > most:
        yield place.at("initial_value").says(f"must be less than {most + 1} characters")


def _menu(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Any) -> Row:
    return Row(_ANY_ID | dict(required), optional, rules)


_one_list = exactly_one("options", "option_groups")
_button_text = {"text": part.plain(75)}
_ways: dict[str, Row] = {
    "button": _menu(
        _button_text,
        _STYLE | {"action_id": part.ID, "url": part.URL, "value": string(2000), "confirm": part.CONFIRM,
        "accessibility_label": string(75), "agent_prompt": string(4000), "agent_prompt_display": string(),
        "visible_to_user_ids": many(string(), 100)},
    ),
    "workflow_button": Row(
        _ANY_ID | _button_text | {"workflow": part.WORKFLOW},
        _STYLE | {"action_id": part.ID, "accessibility_label": string(75)}, surfaces=MESSAGE,
    ),
    "overflow": _menu(
        {"options": many(part.OVERFLOW_OPTION, 5)}, {"action_id": part.ID, "confirm": part.CONFIRM},
        part.distinct_values,
    ),
    "checkboxes": _menu(
        {"options": many(part.RICH_OPTION, 10)},
        _FOCUS | {"initial_options": many(part.RICH_OPTION, 10), "confirm": part.CONFIRM},
        part.initial_among_options, part.distinct_values,
    ),
    "radio_buttons": _menu(
        {"options": many(part.RICH_OPTION, 10)},
        _FOCUS | {"initial_option": part.RICH_OPTION, "confirm": part.CONFIRM},
        part.initial_among_options, part.distinct_values,
    ),
    "static_select": _menu(
        {}, _MENU | _OPTIONS | {"initial_option": part.PLAIN_OPTION}, _one_list, part.initial_among_options
    ),
    "multi_static_select": _menu(
        {}, _MULTI | _OPTIONS | {"initial_options": many(part.PLAIN_OPTION, 100)}, _one_list,
        part.initial_among_options,
    ),
    "external_select": _menu(
        {}, _MENU | {"initial_option": part.PLAIN_OPTION, "min_query_length": number(0)}
    ),
    "multi_external_select": _menu(
        {}, _MULTI | {"initial_options": many(part.PLAIN_OPTION, 100), "min_query_length": number(0)}
    ),
    "users_select": _menu({}, _MENU | {"initial_user": string()}),
    "multi_users_select": _menu({}, _MULTI | {"initial_users": many(string(), 100)}),
    "channels_select": _menu({}, _MENU | {"initial_channel": string(), "response_url_enabled": flag}),
    "multi_channels_select": _menu({}, _MULTI | {"initial_channels": many(string(), 100)}),
    "conversations_select": _menu(
        {}, _MENU | {"initial_conversation": string(), "default_to_current_conversation": flag,
        "response_url_enabled": flag, "filter": part.FILTER},
    ),
    "multi_conversations_select": _menu(
        {}, _MULTI | {"initial_conversations": many(string(), 100), "default_to_current_conversation": flag,
        "filter": part.FILTER},
    ),
    "datepicker": _menu({}, _MENU | {"initial_date": part.DATE}),
    "timepicker": _menu({}, _MENU | {"initial_time": part.TIME, "timezone": string()}),
    "datetimepicker": Row(
        _ANY_ID, _FOCUS | {"initial_date_time": number(10**9, 10**10 - 1), "confirm": part.CONFIRM},
        surfaces=MESSAGE | MODAL,
    ),
    "image": _menu(
        {"alt_text": string(2000)}, {"image_url": part.WEB_URL, "slack_file": part.SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
    "plain_text_input": _menu(
        {}, _TYPED_IN | {"initial_value": string(3000, 0), "multiline": flag, "min_length": number(0, 3000),
        "max_length": number(1, 3000)}, _lengths_agree,
    ),
    "email_text_input": Row(_ANY_ID, _TYPED_IN | {"initial_value": string(least=0)}, surfaces=MODAL),
    "url_text_input": Row(_ANY_ID, _TYPED_IN | {"initial_value": string(least=0)}, surfaces=MODAL),
    "number_input": Row(
        _ANY_ID | {"is_decimal_allowed": flag},
        _TYPED_IN | {name: string(pattern=part.DECIMAL) for name in ("initial_value", "min_value", "max_value")},
        surfaces=MODAL,
    ),
    "file_input": Row(
        _ANY_ID, {"action_id": part.ID, "filetypes": many(string(), 100), "max_files": number(1, 10)}, surfaces=MODAL
    ),
    "rich_text_input": Row(
        _ANY_ID, _TYPED_IN | part.LINES | {"initial_value": RICH_TEXT}, surfaces=frozenset({"modal", "home"})
    ),
    "feedback_buttons": Row(
        _ANY_ID | {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": part.ID},
        surfaces=MESSAGE,
    ),
    "icon_button": Row(
        _ANY_ID | _button_text | {"icon": one_of("trash")},
        {"action_id": part.ID, "value": string(2000), "confirm": part.CONFIRM, "accessibility_label": string(75),
        "visible_to_user_ids": many(string(), 100)}, surfaces=MESSAGE,
    ),
    "plain_text": Row({"type": string(), "text": string(3000)}, {"emoji": flag}),
    "mrkdwn": Row({"type": string(), "text": string(3000)}, {"verbatim": flag}),
}  # fmt: skip
ELEMENTS: Mapping[str, Row] = _ways

_SINGLE = {f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")}
_SEVERAL = {f"multi_{kind}" for kind in _SINGLE}
_PICK = {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
IN_SECTION = _SINGLE | _SEVERAL | _PICK | {"button", "image", "overflow", "workflow_button"}
IN_ACTIONS = _SINGLE | _SEVERAL | _PICK | {"button", "overflow", "datetimepicker", "workflow_button", "rich_text_input"}
IN_INPUT = _SINGLE | _SEVERAL | _PICK | {
    "datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input",
    "rich_text_input",
}  # fmt: skip
IN_CONTEXT = {"image", "plain_text", "mrkdwn"}
IN_CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}
INTERACTIVE = (IN_SECTION | IN_ACTIONS | IN_INPUT | IN_CONTEXT_ACTIONS) - {"image"}


def element(allowed: set[str]) -> Check:
    return typed(lambda: ELEMENTS, allowed)


__all__ = ["ANYWHERE", "ELEMENTS", "INTERACTIVE", "element"]
