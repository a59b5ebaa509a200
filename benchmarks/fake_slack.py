"""The least of a Slack: it takes every call after the same wait and keeps nothing. A process of its own.

``with fake_slack() as url``. The wait is about what a call to Slack takes.
"""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

LATENCY = 0.1  # seconds


@contextmanager
def fake_slack(latency: float = LATENCY) -> Iterator[str]:
    """The address of its Web API."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, latency), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/api/"
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, latency: float) -> None:
    asyncio.run(_run(pipe, latency))


async def _run(pipe: Connection, latency: float) -> None:
    numbers = itertools.count(1)

    async def answer(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        await request.read()
        await asyncio.sleep(latency)
        answers = {
            "chat.postMessage": {"ts": f"1800000000.{next(numbers):06d}"},
            "auth.test": {"team_id": "T0", "user_id": "UBOT", "bot_id": "BBOT"},
            "users.info": {"user": {"id": "U", "tz": "Etc/UTC", "deleted": False}},
            "conversations.open": {"channel": {"id": "D0"}},
            "chat.getPermalink": {"permalink": "https://example.slack.com/archives/D0/p1"},
        }
        return web.json_response({"ok": True, **answers.get(method, {})})

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    app.router.add_get("/api/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()
