"""The least a bot can do at /rejected: Bolt, the same calls to Slack on one shared session, and nothing is kept.

``python -m benchmarks.floor PORT API``.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

POINTER = "Thank you for telling me. Your next steps are in our direct messages."
_BUTTONS: list[dict[str, Any]] = [
    {"type": "button", "action_id": f"thread.{number}", "text": {"type": "plain_text", "text": "Done"}, "value": "{}"}
    for number in range(3)
]
_LINES = [{"type": "section", "text": {"type": "mrkdwn", "text": "One line about what can be done now. " * 3}}] * 3
CARD: dict[str, Any] = {"text": "Close the loop kindly", "blocks": [*_LINES, {"type": "actions", "elements": _BUTTONS}]}
PARENT: dict[str, Any] = {"text": "A no is hard. Here are four small steps.", "blocks": CARD["blocks"]}


async def main(port: int, api: str) -> None:
    session = aiohttp.ClientSession()
    client = AsyncWebClient("xoxb-1", base_url=api, session=session, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret="shh", authorize=_authorize)

    @app.command("/rejected")
    async def rejected(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack(POINTER)
        user = command["user_id"]
        await client.users_info(user=user)
        channel = (await client.conversations_open(users=user))["channel"]["id"]
        parent = await client.chat_postMessage(channel=channel, **PARENT)
        await client.chat_postMessage(channel=channel, thread_ts=parent["ts"], **CARD)

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def readyz(_request: web.Request) -> web.Response:
        return web.Response()

    site = web.Application()
    site.router.add_post("/slack/events", events)
    site.router.add_get("/readyz", readyz)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


async def _authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0", bot_user_id="UBOT", bot_id="BBOT", bot_token="xoxb-1")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
