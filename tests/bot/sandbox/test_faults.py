"""What goes wrong on Slack's side, as a client sees it, and whether the call was taken all the same."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import KINDS
from bot.sandbox.slack import Slack


async def dm(client: AsyncWebClient) -> str:
    return str((await client.conversations_open(users="U0MAYA00001"))["channel"]["id"])


async def test_a_429_says_when_to_come_again(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    slack.fault("chat.postMessage", "rate_limited", retry_after=7)
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel=channel, text="x")
    assert (error.value.response.status_code, error.value.response.headers["Retry-After"]) == (429, "7")
    await client.chat_postMessage(channel=channel, text="x")


@pytest.mark.parametrize(("kind", "taken"), [("http_500_before", 0), ("http_500_after", 1)])
async def test_a_500_may_hide_a_message_that_was_taken(
    slack: Slack, client: AsyncWebClient, kind: str, taken: int
) -> None:
    channel = await dm(client)
    slack.fault("chat.postMessage", kind)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=channel, text="x")
    assert len(slack.dm("maya")) == taken


@pytest.mark.parametrize(("kind", "taken"), [("cut_before", 0), ("cut_after", 1)])
async def test_a_cut_connection_may_hide_one_too(slack: Slack, client: AsyncWebClient, kind: str, taken: int) -> None:
    channel = await dm(client)
    slack.fault("chat.postMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=channel, text="x")
    assert len(slack.dm("maya")) == taken


@pytest.mark.parametrize(("kind", "taken"), [("hang", 0), ("late", 1)])
async def test_a_client_that_waits_in_vain_gives_up(slack: Slack, kind: str, taken: int) -> None:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    channel = await dm(client)
    slack.fault("chat.postMessage", kind, seconds=5)
    with pytest.raises(TimeoutError):
        await client.chat_postMessage(channel=channel, text="x")
    assert len(slack.dm("maya")) == taken


async def test_any_error_of_slacks_can_be_had(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    slack.fault("chat.postMessage", "error:channel_not_found", count=2)
    slack.fault("chat.postMessage", "invalid_blocks")
    for error in ("channel_not_found", "channel_not_found", "invalid_blocks"):
        with pytest.raises(SlackApiError, match=error):
            await client.chat_postMessage(channel=channel, text="x")
    await client.chat_postMessage(channel=channel, text="x")
    assert [call.error for call in slack.calls][1:] == [
        "channel_not_found",
        "channel_not_found",
        "invalid_blocks",
        None,
    ]


async def test_history_may_not_know_yet_what_was_just_posted(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    slack.fault("conversations.history", "history_lag", seconds=60)
    await client.chat_postMessage(channel=channel, text="x")
    assert (await client.conversations_history(channel=channel))["messages"] == []
    assert len((await client.conversations_history(channel=channel))["messages"]) == 1


async def test_a_fault_may_be_meant_for_one_channel(slack: Slack, client: AsyncWebClient) -> None:
    maya = await dm(client)
    sam = (await client.conversations_open(users="U0SAM000001"))["channel"]["id"]
    slack.fault("chat.postMessage", "error:fatal_error", channel=sam)
    await client.chat_postMessage(channel=maya, text="x")
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.chat_postMessage(channel=sam, text="x")


async def test_chaos_turns_every_third_call_away(slack: Slack, client: AsyncWebClient) -> None:
    slack.platform.faults.chaos = 3
    answers = []
    for _ in range(6):
        try:
            answers.append((await client.auth_test())["ok"])
        except SlackApiError as error:
            answers.append(error.response.status_code)
    assert answers == [True, True, 429] * 2


async def test_a_fault_nobody_knows_is_refused(slack: Slack) -> None:
    with pytest.raises(ValueError, match="there are rate_limited"):
        slack.fault("chat.postMessage", "gremlins")


async def test_a_new_kind_of_block_may_not_have_reached_a_workspace(slack: Slack, client: AsyncWebClient) -> None:
    """data_visualization was rolled out in phases: the same app sees it taken here and refused there."""
    channel = await dm(client)
    segments = [{"label": "Sent", "value": 3}]
    pie = {"type": "data_visualization", "title": "Parts", "chart": {"type": "pie", "segments": segments}}
    await client.chat_postMessage(channel=channel, text="3 sent", blocks=[pie])
    slack.fault("*", "invalid_blocks", block="data_visualization")
    await client.chat_postMessage(channel=channel, text="no chart in it", blocks=[{"type": "divider"}])
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=channel, text="3 sent", blocks=[pie])


BROKEN = {
    "rate_limited": "429",
    "http_500_before": "500",
    "http_500_after": "500",
    "cut_before": "cut",
    "cut_after": "cut",
    "hang": "silence",
    "late": "silence",
    "slow": "silence",
    "invalid_blocks": "invalid_blocks",
    "error:fatal_error": "fatal_error",
}
TAKEN_ALL_THE_SAME = {"http_500_after", "cut_after", "late"}


def test_every_kind_is_tried_here() -> None:
    assert {*BROKEN, "history_lag"} == {*KINDS, "error:fatal_error"}


async def end_of(call: Any) -> str:
    try:
        await call
    except SlackApiError as error:
        answer = error.response
        return str(answer.status_code) if answer.status_code != 200 else str(answer["error"])
    except aiohttp.ClientError:
        return "cut"
    except TimeoutError:
        return "silence"
    return "ok"


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_meets_one_method_so_many_times(slack: Slack, kind: str) -> None:
    """Twice, then all is well again; another method never notices."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    channel = await dm(client)
    slack.fault("chat.postMessage", kind, count=2, seconds=5)
    ends = []
    for text in ("one", "two", "three"):
        assert await end_of(client.auth_test()) == "ok"
        ends.append(await end_of(client.chat_postMessage(channel=channel, text=text)))
    assert ends == [BROKEN[kind], BROKEN[kind], "ok"]
    taken = ["one", "two", "three"] if kind in TAKEN_ALL_THE_SAME else ["three"]
    assert [each.text for each in slack.dm("maya")] == taken


