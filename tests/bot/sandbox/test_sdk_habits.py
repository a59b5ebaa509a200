"""What the SDKs send that no documentation shows: nulls, and metadata without a payload."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack

Json = dict[str, Any]
MAYA = "U0MAYA00001"


async def test_arguments_that_are_null_count_as_left_out(slack: Slack, client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    nothing = dict.fromkeys(("blocks", "attachments", "metadata", "thread_ts", "icon_emoji", "made_up"))
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession() as session:
        given = {"channel": dm, "text": "x"} | nothing
        async with session.post(f"{slack.api_url}chat.postMessage", json=given, headers=headers) as answer:
            assert (await answer.json())["ok"]
    assert slack.warnings == []


async def test_say_in_the_thread_of_a_dm_sends_metadata_without_a_payload(
    slack: Slack, bolt_app: AsyncApp, serve: Callable[[AsyncApp], Awaitable[str]]
) -> None:
    """Bolt's AsyncApp takes the thread for an assistant's and sends its context along, which is null."""
    answered = asyncio.Event()

    @bolt_app.event("message")
    async def message(event: Json, say: Any) -> None:
        if "thread_ts" in event and "bot_id" not in event:
            await say("heard")
            answered.set()

    await serve(bolt_app)
    parent = await slack.says("hello")
    await slack.says("are you there?", thread_ts=parent.ts)
    async with asyncio.timeout(5):
        await answered.wait()
    [call] = [each for each in slack.calls if each.method == "chat.postMessage"]
    assert call.args["metadata"] == {"event_type": "assistant_thread_context", "event_payload": None}
    assert slack.dm("maya")[-1].metadata == {"event_type": "assistant_thread_context", "event_payload": {}}


@pytest.mark.parametrize("metadata", [{"event_type": "row"}, {"event_type": "row", "event_payload": "x"}, "words"])
async def test_other_metadata_that_is_none_stays_refused(client: AsyncWebClient, metadata: Any) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    call = client.api_call("chat.postMessage", json={"channel": dm, "text": "x", "metadata": metadata})
    with pytest.raises(SlackApiError, match="invalid_metadata_format"):
        await call
