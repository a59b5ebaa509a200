"""Socket Mode: a Bolt app without any address, over the SDK's own client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack

Json = dict[str, Any]


@pytest.fixture
async def socket_slack(manifest: Json) -> AsyncIterator[Slack]:
    async with Slack.open(manifest=manifest, socket_mode=True, retry_delays=(0.0,)) as opened:
        yield opened


@pytest.fixture
async def app(socket_slack: Slack) -> AsyncIterator[AsyncApp]:
    """Connected, with a command that echoes and a listener for messages."""
    client = AsyncWebClient(token=socket_slack.bot_token, base_url=socket_slack.api_url, retry_handlers=[])
    bolt = AsyncApp(client=client)

    @bolt.command("/probe")
    async def probe(ack: Any, body: Json) -> None:
        await ack(text=f"heard {body['text']}")

    @bolt.event("message")
    async def message() -> None: ...

    handler = AsyncSocketModeHandler(bolt, socket_slack.app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await socket_slack.platform.hub.connected.wait()
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_commands_and_events_come_over_the_socket(socket_slack: Slack, app: AsyncApp) -> None:
    assert (await socket_slack.types("/probe Initech")).text == "heard Initech"
    await socket_slack.says("hello")
    await socket_slack.settles()
    assert socket_slack.failures == []


async def test_the_bot_survives_a_refresh(socket_slack: Slack, app: AsyncApp) -> None:
    assert (await socket_slack.types("/probe one")).text == "heard one"
    await socket_slack.refreshes_sockets()
    await socket_slack.platform.hub.connected.wait()
    assert (await socket_slack.types("/probe two")).text == "heard two"
    assert sum(call.method == "apps.connections.open" for call in socket_slack.calls) == 2


async def test_an_event_nobody_listens_to_is_not_taken_and_comes_again(socket_slack: Slack, app: AsyncApp) -> None:
    """Bolt answers an unhandled event with 404, which over a socket is no acknowledgement at all."""
    await socket_slack.opens_home()
    await socket_slack.until(lambda: len(socket_slack.failures) == 2, timeout=9)
    assert {each.reason for each in socket_slack.failures} == {"timeout"}


async def test_a_ticket_is_good_for_one_connection(socket_slack: Slack) -> None:
    client = AsyncWebClient(token=socket_slack.app_token, base_url=socket_slack.api_url)
    url = (await client.apps_connections_open(app_token=socket_slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_eleventh_connection_is_sent_away(socket_slack: Slack) -> None:
    client = AsyncWebClient(token=socket_slack.app_token, base_url=socket_slack.api_url)
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=socket_slack.app_token))["url"]
            sockets.append(await session.ws_connect(url))
        said = [await socket.receive_json() for socket in sockets]
    assert [each["type"] for each in said] == ["hello"] * 10 + ["disconnect"]
    assert said[-1]["reason"] == "too_many_websockets"


async def test_without_socket_mode_there_is_no_socket(slack: Slack) -> None:
    client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
        await client.apps_connections_open(app_token=slack.app_token)


async def test_with_no_bot_at_the_socket_a_command_fails(socket_slack: Slack) -> None:
    assert (await socket_slack.types("/probe")).error == "dispatch_failed"
