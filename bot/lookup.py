"""Finding one of our own messages again by the mark it carries.

A message of its own is looked for in ``conversations.history``, a reply in ``conversations.replies``: history holds
no replies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

PAGE = 100
PAGES = 20


class NotLookedThrough(SlackClientError):
    """So much was written there since that the message may be further back."""


async def find(
    client: AsyncWebClient, channel: str, mark: str, *, thread_ts: str | None, oldest: float
) -> str | None:  # fmt: skip
    """The ts of the message that carries the mark, or None when it is not there.

    Raises what the SDK raises, and NotLookedThrough when there is more than anybody can look through.
    """
    return await _search(client, channel, lambda message: _carries(message, mark), thread_ts=thread_ts, oldest=oldest)


async def find_file(client: AsyncWebClient, channel: str, file: str) -> str | None:
    """The ts of the message in which a file of that id was shared, or None."""
    return await _search(client, channel, lambda message: _shares(message, file), thread_ts=None, oldest=0)


async def _search(
    client: AsyncWebClient, channel: str, is_it: Callable[[Mapping[str, Any]], bool], *, thread_ts: str | None,
    oldest: float,
) -> str | None:  # fmt: skip
    cursor: str | None = None
    for _ in range(PAGES):
        page = await _page(client, channel, thread_ts, f"{oldest:.6f}", cursor)
        for message in page.get("messages", []):
            if is_it(message):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return None
    raise NotLookedThrough


async def _page(
    client: AsyncWebClient, channel: str, thread_ts: str | None, oldest: str, cursor: str | None
) -> Mapping[str, Any]:
    every: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": PAGE, "cursor": cursor}
    every["include_all_metadata"] = True
    if thread_ts:
        answer = await client.conversations_replies(ts=thread_ts, **every)
    else:
        answer = await client.conversations_history(**every)
    return answer.data if isinstance(answer.data, dict) else {}


def _shares(message: Mapping[str, Any], file: str) -> bool:
    return any(each.get("id") == file for each in message.get("files") or ())


def _carries(message: Mapping[str, Any], mark: str) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return bool(payload.get("id") == mark)
