"""Pages by cursor, and the oldest/latest/inclusive window of a history."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.workspace import Message

Item = TypeVar("Item")


def page_of(items: Sequence[Item], args: Arguments, usual: int, most: int) -> tuple[list[Item], Json]:
    """One page, and the fields that say whether there is another."""
    limit = args.number("limit", usual)
    if not 1 <= limit <= most:
        raise ApiError("invalid_limit")
    start = _position(args.text("cursor"))
    page = list(items[start : start + limit])
    if start + limit >= len(items):
        return page, {"has_more": False}
    return page, {"has_more": True, "response_metadata": {"next_cursor": _cursor(start + limit)}}


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise ValueError
        return int(position)
    except ValueError:
        raise ApiError("invalid_cursor") from None


def window(messages: Sequence[Message], args: Arguments) -> list[Message]:
    """Both ends are left out unless ``inclusive``."""
    oldest, latest = _edge(args, "oldest"), _edge(args, "latest")
    inclusive = args.flag("inclusive")
    return [
        each for each in messages
        if (oldest is None or _micro(each.ts) > oldest or (inclusive and _micro(each.ts) == oldest))
        and (latest is None or _micro(each.ts) < latest or (inclusive and _micro(each.ts) == latest))
    ]  # fmt: skip


def _edge(args: Arguments, name: str) -> int | None:
    text = args.text(name)
    if not text or text in {"0", "now"}:
        return None
    try:
        return _micro(text)
    except ValueError:
        raise ApiError(f"invalid_ts_{name}") from None


def _micro(ts: str) -> int:
    """A ts as whole microseconds: a float cannot tell two of them apart."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int((fraction or "0").ljust(6, "0")[:6])
