"""Socket Mode: two lines to Slack, each of which heals by itself.

The SDK's client asks for a ticket once and goes on with a refused one for ever, and at a refresh it hangs up before the
new connection stands. Here every attempt has a ticket of its own, the next connection opens while the one before still
answers what it was asked, and a second line covers the moment in between.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.exceptions import Refusal
from bot.log import log, where
from bot.pace import Pace
from bot.slack_errors import FAILURES, Verdict, judge

LINES = 2  # Slack allows ten
HEARTBEAT = 10.0  # seconds from one ping to the next; unanswered for half as long, the connection is dead
BIGGEST = 1024 * 1024
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds after a failure, each time twice as long
STEADY = 2.0  # seconds after which a connection that ends is no failure
PATIENCE = 5.0  # seconds for what is under way when a connection ends
LOST = (*FAILURES, ConnectionError, RuntimeError)


class Sockets:
    """``open`` once Slack takes the token, ``close`` at the end. ``is_connected`` while one line stands."""

    def __init__(self, bolt: AsyncApp, client: AsyncWebClient, app_token: str, pace: Pace) -> None:
        self._bolt = bolt
        self._client = client
        self._token = app_token
        self._pace = pace
        self._first: str | None = None
        self._session: aiohttp.ClientSession | None = None
        self._standing: set[aiohttp.ClientWebSocketResponse] = set()
        self._working: set[asyncio.Task[None]] = set()
        self._lines: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Raises Refusal when Slack refuses the token; a Slack that is away is tried again."""
        with suppress(*LOST):
            self._first = await self._new_ticket(at_start=True)
        self._session = aiohttp.ClientSession()
        self._lines = [asyncio.create_task(self._line(number * self._pace.apart)) for number in range(LINES)]

    async def close(self) -> None:
        """Hears no more, and answers what it was asked."""
        for line in self._lines:
            line.cancel()
        if self._working:
            await asyncio.wait(self._working, timeout=PATIENCE)
        for socket in list(self._standing):
            await socket.close()
        if self._session:
            await self._session.close()

    async def is_connected(self) -> bool:
        return bool(self._standing)

    async def _line(self, after: float) -> None:
        """One connection after the other. The lines open apart, so that Slack does not refresh them together."""
        await asyncio.sleep(after)
        wait = 0.0
        while True:
            await asyncio.sleep(wait)
            began = time.monotonic()
            try:
                async with self._connection() as socket:
                    await self._listen(socket)
                log.info("socket_ended")
            except LOST as failure:
                log.warning("socket_failed", error=_named(failure))
            has_stood = time.monotonic() - began > STEADY
            wait = 0.0 if has_stood else min(max(2 * wait, FIRST_WAIT), LONGEST_WAIT)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """Leaving it, the connection is let go in the background: what came over it is answered over it."""
        assert self._session is not None
        socket = await self._session.ws_connect(
            await self._ticket(), heartbeat=HEARTBEAT, max_msg_size=BIGGEST, proxy=self._client.proxy
        )
        before = set(self._working)
        try:
            yield socket
        finally:
            self._standing.discard(socket)
            self._keep(self._let_go(socket, self._working - before))

    async def _ticket(self) -> str:
        """Good for one attempt. The one that showed the token to be good is the first."""
        first, self._first = self._first, None
        return first or await self._new_ticket()

    async def _new_ticket(self, *, at_start: bool = False) -> str:
        try:
            return str((await self._client.apps_connections_open(app_token=self._token))["url"])
        except SlackApiError as refused:
            judged = judge(refused)
            if at_start and judged.verdict in (Verdict.INSTALL_DEAD, Verdict.OUR_BUG):
                raise Refusal(
                    f"SLACK_APP_TOKEN is refused by Slack ({judged.error}): make one with connections:write under "
                    "Basic Information, and turn Socket Mode on."
                ) from None
            raise

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Until Slack hangs up or asks to come again."""
        async for message in socket:
            said = _read(message)
            if said.get("type") == "hello":
                self._standing.add(socket)
                log.info("socket_opened", lines=len(self._standing))
            elif said.get("type") == "disconnect":
                return
            elif said.get("envelope_id"):
                self._keep(self._answer(socket, said))

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, envelope: Mapping[str, Any]) -> None:
        """What went wrong is not acknowledged: then Slack sends an event again, and tells a member who pressed."""
        try:
            answer = await self._bolt.async_dispatch(_request(envelope))
            if answer.status == 200:
                await socket.send_json({"envelope_id": envelope["envelope_id"], **_payload(answer)})
        except LOST as failure:
            log.warning("socket_answer_lost", error=_named(failure))
        except Exception as bug:  # one envelope nobody could read must not end the line
            log.error("socket_request_failed", error=type(bug).__name__, where=where(bug))

    async def _let_go(self, socket: aiohttp.ClientWebSocketResponse, answering: set[asyncio.Task[None]]) -> None:
        if answering:
            await asyncio.wait(answering, timeout=PATIENCE)
        with suppress(*LOST):
            await socket.close()

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)


def _named(failure: BaseException) -> str:
    return judge(failure).error


def _read(message: aiohttp.WSMessage) -> Mapping[str, Any]:
    """Anything but an object is nothing Slack sends."""
    if message.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        said = json.loads(message.data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _request(envelope: Mapping[str, Any]) -> AsyncBoltRequest:
    """Signed by the connection itself. A retry is told as over HTTP."""
    headers: dict[str, str | Sequence[str]] = {
        name: str(envelope[key])
        for key, name in (("retry_attempt", "x-slack-retry-num"), ("retry_reason", "x-slack-retry-reason"))
        if envelope.get(key) is not None
    }
    payload = envelope.get("payload")
    return AsyncBoltRequest(mode="socket_mode", body=payload if isinstance(payload, dict) else {}, headers=headers)


def _payload(answer: BoltResponse) -> dict[str, Any]:
    """The body of an acknowledgement, as an HTTP answer would carry it."""
    if not answer.body:
        return {}
    kind = answer.headers.get("content-type", [""])[0]
    return {"payload": json.loads(answer.body) if kind.startswith("application/json") else {"text": answer.body}}