async def test_a_slow_slack_takes_what_nobody_waits_for_any_more(slack: Slack) -> None:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    channel = await dm(client)
    slack.fault("chat.postMessage", "slow", seconds=60)
    assert await end_of(client.chat_postMessage(channel=channel, text="x")) == "silence"
    assert slack.dm("maya") == []
    slack.lets_go()
    await slack.until(lambda: len(slack.dm("maya")) == 1)


async def test_a_late_answer_is_a_good_one_for_who_waits(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    slack.fault("chat.postMessage", "late", seconds=0.3)
    began = time.monotonic()
    ts = (await client.chat_postMessage(channel=channel, text="x"))["ts"]
    assert time.monotonic() - began >= 0.3 and slack.dm("maya")[0].ts == ts


@pytest.mark.parametrize(("kind", "end"), [("hang", "cut"), ("late", "ok")])
async def test_what_hangs_can_be_let_go(slack: Slack, client: AsyncWebClient, kind: str, end: str) -> None:
    channel = await dm(client)
    slack.fault("chat.postMessage", kind, seconds=60)
    call = asyncio.ensure_future(end_of(client.chat_postMessage(channel=channel, text="x")))
    await slack.until(lambda: slack.calls[-1].method == "chat.postMessage")
    slack.lets_go()
    async with asyncio.timeout(5):
        assert await call == end


async def test_replies_lag_like_history_and_the_parent_is_there(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    parent = (await client.chat_postMessage(channel=channel, text="parent"))["ts"]
    await client.chat_postMessage(channel=channel, text="reply", thread_ts=parent)
    slack.fault("conversations.replies", "history_lag", seconds=60, count=2)
    for wanted in (["parent"], ["parent"], ["parent", "reply"]):
        said = (await client.conversations_replies(channel=channel, ts=parent))["messages"]
        assert [each["text"] for each in said] == wanted


async def test_one_fault_follows_another(slack: Slack, client: AsyncWebClient) -> None:
    """The order in which they were armed is the order in which they come."""
    channel = await dm(client)
    for kind in ("rate_limited", "http_500_after", "cut_before"):
        slack.fault("chat.postMessage", kind)
    ends = [await end_of(client.chat_postMessage(channel=channel, text=str(n))) for n in range(4)]
    assert ends == ["429", "500", "cut", "ok"]
    assert [each.text for each in slack.dm("maya")] == ["1", "3"]
