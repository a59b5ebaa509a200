"""The door of the Web API: who calls, may they, not too fast, and what goes wrong on purpose."""

from __future__ import annotations

import json

from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.kinds import ApiError, Json, invalid_arguments
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import methods
from bot.sandbox.web_api.acting import acting
from bot.sandbox.web_api.arguments import Arguments, read
from bot.sandbox.web_api.registry import Method, require_scope
from bot.sandbox.world import World

_ALWAYS_KNOWN = {"channel", "user", "include_locale", "team_id", "pretty"}


class TooFast(Exception):
    """Slack's 429."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = max(1, round(retry_after))


class WebApi:
    """HTTP 200 with ``ok: false`` for whatever is wrong; 429 and 5xx only where Slack has them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods = methods()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await read(request)
        try:
            platform = acting(self._world, args, name)
        except ApiError as unclear:
            self._write(self._world.first, name, args, unclear.as_slack(), 200)
            return web.json_response(unclear.as_slack())
        return await self._served(request, platform, name, args)

    async def _served(self, request: web.Request, platform: Platform, name: str, args: Arguments) -> web.StreamResponse:
        content = (args.text("blocks") or "") + (args.text("view") or "")
        fault = self._world.faults.take(name, args.text("channel") or "", content, platform.workspace.team_id)
        if fault and (broken := await self._break_before(request, platform, name, args, fault)):
            return broken
        answer, status, headers = self._answer(platform, name, args, fault)
        if fault and fault.after_acceptance and answer.get("ok"):
            return await self._break_after(request, platform, name, args, fault, answer)
        self._write(platform, name, args, answer, status)
        return web.json_response(answer, status=status, headers=headers)

    def _answer(
        self, platform: Platform, name: str, args: Arguments, fault: Fault | None
    ) -> tuple[Json, int, dict[str, str]]:
        headers = {"X-OAuth-Scopes": ",".join(platform.scopes)}
        try:
            method = self._known(name)
            _admit(platform, method, args)
            if method.scope:
                headers["X-Accepted-OAuth-Scopes"] = method.scope
            _not_too_fast(platform, method, args, fault)
            return {"ok": True, **_run(platform, method, args, fault)}, 200, headers
        except ApiError as refused:
            return refused.as_slack(), 200, headers
        except TooFast as hurry:
            return {"ok": False, "error": "ratelimited"}, 429, headers | {"Retry-After": str(hurry.retry_after)}

    def _known(self, name: str) -> Method:
        if name not in self._methods:
            self._world.unknown_methods.append(name)
            raise ApiError("unknown_method", req_method=name)
        return self._methods[name]

    async def _break_before(
        self, request: web.Request, platform: Platform, name: str, args: Arguments, fault: Fault
    ) -> web.StreamResponse | None:
        """The call was never taken; or, where it was slow, not yet."""
        if fault.kind == "http_500_before":
            return self._server_error(platform, name, args)
        if fault.kind == "hang":
            self._write(platform, name, args, {"ok": False, "error": "hang"}, None)
            await self._world.faults.hold(fault.seconds)
            return self._cut(request)
        if fault.kind == "slow":
            await self._world.faults.hold(fault.seconds)
        if fault.kind == "cut_before":
            self._write(platform, name, args, {"ok": False, "error": "cut_before"}, None)
            return self._cut(request)
        return None

    async def _break_after(
        self, request: web.Request, platform: Platform, name: str, args: Arguments, fault: Fault, answer: Json
    ) -> web.StreamResponse:
        """The call was taken, but the caller is not told, or late."""
        if fault.kind == "http_500_after":
            return self._server_error(platform, name, args)
        self._write(platform, name, args, answer, 200 if fault.kind == "late" else None)
        if fault.kind == "cut_after":
            return self._cut(request)
        await self._world.faults.hold(fault.seconds)
        return web.json_response(answer)

    def _server_error(self, platform: Platform, name: str, args: Arguments) -> web.Response:
        self._write(platform, name, args, {"ok": False, "error": "http_500"}, 500)
        return web.Response(status=500, text="<html>Server Error</html>", content_type="text/html")

    def _cut(self, request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    def _write(self, platform: Platform, name: str, args: Arguments, answer: Json, status: int | None) -> None:
        request = {key: _meant(value) if key in _JSON else value for key, value in args.values.items()}
        known = platform.workspace.team_id if args.token == platform.bot_token else ""
        platform.journal.write(platform.clock.unix(), "to_slack", name, request, answer, status, team=known)
        platform.changes.happened()


def _admit(platform: Platform, method: Method, args: Arguments) -> None:
    if args.problem:
        raise args.problem
    if method.token == "none":
        return
    if not args.token:
        raise ApiError("not_authed")
    right, other = platform.bot_token, platform.world.app_token
    if method.token == "app":
        right, other = other, right
    if args.token == other:
        raise ApiError("not_allowed_token_type")
    if args.token in platform.dead_tokens:
        raise ApiError(platform.dead_tokens[args.token])
    if args.token != right:
        raise ApiError("invalid_auth")
    if method.token == "bot" and not platform.installed:
        raise ApiError("account_inactive")
    if method.scope:
        require_scope(platform, method.scope)


def _not_too_fast(platform: Platform, method: Method, args: Arguments, fault: Fault | None) -> None:
    if fault and fault.kind == "rate_limited":
        raise TooFast(fault.retry_after)
    wait = platform.pace.refuse(method.name, method.tier, args.text("channel") or "")
    if wait is not None:
        raise TooFast(wait)


def _run(platform: Platform, method: Method, args: Arguments, fault: Fault | None) -> Json:
    missing = [name for name in method.needed if not args.given(name)]
    if missing:
        raise invalid_arguments(*(f"[ERROR] missing required field: {name}" for name in missing))
    given = {name for name, value in args.values.items() if value is not None}
    strange = given - set(method.needed) - set(method.known) - _ALWAYS_KNOWN
    if strange and method.token != "none":
        platform.warnings.append(f"{method.name} does not know {', '.join(sorted(strange))}")
    if fault and (refusal := fault.refusal()):
        raise refusal
    return method.run(platform, args)


_JSON = {"blocks", "view", "metadata", "attachments"}


def _meant(value: object) -> object:
    """Sent as a string with JSON in it; the journal shows it as what it means."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
