"""The call that sends one row: a post that carries its mark, or a redraw. In plain words where blocks are refused."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.log import log
from bot.slack_errors import judge
from bot.store.values import Row
from messages.blocks import Message

MARK = "onward_delivery"
# How Slack says that it cannot draw the blocks of a message. Its text has every word of them.
BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_arguments"})


async def call(client: AsyncWebClient, row: Row, channel: str, message: Message, *, mark: str) -> str | None:
    """The ts of a post. Raises what the SDK raises."""
    try:
        return await _once(client, row, channel, message.payload(), mark)
    except SlackApiError as refused:
        if judge(refused).error not in BLOCKS_REFUSED:
            raise
        # A client or a Slack that does not know a block yet still gets every word.
        log.error("blocks_refused", kind=row.kind, delivery=mark)
        return await _once(client, row, channel, message.plainer(), mark)


async def _once(client: AsyncWebClient, row: Row, channel: str, payload: dict[str, Any], mark: str) -> str | None:
    if row.kind.is_redraw:
        await client.chat_update(channel=channel, ts=row.edits_ts or "", **payload)
        return None
    answer = await client.chat_postMessage(
        channel=channel, thread_ts=row.thread_ts, unfurl_links=False, unfurl_media=False,
        metadata={"event_type": MARK, "event_payload": {"id": mark}}, **payload,
    )  # fmt: skip
    return str(answer["ts"])
