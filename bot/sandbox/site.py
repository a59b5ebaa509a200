"""The sandbox on the wire: one aiohttp site on 127.0.0.1 for the bot, the page and the tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.files import SCOPE as FILES_READ
from bot.sandbox.files import File, bytes_of
from bot.sandbox.install_page import PATH as INSTALL_PATH
from bot.sandbox.install_page import InstallPage
from bot.sandbox.platform import Platform
from bot.sandbox.response_hooks import ResponseHooks
from bot.sandbox.web_api.door import WebApi
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
HOST = "127.0.0.1"
LARGEST_BODY = 8 * 1024 * 1024
WORLD_KEY = web.AppKey("world", World)


class Page(NamedTuple):
    """Another page at the same address, which the sidebar leads to. ``add`` puts its routes into the site."""

    title: str
    path: str
    add: Callable[[web.Application], None]


def application(world: World) -> web.Application:
    """Everything but the control API, which is added by who has hands."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app[WORLD_KEY] = world
    api = WebApi(world)
    app.router.add_route("GET", "/api/{method}", api.serve)
    app.router.add_route("POST", "/api/{method}", api.serve)
    app.router.add_get("/link/", _link)
    app.router.add_get("/link", _link)
    app.router.add_post("/files/upload/{file_id}", _upload)
    app.router.add_get("/files/{file_id}/{name}", _download)
    install = InstallPage(world)
    app.router.add_get(INSTALL_PATH, install.show)
    app.router.add_post(INSTALL_PATH, install.decide)
    app.router.add_post("/hooks/{kind}/{team}/{path:.+}", _hook)
    return app


async def _link(request: web.Request) -> web.StreamResponse:
    return await request.app[WORLD_KEY].hub.serve(request)


async def _hook(request: web.Request) -> web.StreamResponse:
    """A response_url names the workspace it belongs to."""
    world = request.app[WORLD_KEY]
    platform = world.platforms.get(request.match_info["team"], world.first)
    return await ResponseHooks(platform).serve(request)


def _owner(request: web.Request) -> tuple[Platform, File] | None:
    name = request.match_info["file_id"]
    for platform in request.app[WORLD_KEY].platforms.values():
        if file := platform.files.get(name):
            return platform, file
    return None


async def _upload(request: web.Request) -> web.StreamResponse:
    """The address of files.getUploadURLExternal: the bytes themselves, once."""
    found = _owner(request)
    if found is None or found[1].content is not None:
        return web.Response(status=404, text="no such upload")
    content = await bytes_of(request)
    if len(content) != found[1].size:
        return web.Response(status=400, text="the length is not the one that was announced")
    found[1].content = content
    return web.Response(text=f"OK - {len(content)}")


async def _download(request: web.Request) -> web.StreamResponse:
    """``url_private``: for the app with its token and files:read, for a person as the page shows it."""
    found = _owner(request)
    if found is None or found[1].content is None:
        return web.Response(status=404, text="no such file")
    (platform, file), asked = found, request.headers.get("Authorization")
    if asked is not None and (asked != f"Bearer {platform.bot_token}" or FILES_READ not in platform.scopes):
        return web.Response(status=403, text="this token may not read files")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
    return web.Response(body=file.content, content_type=file.mimetype, headers=kept)


class Site:
    """Started on a port (0 takes any free one); its address is the world's from then on."""

    def __init__(self, world: World, app: web.Application) -> None:
        self._world = world
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)

    async def start(self, port: int) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self._world.url = f"http://{HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()
        await asyncio.sleep(0)  # connections that were closed or cut are gone one turn of the loop later
