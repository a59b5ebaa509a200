"""Cheating bots: each breaks one rule of Slack and does not get away with it (docs/sandbox-fidelity.md lists them)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.hands.person import Answer
from bot.sandbox.limits import Rates
from bot.sandbox.slack import Slack

Json = dict[str, Any]
Serve = Callable[[AsyncApp], Awaitable[str]]
ServeRaw = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]
MAYA = "U0MAYA00001"


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": words("Form"), "submit": words("Go"), "blocks": list(blocks), **more}


FIELD = {"type": "input", "block_id": "name", "label": words("Name"), "element": {"type": "plain_text_input"}}
BUTTON = {"type": "button", "text": words("Done"), "action_id": "done"}


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


async def dm(client: AsyncWebClient) -> str:
    return str((await client.conversations_open(users=MAYA))["channel"]["id"])


async def test_whatever_reaches_a_bot_is_signed(slack: Slack, client: AsyncWebClient, serve_raw: ServeRaw) -> None:
    """Commands, presses, suggestions, submissions, events and the challenge; the SDK's own verifier looks at each."""
    genuine: list[bool] = []

    async def look(request: web.Request) -> web.StreamResponse:
        body, headers = await request.read(), {name.lower(): value for name, value in request.headers.items()}
        genuine.append(SignatureVerifier(slack.signing_secret).is_valid_request(body, headers))
        return web.json_response({"options": []})

    await slack.connect(await serve_raw(look))
    select = {"type": "external_select", "action_id": "who", "min_query_length": 0}
    await client.chat_postMessage(
        channel=await dm(client), text="x", blocks=[{"type": "actions", "elements": [BUTTON, select]}]
    )
    await slack.types("/probe")
    await slack.presses("Done")
    await slack.suggests("who", "a")
    await slack.uses_shortcut("probe.global")
    await client.views_open(trigger_id=slack.platform.triggers.mint(MAYA), view=modal(callback_id="m"))
    await slack.submits()
    await slack.says("hello")
    await slack.settles()
    assert len(genuine) == 8 and all(genuine)


async def test_an_event_taken_after_three_seconds_comes_again(slack: Slack, serve_raw: ServeRaw) -> None:
    """A bot that works for four seconds before it answers does the work twice."""
    reasons: list[str | None] = []

    async def slow(request: web.Request) -> web.StreamResponse:
        reasons.append(request.headers.get("X-Slack-Retry-Reason"))
        if len(reasons) == 1:
            await asyncio.sleep(4)  # Slack's three seconds are real ones: this is the thing under test
        return web.Response()

    slack.connect(await serve_raw(slow))
    await slack.says("hello")
    await slack.until(lambda: len(reasons) == 2, timeout=9)
    assert reasons == [None, "http_timeout"]


@pytest.mark.parametrize(
    ("view", "named"),
    [
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(title=words("x" * 25)), "/view/title"),
        ({"type": "modal", "title": words("Form"), "blocks": [FIELD]}, "submit"),
        (modal(callback_id="x" * 256), "/view/callback_id"),
        (modal(*[{"type": "divider"}] * 101), "/view/blocks"),
        (modal(FIELD, FIELD), "name"),
    ],
    ids=["private_metadata", "title", "no submit", "callback_id", "101 blocks", "one block_id twice"],
)
async def test_a_view_over_a_limit_is_refused_with_its_place(
    slack: Slack, client: AsyncWebClient, view: Json, named: str
) -> None:
    with pytest.raises(SlackApiError) as error:
        await client.views_open(trigger_id=slack.platform.triggers.mint(MAYA), view=view)
    answer = error.value.response
    assert answer["error"] == "invalid_arguments" and named in str(answer["response_metadata"]["messages"])
    assert slack.modal("maya") is None


async def test_a_view_at_its_limits_is_taken(slack: Slack, client: AsyncWebClient) -> None:
    view = modal(
        *[{"type": "divider"}] * 100, private_metadata="x" * 3000, title=words("x" * 24), callback_id="x" * 255
    )
    await client.views_open(trigger_id=slack.platform.triggers.mint(MAYA), view=view)
    assert slack.modal("maya")


