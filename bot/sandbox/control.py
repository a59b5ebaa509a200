"""The control API: the hands, the state and the clock over HTTP, for the page and for tests in other processes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.sandbox.bodies import check
from bot.sandbox.control_channels import change_channel
from bot.sandbox.guard import only_from_this_machine
from bot.sandbox.hands.finding import Where
from bot.sandbox.hands.person import Answer
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.site import PAGE
from bot.sandbox.state import state

if TYPE_CHECKING:
    from bot.sandbox.slack import Slack

HEARTBEAT_SECONDS = 15.0
Action = Callable[[Json], Awaitable[Json]]


def add_control(app: web.Application, slack: Slack) -> None:
    control = Control(slack)
    app.middlewares.append(only_from_this_machine)
    app.router.add_get("/_sandbox/state", control.state)
    app.router.add_get("/_sandbox/stream", control.stream)
    for name in control.actions():
        app.router.add_post(f"/_sandbox/{name}", control.door(name))
    app.router.add_get("/", page)
    if PAGE.is_dir():
        app.router.add_static("/page/", PAGE)


async def page(request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.exists():
        return web.Response(text="The sandbox runs; its page is not built yet. See /_sandbox/state.")
    return web.FileResponse(index)


class Control:
    """Each action takes the JSON that was sent and answers with ``ok``; docs/sandbox-api.md lists them."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def state(self, request: web.Request) -> web.Response:
        try:
            return web.json_response(state(self._in(request.query.get("team"))._slack.platform))
        except HandsError as wrong:
            return web.json_response({"ok": False, "error": str(wrong)}, status=404)

    def _in(self, team: object) -> Control:
        """Of the first workspace, or of the one that is named."""
        return Control(self._slack.workspace(str(team))) if team else self

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """One event for what is, then one after every change."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        changes = self._slack.platform.changes
        try:
            while True:
                seq = changes.seq
                await response.write(f"data: {json.dumps({'seq': seq})}\n\n".encode())
                while not await changes.after(seq, HEARTBEAT_SECONDS):
                    await response.write(b": still here\n\n")
        except (ConnectionError, asyncio.CancelledError):
            return response

    def door(self, name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            try:
                body = json.loads(await request.read() or b"{}")
            except ValueError:
                return web.json_response({"ok": False, "error": "invalid_json"}, status=400)
            if not isinstance(body, dict):
                return web.json_response({"ok": False, "error": "json_not_object"}, status=400)
            try:
                action = self._in(body.pop("team", None) if name != "fault" else None).actions()[name]
                check(name, body)
                given = {each: value for each, value in body.items() if value is not None or each == "option"}
                return web.json_response({"ok": True} | await action(given))
            except (HandsError, ValueError, TypeError) as wrong:
                return web.json_response({"ok": False, "error": str(wrong)})
            except (aiohttp.ClientError, OSError, TimeoutError) as gone:
                return web.json_response({"ok": False, "error": f"the bot cannot be reached: {gone}"})

        return serve

    def actions(self) -> dict[str, Action]:
        return {
            "type": self.type, "press": self.press, "choose": self.choose, "submit": self.submit, "close": self.close,
            "say": self.say, "open_home": self.open_home, "shortcut": self.shortcut, "clock": self.clock,
            "fault": self.fault, "reset": self.reset, "socket/refresh": self.refresh, "profile": self.profile,
            "invite": self.invite, "uninstall": self.uninstall, "reload": self.reload, "connect": self.connect,
            "suggest": self.suggest, "channel": self.channel,
        }  # fmt: skip

    async def type(self, body: Json) -> Json:
        text = str(body["text"])
        usual = "#general" if text.startswith("/") else "app"
        answer = await self._slack.types(text, body.get("as"), body.get("channel") or usual, body.get("thread_ts"))
        message = answer.message
        return _told(answer) | {
            "answer": self._slack.platform.workspace.as_slack(message) if message and message.ephemeral_to else None
        }

    async def press(self, body: Json) -> Json:
        return _told(await self._slack.presses(body.get("label"), body.get("as"), **_where(body)))

    async def choose(self, body: Json) -> Json:
        option = body.get("option")
        return _told(await self._slack.chooses(body.get("label"), option, body.get("as"), **_where(body)))

    async def suggest(self, body: Json) -> Json:
        typed = str(body.get("text", ""))
        return {"options": await self._slack.suggests(body.get("label"), typed, body.get("as"), **_where(body))}

    async def submit(self, body: Json) -> Json:
        return _told(await self._slack.submits(body.get("values"), body.get("as"), view_id=body.get("view_id")))

    async def close(self, body: Json) -> Json:
        closing = self._slack.closes_all if body.get("all") else self._slack.closes
        return _told(await closing(body.get("as")))

    async def say(self, body: Json) -> Json:
        message = await self._slack.says(
            str(body["text"]), body.get("as"), body.get("channel") or "app", body.get("thread_ts")
        )
        return {"ts": message.ts}

    async def open_home(self, body: Json) -> Json:
        await self._slack.opens_home(body.get("as"), body.get("tab") or "home")
        return {}

    async def shortcut(self, body: Json) -> Json:
        return _told(await self._slack.uses_shortcut(str(body["callback_id"]), body.get("as"), body.get("ts")))

    async def profile(self, body: Json) -> Json:
        await self._slack.changes_profile(str(body["user"]), **body.get("changes", {}))
        return {}

    async def invite(self, body: Json) -> Json:
        await self._slack.invites_the_bot(str(body["channel"]), body.get("as"))
        return {}

    async def channel(self, body: Json) -> Json:
        return await change_channel(self._slack, body)

    async def uninstall(self, body: Json) -> Json:
        await self._slack.uninstalls()
        return {}

    async def reload(self, body: Json) -> Json:
        self._slack.reloads(body.get("as"))
        return {}

    async def clock(self, body: Json) -> Json:
        if body.get("next"):
            return await self._slack.advances_to_next()
        if "until" in body:
            return await self._slack.advances_to(_moment(str(body["until"])))
        return await self._slack.advances(body["advance"])

    async def fault(self, body: Json) -> Json:
        self._slack.fault(**body)
        return {}

    async def reset(self, body: Json) -> Json:
        await self._slack.resets()
        return {}

    async def refresh(self, body: Json) -> Json:
        await self._slack.refreshes_sockets()
        return {}

    async def connect(self, body: Json) -> Json:
        """Where the bot is, for a bot that was started by hand (``sandbox --bare``)."""
        if "redirect_url" in body:
            self._slack.platform.installs.redirect_urls.append(body["redirect_url"])
        return {"verified": await self._slack.connect(str(body["request_url"]), body.get("clock_url"))}


def _told(answer: Answer) -> Json:
    if answer.ok:
        return {"seconds": round(answer.seconds, 3)}
    told: Json = {"ok": False, "error": answer.error, "text": answer.text}
    return told | {"errors": answer.errors} if answer.errors else told


def _where(body: Json) -> Where:
    """``action_id`` names what has no label, and tells apart what has the same."""
    return Where(
        channel=body.get("channel"), ts=body.get("ts"), view_id=body.get("view_id"), block_id=body.get("block_id"),
        action_id=body.get("action_id"), value=body.get("value"),
    )  # fmt: skip


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone; write it like 2026-12-24T16:40:00+01:00 or with Z")
    return moment
