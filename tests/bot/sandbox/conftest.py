"""A workspace, and any small Bolt app served to it over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Probe"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Probe"},
        "slash_commands": [{"command": "/probe"}, {"command": "/escaped", "should_escape": True}],
        "shortcuts": [
            {"name": "Probe it", "type": "global", "callback_id": "probe.global"},
            {"name": "Probe this", "type": "message", "callback_id": "probe.message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "users:read"]}},
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_uninstalled", "message.im", "tokens_revoked", "user_change"]
        },
        "interactivity": {"is_enabled": True},
    },
}


@pytest.fixture
def manifest() -> dict[str, Any]:
    return MANIFEST


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    """Retries come quickly here; their number and their reasons are Slack's."""
    async with Slack.open(manifest=MANIFEST, retry_delays=(0.0, 0.01, 0.01)) as opened:
        yield opened


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    """The SDK as any bot uses it, without the handler that repeats lost calls."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


Serve = Callable[..., Awaitable[str]]


@pytest.fixture
async def serve_raw() -> AsyncIterator[
    Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]
]:
    """Any handler as a bot's address."""
    runners: list[web.AppRunner] = []

    async def start(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        runners.append(runner)
        return f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def bolt_app(slack: Slack, client: AsyncWebClient) -> AsyncApp:
    """An app without a listener; tests add theirs."""
    return AsyncApp(signing_secret=slack.signing_secret, client=client)


@pytest.fixture
def serve(slack: Slack, serve_raw: Any) -> Serve:
    """Connects the workspace to a Bolt app."""

    async def start(app: AsyncApp) -> str:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

        url: str = await serve_raw(handle)
        slack.connect(url)
        return url

    return start