async def test_a_whisper_is_in_no_history(manifest: Json) -> None:
    scopes = [*manifest["oauth_config"]["scopes"]["bot"], "channels:history"]
    async with Slack.open(manifest=manifest | {"oauth_config": {"scopes": {"bot": scopes}}}) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        await slack.invites_the_bot("#general")
        ts = (await client.chat_postEphemeral(channel="C0GENERAL01", user=MAYA, text="psst"))["message_ts"]
        said = (await client.conversations_history(channel="C0GENERAL01"))["messages"]
        assert said and "psst" not in str(said)
        assert await refused(client.conversations_replies(channel="C0GENERAL01", ts=ts)) == "thread_not_found"
        assert await refused(client.chat_delete(channel="C0GENERAL01", ts=ts)) == "message_not_found"
        assert await refused(client.chat_getPermalink(channel="C0GENERAL01", message_ts=ts)) == "message_not_found"


async def test_an_update_of_the_metadata_alone_keeps_words_and_blocks(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    posted = await client.chat_postMessage(channel=channel, text="step", blocks=[{"type": "divider"}])
    mark = {"event_type": "row", "event_payload": {"id": "1"}}
    await client.api_call("chat.update", json={"channel": channel, "ts": posted["ts"], "metadata": mark})
    [message] = slack.dm("maya")
    assert (message.text, len(message.blocks), message.metadata) == ("step", 1, mark)


async def test_metadata_is_shown_in_no_history_that_does_not_ask(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    mark = {"event_type": "row", "event_payload": {"id": "1"}}
    ts = (await client.chat_postMessage(channel=channel, text="step", metadata=mark))["ts"]
    quiet = (await client.conversations_replies(channel=channel, ts=ts))["messages"]
    assert "metadata" not in quiet[0] and "metadata" not in slack.events[-1]["event"]


@pytest.mark.parametrize("rates", [Rates(), Rates(patience=0.3)], ids=["as in Slack", "as set"])
async def test_a_socket_bot_that_acknowledges_nothing_is_late(manifest: Json, rates: Rates) -> None:
    """Over the socket as over HTTP: no acknowledgement within three seconds is none. How many may be set."""
    async with Slack.open(manifest=manifest, rates=rates, socket_mode=True) as slack:
        client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
        url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            await socket.receive_json()
            answer: Answer = await slack.types("/probe")
            envelope = await socket.receive_json()
        assert answer.error == "operation_timeout" and -0.1 < answer.seconds - rates.patience < 0.5
        assert envelope["type"] == "slash_commands" and "thread_ts" not in envelope["payload"]


async def test_a_bot_cannot_acknowledge_another_ones_envelope(manifest: Json) -> None:
    async with Slack.open(manifest=manifest, socket_mode=True) as slack:
        client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
        url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            await socket.receive_json()
            typing = asyncio.ensure_future(slack.types("/probe"))
            await socket.receive_json()
            await socket.send_json({"envelope_id": "made-up"})
            assert (await typing).error == "operation_timeout"


@pytest.mark.parametrize("errors", [{"line": "x"}, {"nowhere": "x"}, {}, "name"], ids=str)
async def test_errors_that_belong_to_no_input_are_trouble(
    slack: Slack, client: AsyncWebClient, serve_raw: ServeRaw, errors: object
) -> None:
    async def answers(request: web.Request) -> web.StreamResponse:
        return web.json_response({"response_action": "errors", "errors": errors})

    slack.connect(await serve_raw(answers))
    view = modal({"type": "divider", "block_id": "line"}, FIELD)
    await client.views_open(trigger_id=slack.platform.triggers.mint(MAYA), view=view)
    assert (await slack.submits({"Name": "x"})).error == "invalid_errors_keys"
    top = slack.modal("maya")
    assert top is not None and top.trouble


async def test_an_uninstalled_app_hears_nothing_more(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    """Its commands are gone, its buttons lead nowhere, and only the two farewell events were sent."""
    await serve(bolt_app)
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    await client.chat_postMessage(channel=await dm(client), text="x", blocks=blocks)
    await slack.settles()
    sent = len(slack.events)
    await slack.uninstalls()
    assert (await slack.types("/probe")).error == "unknown_command"
    assert (await slack.presses("Done")).error == "app_not_installed"
    await slack.says("anybody there?")
    assert [each["event"]["type"] for each in slack.events[sent:]] == ["tokens_revoked", "app_uninstalled"]
