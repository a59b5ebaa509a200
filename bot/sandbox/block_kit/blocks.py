"""The table of blocks: one row each (docs: "Blocks"; limits that only others have seen are in sandbox-fidelity.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit import composition as part
from bot.sandbox.block_kit import elements as el
from bot.sandbox.block_kit.chart import CHART
from bot.sandbox.block_kit.checks import (
    ANYWHERE,
    Check,
    Place,
    Row,
    at_least_one,
    exactly_one,
    flag,
    items_of,
    many,
    one_of,
    string,
    typed,
    unlike,
)  # fmt: skip
from bot.sandbox.block_kit.rich_text import ELEMENTS as RICH_ELEMENTS
from bot.sandbox.block_kit.rich_text import RICH_TEXT
from bot.sandbox.block_kit.tables import DATA_TABLE, TABLE

MESSAGE, MODAL = frozenset({"message"}), frozenset({"modal"})
MESSAGE_HOME = frozenset({"message", "home"})
IN_CONTAINER = {
    "actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video",
}  # fmt: skip
_STATUS = ("pending", "in_progress", "complete", "error")


def _block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Any,
           on: frozenset[str] = ANYWHERE) -> Row:  # fmt: skip
    return Row({"type": string()} | dict(required), {"block_id": part.ID} | dict(optional or {}), rules, on)


def _distinct_actions(block: Mapping[str, Any], place: Place) -> Iterator[str]:
    ids = [each.get("action_id") for each in items_of(block.get("elements", ())) if each.get("action_id")]
    for doubled in dict.fromkeys(each for each in ids if ids.count(each) > 1):
        yield place.at("elements").says(f"`action_id` {doubled!r} already exists for `block_id` in this block")


def _not_pending_alone(block: Mapping[str, Any], place: Place) -> Iterator[str]:
    if block.get("status") == "pending":
        yield place.at("status").says("must be a valid enum value")


def _dispatching_file(block: Mapping[str, Any], place: Place) -> Iterator[str]:
    inner = block.get("element")
    if block.get("dispatch_action") and isinstance(inner, Mapping) and inner.get("type") == "file_input":
        yield place.at("dispatch_action").says("file_input cannot dispatch actions")


_IMAGE = el.element({"image"})
_url_source = Row({"type": string(), "url": part.WEB_URL, "text": string()}, {"icon_url": part.WEB_URL})
_SOURCE = typed(lambda: {"url": _url_source})
_TASK: dict[str, Check] = {"task_id": string(255), "title": string(255)}
_TASK_MORE: dict[str, Check] = {
    "status": one_of(*_STATUS), "details": RICH_TEXT, "output": RICH_TEXT, "sources": many(_SOURCE, 20, 0),
}  # fmt: skip
_task_in_plan = typed(lambda: {"task_card": _block(_TASK, _TASK_MORE)})
_card = _block(
    {},
    {"hero_image": _IMAGE, "icon": _IMAGE, "title": part.text(150), "subtitle": part.text(150), "body": part.text(200),
     "subtext": part.text(200), "slack_icon": RICH_TEXT, "actions": many(el.element({"button"}), 3)},
    at_least_one("hero_image", "title", "actions", "body"), on=MESSAGE_HOME,
)  # fmt: skip

BLOCKS: Mapping[str, Row] = {
    "section": _block(
        {}, {"text": part.text(3000), "fields": many(part.text(2000), 10), "accessory": el.element(el.IN_SECTION),
        "expand": flag}, at_least_one("text", "fields"),
    ),
    "header": _block({"text": part.plain(150)}),
    "divider": _block({}),
    "context": _block({"elements": many(el.element(el.IN_CONTEXT), 10)}),
    "actions": _block({"elements": many(el.element(el.IN_ACTIONS), 25)}, {}, _distinct_actions),
    "image": _block(
        {"alt_text": string(2000)},
        {"image_url": part.WEB_URL, "slack_file": part.SLACK_FILE, "title": part.plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        {"label": part.plain(2000), "element": el.element(el.IN_INPUT)},
        {"hint": part.plain(2000), "optional": flag, "dispatch_action": flag}, _dispatching_file,
    ),
    "rich_text": _block({"elements": RICH_ELEMENTS}),
    "video": _block(
        {"alt_text": string(2000), "title": part.plain(199), "video_url": part.WEB_URL, "thumbnail_url": part.WEB_URL},
        {"title_url": part.WEB_URL, "description": part.plain(200), "provider_icon_url": part.WEB_URL,
        "provider_name": string(50), "author_name": string(49)},
    ),
    "markdown": _block({"text": string(12_000)}, on=MESSAGE),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "context_actions": _block(
        {"elements": many(el.element(el.IN_CONTEXT_ACTIONS), 5)}, {}, _distinct_actions, on=MESSAGE
    ),
    "card": _card,
    "carousel": _block({"elements": many(typed(lambda: {"card": _card}), 10)}, on=MESSAGE_HOME),
    "container": _block(
        {"child_blocks": many(typed(lambda: BLOCKS, IN_CONTAINER), 10)},
        {"title": part.plain(150), "rich_text_title": RICH_TEXT, "subtitle": part.text(150), "icon": _IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"), "is_collapsible": flag, "default_collapsed": flag,
        "has_header_divider": flag}, exactly_one("title", "rich_text_title"), on=MESSAGE,
    ),
    "alert": _block(
        {"text": part.text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}, on=MODAL
    ),
    "plan": _block(
        {"title": string(255), "tasks": many(_task_in_plan, 50)}, {},
        unlike(lambda plan: [each.get("task_id") for each in items_of(plan.get("tasks", ()))], "task_id"), on=MESSAGE,
    ),
    "task_card": _block(_TASK, _TASK_MORE, _not_pending_alone, on=MESSAGE),
    "data_visualization": _block({"title": string(50), "chart": CHART}, on=MESSAGE),
    "file": _block({"external_id": string(), "source": one_of("remote")}, on=MESSAGE),
    "call": _block({"call_id": string()}, {"api_decoration_available": flag}, on=MESSAGE),
}  # fmt: skip
block: Check = typed(lambda: BLOCKS)
