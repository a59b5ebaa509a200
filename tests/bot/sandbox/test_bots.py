"""Bots over real HTTP: what they must do in time, and what happens to those that cheat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.kinds import HandsError
from bot.sandbox.slack import Slack

Serve = Callable[[AsyncApp], Awaitable[str]]
ServeRaw = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Done"}, "action_id": "p.done", "value": "7"}
BUTTONS = [{"type": "actions", "block_id": "b", "elements": [BUTTON]}]


async def test_a_command_arrives_as_slack_sends_it(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    seen: dict[str, Any] = {}

    @bolt_app.command("/probe")
    async def probe(ack: Any, body: dict[str, Any]) -> None:
        seen.update(body)
        await ack(text="sorry", blocks=[{"type": "divider"}])

    await serve(bolt_app)
    answer = await slack.types("/probe  Initech, Clerk ", as_="sam", channel="#job-search")
    assert (answer.error, answer.text, answer.status) == (None, "sorry", 200)
    assert (
        seen["text"] == "Initech, Clerk" and seen["user_id"] == "U0SAM000001" and seen["channel_name"] == "job-search"
    )
    assert "thread_ts" not in seen and seen["is_enterprise_install"] == "false"
    assert slack.ephemerals("sam")[0].text == "sorry" and slack.ephemerals("maya") == []
    assert slack.failures == []


async def test_only_commands_of_the_manifest_reach_the_bot(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    await serve(bolt_app)
    assert (await slack.types("/unheard of")).error == "unknown_command"
    assert slack.platform.journal.entries("to_bot") == []


async def test_commands_are_refused_in_threads(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    await serve(bolt_app)
    said = await slack.says("hello")
    assert (await slack.types("/probe", channel=said.channel, thread_ts=said.ts)).error == "not_supported_in_threads"
    assert not any(each.what == "command" for each in slack.platform.journal.entries("to_bot"))


async def test_names_become_ids_where_the_manifest_says_escape(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    seen: list[str] = []

    async def probe(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body["text"])
        await ack()

    bolt_app.command("/escaped")(probe)
    await serve(bolt_app)
    await slack.types("/escaped @sam in #general")
    assert seen == ["<@U0SAM000001|sam> in <#C0GENERAL01|general>"]


async def test_a_bot_with_another_secret_sees_only_its_own_401s(slack: Slack, serve: Serve) -> None:
    await serve(AsyncApp(signing_secret="another", token="xoxb-other"))
    assert (await slack.types("/probe")).error == "dispatch_failed"
    assert slack.failures[0].status == 401
    assert not await slack.verifies_url()


async def test_the_address_is_verified_with_a_challenge(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    url = await serve(bolt_app)
    assert await slack.connect(url)


async def test_forged_stale_and_unsigned_requests_can_be_sent(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    heard: list[str] = []

    @bolt_app.command("/probe")
    async def probe(ack: Any) -> None:
        heard.append("command")
        await ack()

    await serve(bolt_app)
    form = {"command": "/probe", "user_id": "U0MAYA00001", "team_id": slack.team_id}
    assert (await slack.sends("command", form)).status == 200
    assert (await slack.sends("command", form, sign=False)).status == 401
    assert (await slack.sends("command", form, secret="forged")).status == 401
    assert (await slack.sends("command", form, timestamp=time.time() - 301)).status == 401
    assert heard == ["command"]


async def test_an_answer_after_three_seconds_is_too_late(slack: Slack, serve_raw: ServeRaw) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(4)
        return web.Response(text="sorry")

    slack.connect(await serve_raw(slow))
    answer = await slack.types("/probe")
    assert answer.error == "operation_timeout" and 2.9 < answer.seconds < 3.5
    assert slack.ephemerals("maya") == [] and slack.failures[0].reason == "timeout"


async def test_a_500_or_nobody_there_is_dispatch_failed(slack: Slack, serve_raw: ServeRaw) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        return web.Response(status=500)

    assert (await slack.types("/probe")).error == "dispatch_failed"
    slack.connect("http://127.0.0.1:1/slack/events")
    assert (await slack.types("/probe")).error == "dispatch_failed"
    slack.connect(await serve_raw(broken))
    assert (await slack.types("/probe")).error == "dispatch_failed"
    assert [each.reason for each in slack.failures] == ["not_connected", "connection_failed", "http_500"]


async def test_wrong_blocks_in_an_acknowledgement_fail_the_story(
    slack: Slack, bolt_app: AsyncApp, serve: Serve
) -> None:
    @bolt_app.command("/probe")
    async def probe(ack: Any) -> None:
        await ack(text="x", blocks=[{"type": "nope"}])

    await serve(bolt_app)
    assert (await slack.types("/probe")).error == "invalid_blocks"
    assert "unsupported type: nope" in slack.failures[0].reason


async def test_a_press_brings_the_message_and_the_answer_changes_it(
    slack: Slack, bolt_app: AsyncApp, serve: Serve, client: AsyncWebClient
) -> None:
    seen: dict[str, Any] = {}

    @bolt_app.action("p.done")
    async def done(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        seen.update(body)
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="well done")

    await serve(bolt_app)
    channel = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    parent = (await client.chat_postMessage(channel=channel, text="parent"))["ts"]
    await client.chat_postMessage(channel=channel, text="step", blocks=BUTTONS, thread_ts=parent)
    assert (await slack.presses("Done")).ok
    await slack.until(lambda: slack.dm("maya")[1].text == "well done")
    assert seen["container"]["thread_ts"] == parent == seen["message"]["thread_ts"]
    assert (seen["actions"][0]["value"], seen["actions"][0]["block_id"]) == ("7", "b")
    with pytest.raises(HandsError, match="Maya sees no 'Done'"):
        await slack.presses("Done")


async def test_nobody_presses_what_somebody_else_sees(slack: Slack, client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    await client.chat_postMessage(channel=channel, text="step", blocks=BUTTONS)
    with pytest.raises(HandsError):
        await slack.presses("Done", as_="sam")


async def test_choices_in_a_message_are_all_in_the_state(
    slack: Slack, bolt_app: AsyncApp, serve: Serve, client: AsyncWebClient
) -> None:
    bodies: list[dict[str, Any]] = []

    async def chosen(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    for action_id in ("stage", "p.done"):
        bolt_app.action(action_id)(chosen)
    await serve(bolt_app)
    channel = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    options = [{"text": {"type": "plain_text", "text": name}, "value": name[0]} for name in ("Early", "Late")]
    menu = {"type": "static_select", "action_id": "stage", "options": options}
    day = {"type": "datepicker", "action_id": "day"}
    blocks = [{"type": "actions", "block_id": "b", "elements": [BUTTON, menu, day]}]
    await client.chat_postMessage(channel=channel, text="step", blocks=blocks)
    await slack.chooses("stage", "Late")
    await slack.presses("Done")
    assert bodies[0]["actions"][0]["selected_option"]["value"] == "L"
    values = bodies[1]["state"]["values"]["b"]
    assert values["stage"]["selected_option"]["value"] == "L"
    assert values["day"] == {"type": "datepicker", "selected_date": None}


async def test_response_urls_work_five_times_within_thirty_minutes(
    slack: Slack, bolt_app: AsyncApp, serve: Serve
) -> None:
    addresses: list[str] = []

    @bolt_app.command("/probe")
    async def probe(ack: Any, body: dict[str, Any]) -> None:
        addresses.append(body["response_url"])
        await ack()

    await serve(bolt_app)
    await slack.types("/probe")
    await slack.types("/probe")
    async with aiohttp.ClientSession() as session:
        for _ in range(5):
            async with session.post(addresses[0], json={"text": "again"}) as answer:
                assert answer.status == 200
        async with session.post(addresses[0], json={"text": "again"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "used_url")
        slack.clock.advance("31m")
        async with session.post(addresses[1], json={"text": "late"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "expired_url")
    assert len(slack.ephemerals("maya")) == 5


async def test_a_press_can_replace_or_delete_what_only_one_person_sees(
    slack: Slack, bolt_app: AsyncApp, serve: Serve
) -> None:
    bodies: list[dict[str, Any]] = []

    @bolt_app.command("/probe")
    async def probe(ack: Any) -> None:
        await ack(text="press", blocks=BUTTONS)

    @bolt_app.action("p.done")
    async def done(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        bodies.append(body)
        if len(bodies) == 1:
            await respond(text="again", blocks=BUTTONS, replace_original=True)
        else:
            await respond(delete_original=True)

    await serve(bolt_app)
    await slack.types("/probe")
    await slack.presses("Done")
    await slack.until(lambda: [each.text for each in slack.ephemerals("maya")] == ["again"])
    await slack.presses("Done")
    await slack.until(lambda: slack.ephemerals("maya") == [])
    assert bodies[0]["container"]["is_ephemeral"] and "message" not in bodies[0]


async def test_the_bots_own_messages_come_back_as_events(
    slack: Slack, bolt_app: AsyncApp, serve: Serve, client: AsyncWebClient
) -> None:
    await serve(bolt_app)
    channel = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    ts = (await client.chat_postMessage(channel=channel, text="mine"))["ts"]
    await client.chat_update(channel=channel, ts=ts, text="mine still")
    await client.chat_delete(channel=channel, ts=ts)
    events = [each["event"] for each in slack.events]
    assert [each.get("subtype") for each in events] == [None, "message_changed", "message_deleted"]
    assert events[0]["bot_id"] == slack.bot_id and events[0]["channel_type"] == "im"


async def test_only_subscribed_events_are_sent(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    await serve(bolt_app)
    await slack.says("hello all", channel="#general")
    await slack.invites_the_bot("#general")
    assert slack.events == []
    await slack.opens_home("noor")
    await slack.changes_profile("noor", tz="Asia/Tokyo")
    assert [each["event"]["type"] for each in slack.events] == ["app_home_opened", "user_change"]
    assert slack.events[1]["event"]["user"]["tz_offset"] == 9 * 3600


async def test_an_event_that_is_not_taken_comes_three_times_more(slack: Slack, serve_raw: ServeRaw) -> None:
    seen: list[tuple[str | None, str | None, str]] = []

    async def deaf(request: web.Request) -> web.StreamResponse:
        headers, body = request.headers, await request.json()
        seen.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason"), body["event_id"]))
        return web.Response(status=503)

    slack.connect(await serve_raw(deaf))
    await slack.says("hello")
    await slack.until(lambda: len(slack.failures) == 4)
    assert [each[:2] for each in seen] == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({each[2] for each in seen}) == 1


async def test_a_bot_may_ask_not_to_be_told_again(slack: Slack, serve_raw: ServeRaw) -> None:
    calls: list[str] = []

    async def no_more(request: web.Request) -> web.StreamResponse:
        calls.append("event")
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    slack.connect(await serve_raw(no_more))
    await slack.says("hello")
    await slack.settles()
    await slack.opens_home()
    await slack.settles()
    assert len(calls) == 2


async def test_the_same_event_can_come_twice(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    ids: list[str] = []

    @bolt_app.event("message")
    async def message(body: dict[str, Any]) -> None:
        ids.append(body["event_id"])

    await serve(bolt_app)
    await slack.says("hello")
    await slack.settles()
    await slack.sends_event_again("message")
    await slack.settles()
    assert len(ids) == 2 and ids[0] == ids[1]


async def test_a_shortcut_opens_only_what_the_manifest_promises(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> None:
    seen: list[dict[str, Any]] = []

    async def probe(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        seen.append(body)

    for callback_id in ("probe.global", "probe.message"):
        bolt_app.shortcut(callback_id)(probe)
    await serve(bolt_app)
    assert (await slack.uses_shortcut("Probe it")).ok
    said = slack.messages("#general")[0]
    assert (await slack.uses_shortcut("probe.message", ts=said.ts)).ok
    assert [each["type"] for each in seen] == ["shortcut", "message_action"]
    assert "channel" not in seen[0] and seen[1]["message"]["text"] == said.text
    with pytest.raises(HandsError):
        await slack.uses_shortcut("Probe else")


async def test_a_deactivated_member_does_nothing(slack: Slack) -> None:
    await slack.changes_profile("sam", deleted=True)
    with pytest.raises(HandsError, match="deactivated"):
        await slack.types("/probe", as_="sam")


async def test_waiting_in_vain_shows_what_was_said(slack: Slack) -> None:
    await slack.says("is anybody there?")
    with pytest.raises(AssertionError, match="is anybody there"):
        await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=0.05)


async def test_a_press_of_a_dead_trigger_is_refused(slack: Slack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.abc", view={"type": "modal", "title": BUTTON["text"], "blocks": []})
