"""Who may look: only pages of this very address. The state holds tokens and a signing secret."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

_GUARDED = ("/_sandbox/", "/page/", "/gallery", "/oauth/", "/files/")


@web.middleware
async def only_from_this_machine(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """The state holds tokens: a page from elsewhere, or a name that was made to lead here, gets nothing."""
    if request.path == "/" or request.path.startswith(_GUARDED):
        _, port, *_ = request.get_extra_info("sockname", ("", None))
        here = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = request.headers.get("Origin")
        if request.headers.get("Host", "") not in here or (origin and urlsplit(origin).netloc not in here):
            return web.json_response({"ok": False, "error": "forbidden_host"}, status=403)
    return await handler(request)
