"""Several workspaces with one app behind one address, as slack.com is: a token or a code says whose a call is.

Over HTTP only. Each workspace keeps its own site, for its page, its files and the response_urls.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from html import escape

from aiohttp import web

from bot.sandbox.install_page import PATH
from bot.sandbox.platform import Platform
from bot.sandbox.site import HOST
from bot.sandbox.slack import Slack
from bot.sandbox.web_api.arguments import Arguments, read
from bot.sandbox.web_api.door import WebApi


class Crossroads:
    """``async with Crossroads.open(first, second) as slack_com``; ``api_url`` is what the bot is told."""

    def __init__(self, platforms: Sequence[Platform]) -> None:
        self._platforms = platforms
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def open(cls, first: Slack, *others: Slack) -> AsyncIterator[Crossroads]:
        for other in others:
            other.platform.shares_the_app_of(first.platform)
        here = cls([each.platform for each in (first, *others)])
        app = web.Application()
        app.router.add_route("*", "/api/{method}", here._call)
        app.router.add_get(PATH, here._choose)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        here.url = f"http://{HOST}:{runner.addresses[0][1]}"
        try:
            yield here
        finally:
            await runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    async def _call(self, request: web.Request) -> web.StreamResponse:
        args = await read(request)
        return await WebApi(self._whose(args)).call(request, args)

    def _whose(self, args: Arguments) -> Platform:
        """Nobody's token is refused by the first, in Slack's words."""
        token, code = args.token, args.text("code")
        for each in self._platforms:
            if (token and each.knows_token(token)) or (code and each.installs.knows(code)):
                return each
        return self._platforms[0]

    async def _choose(self, request: web.Request) -> web.StreamResponse:
        """Into which workspace? Each has its own page to allow it on."""
        wanted = request.query.get("team")
        for each in self._platforms:
            if wanted == each.workspace.team_id:
                raise web.HTTPFound(f"{each.url}{PATH}?{request.query_string}")
        links = [
            f'<li><a href="{escape(f"{each.url}{PATH}?{request.query_string}")}">{escape(each.workspace.name)}</a></li>'
            for each in self._platforms
        ]
        text = f"<!doctype html><title>Which workspace?</title><h1>Which workspace?</h1><ul>{''.join(links)}</ul>"
        return web.Response(text=text, content_type="text/html")
