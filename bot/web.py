"""The HTTP doors: Slack's requests, health, metrics; and, on a stand-in only, the clock."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from bot import oauth, pages
from bot.app import Onward
from bot.clock import MovableClock
from bot.log import log, where
from bot.readiness import Readiness
from bot.settings import LOOPBACK

BODY_BYTES = 1024 * 1024  # Slack's largest views are 250 KB
# Longer than a proxy keeps a connection to us: one that we close first may just have been given a request.
KEEP_ALIVE, GOODBYE = 75, 5
SLACK_SENDS = {"application/json", "application/x-www-form-urlencoded"}
SLACK_ONLY = "This address takes requests from Slack only."
TIME = re.compile(r"[0-9]{1,12}", re.ASCII)  # Unix seconds; anything else Bolt would stumble over
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def runner(onward: Onward) -> web.AppRunner:
    """The site, ready to listen. On its cleanup it takes no more, and requests under way are still answered.

    Nothing is unpacked: Slack packs nothing, and a small body could become a huge one.
    """
    return web.AppRunner(
        site(onward), access_log=None, shutdown_timeout=GOODBYE, keepalive_timeout=KEEP_ALIVE, auto_decompress=False
    )


def site(onward: Onward) -> web.Application:
    """Every address of the bot; also below the path of PUBLIC_URL, which a proxy may leave in place or cut off."""
    app = _addresses(onward)
    if onward.settings.base_path:
        app.add_subapp(onward.settings.base_path, _addresses(onward))
    return app


def _addresses(onward: Onward) -> web.Application:
    doors = Doors(onward)
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[faults])
    if onward.settings.slack_signing_secret:  # without it nobody could tell Slack from a stranger
        app.router.add_post("/slack/events", doors.slack)
    oauth.add(app, onward)
    pages.add(app, onward)
    app.router.add_get("/healthz", doors.healthz)
    app.router.add_get("/readyz", doors.readyz)
    app.router.add_get("/metrics", doors.metrics)
    if onward.settings.in_sandbox and isinstance(onward.tools.clock, MovableClock):
        app.router.add_get("/_sandbox/clock", doors.read_clock)
        app.router.add_post("/_sandbox/clock", doors.set_clock)
    return app


@web.middleware
async def faults(request: web.Request, handler: Answer) -> web.StreamResponse:
    """What we did wrong is said by its name and place; the text of an exception may quote a request."""
    try:
        return await handler(request)
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as bug:  # see above
        log.error("page_failed", error=type(bug).__name__, where=where(bug))
        raise web.HTTPInternalServerError(text="Something went wrong on our side.") from None


class Doors:
    def __init__(self, onward: Onward) -> None:
        self._onward = onward
        self._readiness = Readiness(onward)

    async def slack(self, request: web.Request) -> web.StreamResponse:
        """A request of Slack's, signed. What is neither a form nor JSON is no request of Slack's."""
        if request.content_type not in SLACK_SENDS:
            raise web.HTTPUnsupportedMediaType(text=SLACK_ONLY)
        if not TIME.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "0")):
            raise web.HTTPUnauthorized(text=SLACK_ONLY)
        try:
            async with asyncio.timeout(self._onward.delivery.pace.body):
                question = await to_bolt_request(request)
        except TimeoutError:
            raise web.HTTPRequestTimeout(text=SLACK_ONLY) from None
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise web.HTTPBadRequest(text=SLACK_ONLY) from None
        if not question.body:
            raise web.HTTPBadRequest(text=SLACK_ONLY)
        return await to_aiohttp_response(await self._onward.bolt.async_dispatch(question))

    async def healthz(self, _request: web.Request) -> web.StreamResponse:
        """The process lives."""
        return web.json_response({"ok": True})

    async def readyz(self, _request: web.Request) -> web.StreamResponse:
        """It can do its work. ``oldest_due_seconds`` is for whoever looks; it says nothing about readiness."""
        checks = await self._readiness.checks()
        waiting = {"oldest_due_seconds": await self._readiness.queue_age()}
        return web.json_response(checks | waiting, status=200 if all(checks.values()) else 503)

    async def metrics(self, request: web.Request) -> web.StreamResponse:
        """What is counted, for Prometheus."""
        if not self._may_read_metrics(request):
            raise web.HTTPForbidden(text="Send METRICS_TOKEN as a bearer token.")
        page = self._onward.metrics.page(
            ready=await self._readiness.checks(), queue_age=await self._readiness.queue_age(),
            sweep_silence=self._onward.alarm.silent_for if self._onward.sending else 0,
        )  # fmt: skip
        return web.Response(body=page, content_type="text/plain", charset="utf-8")

    async def read_clock(self, _request: web.Request) -> web.StreamResponse:
        return await self._when_idle()

    async def set_clock(self, request: web.Request) -> web.StreamResponse:
        """Moves the app's clock. Only there when Slack itself is a stand-in on this machine."""
        try:
            now = float((await request.json())["now"])
        except (ValueError, KeyError, TypeError):
            raise web.HTTPBadRequest(text='Send {"now": <Unix seconds>}.') from None
        clock = self._onward.tools.clock
        assert isinstance(clock, MovableClock)
        clock.set(now)
        return await self._when_idle()

    async def _when_idle(self) -> web.StreamResponse:
        next_due = await self._onward.delivery.idle()
        now = self._onward.tools.clock.unix()
        return web.Response(
            text=json.dumps({"now": now, "idle": True, "next_due": next_due}), content_type="application/json"
        )

    def _may_read_metrics(self, request: web.Request) -> bool:
        token = self._onward.settings.metrics_token
        if token is None:
            return (request.remote or "") in LOOPBACK
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.get_secret_value().encode())
