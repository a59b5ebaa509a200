"""The sandbox on the wire: one aiohttp site on 127.0.0.1 for the bot, the page and the tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.files import SCOPE as FILES_READ
from bot.sandbox.files import bytes_of
from bot.sandbox.install_page import PATH as INSTALL_PATH
from bot.sandbox.install_page import InstallPage
from bot.sandbox.platform import Platform
from bot.sandbox.response_hooks import ResponseHooks
from bot.sandbox.web_api.door import WebApi

PAGE = Path(__file__).parent / "page"
HOST = "127.0.0.1"
LARGEST_BODY = 8 * 1024 * 1024
PLATFORM_KEY = web.AppKey("platform", Platform)


class Page(NamedTuple):
    """Another page at the same address, which the sidebar leads to. ``add`` puts its routes into the site."""

    title: str
    path: str
    add: Callable[[web.Application], None]


def application(platform: Platform) -> web.Application:
    """Everything but the control API, which is added by who has hands."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app[PLATFORM_KEY] = platform
    api = WebApi(platform)
    app.router.add_route("GET", "/api/{method}", api.serve)
    app.router.add_route("POST", "/api/{method}", api.serve)
    app.router.add_get("/link/", _link)
    app.router.add_get("/link", _link)
    app.router.add_post("/files/upload/{file_id}", _upload)
    app.router.add_get("/files/{file_id}/{name}", _download)
    install = InstallPage(platform)
    app.router.add_get(INSTALL_PATH, install.show)
    app.router.add_post(INSTALL_PATH, install.decide)
    app.router.add_post("/hooks/{path:.+}", ResponseHooks(platform).serve)
    return app


async def _link(request: web.Request) -> web.StreamResponse:
    return await request.app[PLATFORM_KEY].hub.serve(request)


async def _upload(request: web.Request) -> web.StreamResponse:
    """The address of files.getUploadURLExternal: the bytes themselves, once."""
    file = request.app[PLATFORM_KEY].files.get(request.match_info["file_id"])
    if file is None or file.content is not None:
        return web.Response(status=404, text="no such upload")
    content = await bytes_of(request)
    if len(content) != file.size:
        return web.Response(status=400, text="the length is not the one that was announced")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


async def _download(request: web.Request) -> web.StreamResponse:
    """``url_private``: for the app with its token and files:read, for a person as the page shows it."""
    platform = request.app[PLATFORM_KEY]
    file = platform.files.get(request.match_info["file_id"])
    asked = request.headers.get("Authorization")
    if asked is not None and (asked != f"Bearer {platform.bot_token}" or FILES_READ not in platform.scopes):
        return web.Response(status=403, text="this token may not read files")
    if file is None or file.content is None:
        return web.Response(status=404, text="no such file")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
    return web.Response(body=file.content, content_type=file.mimetype, headers=kept)


class Site:
    """Started on a port (0 takes any free one); its address is the platform's from then on."""

    def __init__(self, platform: Platform, app: web.Application) -> None:
        self._platform = platform
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)

    async def start(self, port: int) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self._platform.url = f"http://{HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()
        await asyncio.sleep(0)  # connections that were closed or cut are gone one turn of the loop later
