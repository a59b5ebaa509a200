"""Towards the bot over HTTP: every request signed, every acknowledgement timed on real seconds."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.kinds import Json
from bot.sandbox.receipts import Receipt
from bot.sandbox.signing import signed

FORM = "application/x-www-form-urlencoded"
CLOCK_SECONDS = 60.0


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """Commands are forms, interactions a form with one JSON field, events plain JSON."""
    if kind == "command":
        return urlencode(payload).encode(), FORM
    if kind in ("interaction", "options"):
        return urlencode({"payload": json.dumps(payload)}).encode(), FORM
    return json.dumps(payload).encode(), "application/json"


class BotDoor:
    """The bot's addresses and one HTTP client for them."""

    def __init__(self, signing_secret: str, patience: float) -> None:
        self._secret, self._patience = signing_secret, patience
        self._session: aiohttp.ClientSession | None = None
        self.request_url: str | None = None
        self.clock_url: str | None = None

    async def deliver(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Receipt:
        body, content_type = encoded(kind, payload)
        return await self.send(body, {"Content-Type": content_type, **signed(body, self._secret), **(headers or {})})

    async def send(self, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """Whatever bytes and headers, as they are."""
        if self.request_url is None:
            return Receipt(error="not_connected")
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._patience):
                receipt = await self._post(self.request_url, body, headers, began)
        except TimeoutError:
            return Receipt(error="timeout", seconds=time.monotonic() - began)
        except (aiohttp.ClientError, OSError):
            return Receipt(error="connection_failed", seconds=time.monotonic() - began)
        # A bot that blocks this very loop answers "in time" as the timer sees it; the wall says otherwise.
        return receipt if receipt.seconds <= self._patience else Receipt(error="timeout", seconds=receipt.seconds)

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str], began: float) -> Receipt:
        agent = {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "application/json,*/*"}
        async with self._client().post(url, data=body, headers={**agent, **headers}, allow_redirects=False) as answer:
            answered = await answer.read()
            lower = {name.lower(): value for name, value in answer.headers.items()}
            return Receipt(answer.status, lower, answered, time.monotonic() - began)

    async def clock(self, now: float | None = None) -> Json:
        """The bot's own clock door: set it, or only ask. It answers when the bot is idle."""
        assert self.clock_url is not None
        timeout = aiohttp.ClientTimeout(total=CLOCK_SECONDS)
        call = self._client().get if now is None else self._client().post
        given = {} if now is None else {"json": {"now": now}}
        async with call(self.clock_url, timeout=timeout, **given) as answer:  # type: ignore[arg-type]
            answer.raise_for_status()
            found: Json = await answer.json()
            return found

    def _client(self) -> aiohttp.ClientSession:
        """No connection is kept: one to a bot that was killed and started again would fail the next request."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
