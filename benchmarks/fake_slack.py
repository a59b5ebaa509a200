"""The least of a Slack: it takes every call after the same wait and keeps next to nothing. A process of its own.

``with fake_slack() as fake``. The wait is about what a call to Slack takes. A slow workspace (its token ends in
``SLOW``) may post once a second, and is told 429 above that. What was posted is counted, with the mark each message
carries, so that lost and doubled ones show.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import multiprocessing
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from aiohttp import web

LATENCY = 0.1  # seconds
SLOW = "-slow"
SLOW_SECONDS = 1.0  # from one post of a slow workspace to its next


@dataclass(frozen=True)
class Fake:
    """Where it is, and what it has seen."""

    url: str

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def seen(self) -> dict[str, Any]:
        """``calls`` by method, ``posts``, ``twice``: marks posted more than once, and ``arrivals`` by token."""
        with urllib.request.urlopen(f"{self.url}/seen", timeout=60) as answer:
            return dict(json.load(answer))

    def forget(self) -> None:
        urllib.request.urlopen(f"{self.url}/forget", timeout=10).close()


@contextmanager
def fake_slack(latency: float = LATENCY) -> Iterator[Fake]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, latency), daemon=True)
    process.start()
    try:
        yield Fake(f"http://127.0.0.1:{ours.recv()}")
    finally:
        process.terminate()
        process.join()


class Platform:
    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._numbers = itertools.count(1)
        self.forget()

    def forget(self) -> None:
        self.calls: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.arrivals: dict[str, list[float]] = defaultdict(list)
        self._posted: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._free_at: dict[str, float] = {}

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        asked = await _read(request)
        self.calls[method] += 1
        await asyncio.sleep(self._latency)
        token = request.headers.get("Authorization", "")
        if method == "chat.postMessage" and token.endswith(SLOW) and not self._may(token):
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        return web.json_response({"ok": True} | self._say(method, asked, token))

    def _may(self, token: str) -> bool:
        now = time.monotonic()
        free = now >= self._free_at.get(token, 0.0)
        if free:
            self._free_at[token] = now + SLOW_SECONDS
        return free

    def _say(self, method: str, asked: dict[str, Any], token: str) -> dict[str, Any]:
        match method:
            case "chat.postMessage":
                return {"ts": self._take(asked, token)}
            case "conversations.open":
                return {"channel": {"id": f"D{asked.get('users', '')}"}}
            case "conversations.history" | "conversations.replies":
                return {"messages": self._posted.get(str(asked.get("channel")), [])}
        return ANSWERS.get(method, {})

    def _take(self, asked: dict[str, Any], token: str) -> str:
        ts = f"{int(time.time())}.{next(self._numbers):06d}"
        self.arrivals[token.removeprefix("Bearer ")].append(time.monotonic())
        metadata = asked.get("metadata") or {}
        metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
        if mark := (metadata.get("event_payload") or {}).get("id"):
            self.marks[mark] += 1
            self._posted[str(asked.get("channel"))].append({"ts": ts, "metadata": metadata})
        return ts

    async def seen(self, _request: web.Request) -> web.Response:
        twice = [mark for mark, count in self.marks.items() if count > 1]
        posts = sum(len(each) for each in self.arrivals.values())
        return web.json_response(
            {"calls": self.calls, "posts": posts, "marks": len(self.marks), "twice": twice, "arrivals": self.arrivals}
        )

    async def forgotten(self, _request: web.Request) -> web.Response:
        self.forget()
        return web.Response()


ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {"team_id": "T0", "user_id": "UBOT", "bot_id": "BBOT"},
    "users.info": {"user": {"id": "U", "tz": "Etc/UTC", "deleted": False}},
    "chat.getPermalink": {"permalink": "https://example.slack.com/archives/D0/p1"},
}


async def _read(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post()) | dict(request.query)


def _serve(pipe: Connection, latency: float) -> None:
    asyncio.run(_run(pipe, latency))


async def _run(pipe: Connection, latency: float) -> None:
    platform = Platform(latency)
    app = web.Application(client_max_size=2**20)
    app.router.add_route("*", "/api/{method}", platform.answer)
    app.router.add_get("/seen", platform.seen)
    app.router.add_get("/forget", platform.forgotten)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()
