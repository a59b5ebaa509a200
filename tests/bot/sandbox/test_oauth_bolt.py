"""An app installs itself with Bolt's own OAuth flow, from its install page to its first command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack
from tests.bot.sandbox.test_oauth import SCOPES, decides

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # the SDK still signs in with it
ServeRaw = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]


async def test_bolts_own_oauth_flow_installs_itself(
    manifest: dict[str, Any], serve_raw: ServeRaw, tmp_path: Path
) -> None:
    async with Slack.open(manifest=manifest, installed=False) as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=slack.api_url)
        store = FileInstallationStore(base_dir=str(tmp_path / "installs"), client_id=slack.client_id)
        settings = AsyncOAuthSettings(
            client_id=slack.client_id, client_secret=slack.client_secret, scopes=SCOPES.split(","),
            authorization_url=slack.authorize_url, installation_store=store, install_page_rendering_enabled=False,
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path / "states")),
        )  # fmt: skip
        app = AsyncApp(
            client=client, signing_secret=slack.signing_secret, installation_store=store,
            oauth_flow=AsyncOAuthFlow(client=client, settings=settings),
        )  # fmt: skip

        @app.command("/probe")
        async def probe(ack: Any) -> None:
            await ack(text="installed")

        async def handle(request: web.Request) -> web.StreamResponse:
            asked_of_bolt = await to_bolt_request(request)
            flow = app.oauth_flow
            assert flow is not None
            if request.path == "/slack/install":
                return await to_aiohttp_response(await flow.handle_installation(asked_of_bolt))
            if request.path == "/slack/oauth_redirect":
                return await to_aiohttp_response(await flow.handle_callback(asked_of_bolt))
            return await to_aiohttp_response(await app.async_dispatch(asked_of_bolt))

        url = await serve_raw(handle)
        root = url.removesuffix("/slack/events")
        slack.connect(url)
        slack.platform.installs.redirect_urls[:] = [f"{root}/slack/oauth_redirect"]
        async with session.get(f"{root}/slack/install", allow_redirects=False) as install:
            address = urlsplit(install.headers["Location"])
            cookie = install.headers["Set-Cookie"].partition(";")[0]
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        back = await decides(slack, session, query)
        callback = {name: values[0] for name, values in back.items()}
        async with session.get(f"{root}/slack/oauth_redirect", params=callback, headers={"Cookie": cookie}) as done:
            assert done.status == 200, await done.text()
        assert (await slack.types("/probe")).text == "installed"
