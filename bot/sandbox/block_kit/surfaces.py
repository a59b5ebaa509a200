"""What a whole message and a whole view may hold: counts, ids, and the few rules across blocks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit import composition as part
from bot.sandbox.block_kit.blocks import block
from bot.sandbox.block_kit.checks import Check, Place, Row, flag, items_of, many, one_of, string

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
VIEW_BYTES = 250_000
_AT_MOST = {"plan": 1, "table": 1, "data_visualization": 2}
_MARKDOWN_CHARACTERS = 12_000
_ids: dict[str, Check] = {"callback_id": string(255, 0), "external_id": string(255, 0)}
_COMMON = _ids | {"private_metadata": string(3000, 0)}
_MODAL = Row(
    {"type": one_of("modal"), "title": part.plain(24), "blocks": many(block, VIEW_BLOCKS, 0)},
    _COMMON | {"submit": part.plain(24), "close": part.plain(24), "clear_on_close": flag, "notify_on_close": flag,
    "submit_disabled": flag},
)  # fmt: skip
_HOME = Row({"type": one_of("home"), "blocks": many(block, VIEW_BLOCKS, 0)}, _COMMON)


def check_message(payload: Mapping[str, Any]) -> list[str]:
    """Everything wrong with the ``blocks`` of a message; an empty list means Slack would take it."""
    place = Place("/blocks", "message")
    blocks = payload.get("blocks") or []
    return [*many(block, MESSAGE_BLOCKS, 0)(blocks, place), *_across(blocks, place)]


def check_view(view: Mapping[str, Any]) -> list[str]:
    """Everything wrong with a modal or a Home tab."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [Place("/view/type", "modal").says("must be a valid enum value")]
    place = Place("/view", kind)
    complaints = list((_MODAL if kind == "modal" else _HOME).check(view, place))
    complaints += _across(view.get("blocks"), place.at("blocks"))
    if kind == "modal" and "submit" not in view and _has_inputs(view.get("blocks")):
        complaints.append(place.says("missing required field: submit"))
    if len(json.dumps(view, separators=(",", ":")).encode()) > VIEW_BYTES:
        complaints.append(place.says(f"must be less than {VIEW_BYTES + 1} bytes"))
    return complaints


def check_attachments(attachments: Any) -> list[str]:
    """Legacy attachments: a list of up to 100 objects; blocks in them obey the same table."""
    place = Place("/attachments", "message")
    if not isinstance(attachments, list):
        return [place.says("must provide an array")]
    complaints = [place.says("no more than 100 items allowed")] if len(attachments) > 100 else []
    for index, each in enumerate(items_of(attachments)):
        complaints += many(block, MESSAGE_BLOCKS, 0)(each.get("blocks") or [], place.at(index).at("blocks"))
    return complaints


def check_options(options: Any) -> list[str]:
    """The answer to block_suggestion: up to 100 options, none at all being fine."""
    return list(many(part.PLAIN_OPTION, 100, 0)(options, Place("/options", "message")))


def _has_inputs(blocks: Any) -> bool:
    return any(each.get("type") == "input" for each in items_of(blocks or ()))


def _across(blocks: Any, place: Place) -> Iterator[str]:
    every = items_of(blocks or ())
    yield from _distinct_block_ids(every, place)
    kinds = Counter(str(each.get("type")) for each in every)
    for kind, most in _AT_MOST.items():
        if kinds[kind] > most:
            yield place.says(f"Cannot have more than {most} {kind} block{'s' if most > 1 else ''}")
    markdown = sum(len(str(each.get("text", ""))) for each in every if each.get("type") == "markdown")
    if kinds["markdown"] > 1 and markdown > _MARKDOWN_CHARACTERS:
        yield place.says(f"must be less than {_MARKDOWN_CHARACTERS + 1} characters")
    if sum(_wants_focus(each) for each in every) > 1:
        yield place.says("only one element can have focus_on_load")


def _distinct_block_ids(blocks: list[Mapping[str, Any]], place: Place) -> Iterator[str]:
    seen = Counter(str(each["block_id"]) for each in blocks if each.get("block_id"))
    for name, times in seen.items():
        if times > 1:
            yield place.says(f"`block_id` {name!r} already exists")


def _wants_focus(each: Mapping[str, Any]) -> int:
    found = items_of(each.get("elements", ())) + items_of([each.get("element"), each.get("accessory")])
    return sum(inner.get("focus_on_load") is True for inner in found)
