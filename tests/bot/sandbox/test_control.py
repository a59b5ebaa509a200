"""The control API, as the page and other processes use it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack

Json = dict[str, Any]
Serve = Callable[[AsyncApp], Awaitable[str]]
Post = Callable[..., Awaitable[Json]]


@pytest.fixture
async def session(slack: Slack) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(slack.url) as opened:
        yield opened


@pytest.fixture
def post(session: aiohttp.ClientSession) -> Post:
    async def send(action: str, **body: Any) -> Json:
        async with session.post(f"/_sandbox/{action}", json=body) as answer:
            found: Json = await answer.json()
            return found

    return send


async def read_state(session: aiohttp.ClientSession) -> Json:
    async with session.get("/_sandbox/state") as answer:
        found: Json = await answer.json()
        return found


@pytest.fixture
async def answering(slack: Slack, bolt_app: AsyncApp, serve: Serve, client: AsyncWebClient) -> None:
    """A bot that answers /probe in a DM with a button, and the button with a modal."""
    text = {"type": "plain_text", "text": "Done"}
    blocks = [{"type": "actions", "elements": [{"type": "button", "text": text, "action_id": "done"}]}]
    options = [{"text": {"type": "plain_text", "text": "Late"}, "value": "l"}]
    field = {"type": "input", "block_id": "name", "label": {"type": "plain_text", "text": "Name"},
             "element": {"type": "plain_text_input", "action_id": "v"}}  # fmt: skip
    menu = {"type": "section", "block_id": "s", "text": text,
            "accessory": {"type": "static_select", "action_id": "stage", "options": options}}  # fmt: skip

    @bolt_app.command("/probe")
    async def probe(ack: Any, body: Json) -> None:
        await ack(text="look in your messages")
        channel = (await client.conversations_open(users=body["user_id"]))["channel"]["id"]
        await client.chat_postMessage(channel=channel, text="step", blocks=[*blocks, menu])

    @bolt_app.action("done")
    async def done(ack: Any, body: Json) -> None:
        await ack()
        view = {"type": "modal", "callback_id": "m", "title": text, "submit": text, "blocks": [field]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def fine(ack: Any) -> None:
        await ack()

    bolt_app.action("stage")(fine)
    bolt_app.view("m")(fine)
    bolt_app.event("message")(fine)
    bolt_app.event("app_home_opened")(fine)
    await serve(bolt_app)


async def test_the_state_tells_everything_the_page_draws(slack: Slack, session: aiohttp.ClientSession) -> None:
    state = await read_state(session)
    assert state["team"]["name"] == "Riverside Career Center"
    assert [each["name"] for each in state["users"]] == ["maya", "sam", "noor", "alex", "robin", "probe"]
    assert {each["role"] for each in state["users"]} == {"member", "coach", "admin", "bot"}
    assert [each["name"] for each in state["channels"]] == ["general", "job-search", "coaches"]
    assert all(state["messages"][each["id"]] for each in state["channels"][:2])
    assert state["commands"][0]["command"] == "/probe" and state["shortcuts"][0]["callback_id"] == "probe.global"
    assert (state["tokens"]["bot"], state["signing_secret"]) == (slack.bot_token, slack.signing_secret)
    assert {each["tz"] for each in state["users"][:3]} == {"America/New_York", "America/Los_Angeles", "Europe/Berlin"}


@pytest.mark.usefixtures("answering")
async def test_a_whole_conversation_over_the_control_api(
    slack: Slack, session: aiohttp.ClientSession, post: Post
) -> None:
    typed = await post("type", **{"as": "maya", "channel": "C0GENERAL01", "text": "/probe"})
    assert typed["ok"] and typed["answer"]["text"] == "look in your messages"
    await slack.until(lambda: slack.dm("maya"))
    assert (await post("choose", action_id="stage", option="Late"))["ok"]
    assert (await post("press", label="Done"))["ok"]
    await slack.until(lambda: slack.modal("maya"))
    shown = (await read_state(session))["views"]["U0MAYA00001"]["modals"]
    assert [each["callback_id"] for each in shown] == ["m"]
    empty = await post("submit", values={})
    assert empty["errors"] == {"name": "Please complete this required field."}
    assert (await post("submit", values={"Name": "x"}))["ok"]
    assert (await post("say", text="thank you"))["ok"]
    assert (await post("open_home"))["ok"]
    await slack.settles()
    state = await read_state(session)
    assert {each["direction"] for each in state["journal"]} == {"to_slack", "to_bot"}
    assert [each["n"] for each in state["journal"]] == sorted(each["n"] for each in state["journal"])
    assert state["failures"] == []


async def test_what_cannot_be_done_is_said(post: Post) -> None:
    assert (await post("type", text="/unheard"))["error"] == "unknown_command"
    assert (await post("type", text="/probe"))["error"] == "dispatch_failed"
    assert "Maya sees no 'Done'" in (await post("press", label="Done"))["error"]
    assert "nobody here is called 'zoe'" in (await post("say", **{"as": "zoe", "text": "x"}))["error"]
    assert (await post("press"))["error"] == "press needs label or action_id"
    assert "is no span of time" in (await post("clock", advance="soon"))["error"]
    assert "no time zone" in (await post("clock", until="2026-12-24T16:40:00"))["error"]


async def test_the_clock_moves_over_the_control_api(slack: Slack, post: Post) -> None:
    before = slack.clock.unix()
    moved = await post("clock", advance="1d")
    assert moved["ok"] and moved["now"] - before >= 86_400 and moved["next_due"] is None
    assert (await post("clock", next=True))["ok"]
    assert (await post("clock", until="2099-01-01T00:00:00Z"))["now"] == pytest.approx(4_070_908_800, abs=2)


async def test_a_reset_gives_a_fresh_workspace_with_the_same_keys(
    slack: Slack, session: aiohttp.ClientSession, post: Post
) -> None:
    token = slack.bot_token
    await post("say", text="before")
    await post("clock", advance="1w")
    assert (await post("reset"))["ok"]
    state = await read_state(session)
    assert state["tokens"]["bot"] == token and not any(each["is_im"] for each in state["channels"])
    assert slack.dm("maya") == [] and state["journal"] == []


async def test_every_change_is_streamed(session: aiohttp.ClientSession, post: Post) -> None:
    async with session.get("/_sandbox/stream") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        first = json.loads((await stream.content.readline()).removeprefix(b"data: "))
        await stream.content.readline()
        await post("say", text="hello")
        second = json.loads((await stream.content.readline()).removeprefix(b"data: "))
    assert second["seq"] > first["seq"]


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "127.0.0.1:1"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("path", ["/_sandbox/state", "/"])
async def test_pages_from_elsewhere_get_nothing(
    session: aiohttp.ClientSession, headers: dict[str, str], path: str
) -> None:
    async with session.get(path, headers=headers) as answer:
        assert answer.status == 403


async def test_a_body_that_is_no_json_is_refused(session: aiohttp.ClientSession) -> None:
    for body, error in ((b"{", "invalid_json"), (b"[]", "json_not_object")):
        async with session.post("/_sandbox/say", data=body) as answer:
            assert (answer.status, (await answer.json())["error"]) == (400, error)


async def test_a_fault_can_be_armed_from_outside(slack: Slack, post: Post, client: AsyncWebClient) -> None:
    assert (await post("fault", method="auth.test", kind="cut_before"))["ok"]
    with pytest.raises(aiohttp.ClientError):
        await client.auth_test()
    assert "is no fault" in (await post("fault", method="auth.test", kind="gremlins"))["error"]
