"""Socket Mode: single-use tickets, a hello, envelopes to one of at most ten connections, and their acknowledgements."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import uuid
from collections.abc import Callable, Mapping

from aiohttp import WSMsgType, web

from bot.sandbox.kinds import Json, random_word
from bot.sandbox.limits import SOCKET_CONNECTIONS
from bot.sandbox.receipts import Receipt

GRACE_SECONDS = 10.0
_TYPES = {"command": "slash_commands", "interaction": "interactive", "options": "interactive", "event": "events_api"}


class SocketHub:
    """Each payload goes to one connection, turn by turn (docs: "Using Socket Mode")."""

    def __init__(self, app_id: str, patience: float, changed: Callable[[], None]) -> None:
        self._app_id, self._patience, self._changed = app_id, patience, changed
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._turn = itertools.count()
        self.connected = asyncio.Event()
        self.refusing = 0

    @property
    def connections(self) -> int:
        return len(self._open)

    @property
    def unanswered(self) -> int:
        """Envelopes on their way."""
        return len(self._waiting)

    def ticket(self) -> str:
        name = random_word(24)
        self._tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404, text="this ticket was used or never given")
        self._tickets.discard(ticket)
        if self.refusing:
            self.refusing -= 1
            self._changed()
            return web.Response(status=409, text="this ticket is refused on purpose")
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        if len(self._open) >= SOCKET_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._listen(socket)
        return socket

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        self._open.append(socket)
        await socket.send_json(self._hello())
        self.connected.set()
        self._changed()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            if socket in self._open:
                self._open.remove(socket)
            if not self._open:
                self.connected.clear()
            self._changed()

    def _hello(self) -> Json:
        return {
            "type": "hello", "num_connections": len(self._open), "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "sandbox", "started": time.strftime("%Y-%m-%d %H:%M:%S"), "build_number": 1,
                           "approximate_connection_time": 18060},
        }  # fmt: skip

    def _acknowledged(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.pop(said.get("envelope_id", ""), None) if isinstance(said, dict) else None
        if waiting and not waiting.done():
            waiting.set_result(said)

    async def deliver(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Receipt:
        """An acknowledgement with a payload counts as an HTTP 200 with that body."""
        if not self._open:
            return Receipt(error="not_connected")
        envelope = self._envelope(kind, payload, headers or {})
        waiting = self._waiting[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        self._changed()
        try:
            await self._open[next(self._turn) % len(self._open)].send_json(envelope)
            async with asyncio.timeout(self._patience):
                said = await waiting
        except TimeoutError:
            return Receipt(error="timeout", seconds=time.monotonic() - began)
        except (ConnectionError, RuntimeError):
            return Receipt(error="connection_failed", seconds=time.monotonic() - began)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)
        body = json.dumps(said["payload"]).encode() if said.get("payload") else b""
        return Receipt(200, {"content-type": "application/json"}, body, time.monotonic() - began)

    def _envelope(self, kind: str, payload: Json, headers: Mapping[str, str]) -> Json:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()), "type": _TYPES[kind], "payload": payload,
            "accepts_response_payload": kind != "event",
        }  # fmt: skip
        if kind == "event":
            envelope["retry_attempt"] = int(headers.get("X-Slack-Retry-Num", 0))
            envelope["retry_reason"] = headers.get("X-Slack-Retry-Reason", "")
        return envelope

    async def refresh(self, reason: str = "refresh_requested", *, most: int = SOCKET_CONNECTIONS) -> None:
        """Slack asks connections to come again, as it does every few hours; nothing more goes over the old ones."""
        leaving, self._open = self._open[:most], self._open[most:]
        if not self._open:
            self.connected.clear()
        for socket in leaving:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            closing = asyncio.create_task(self._close_later(socket))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def cut(self) -> None:
        """Every connection breaks off, as behind a proxy that has had enough: nobody says goodbye."""
        for socket in self._open:
            transport = socket._req.transport if socket._req else None
            if transport:
                transport.abort()

    async def _close_later(self, socket: web.WebSocketResponse) -> None:
        """The client hangs up first when it is quick enough."""
        await asyncio.sleep(GRACE_SECONDS)
        await socket.close()

    async def close(self) -> None:
        for closing in list(self._closing):
            closing.cancel()
        for socket in list(self._open):
            await socket.close()
