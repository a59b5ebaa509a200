"""``sandbox --bare``: a small Bolt app that knows nothing of us runs on it, and the sandbox ends when told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

CHECKOUT = Path(__file__).parents[3]
START = "import typer; from bot.commands.sandbox import sandbox; typer.run(sandbox)"


@pytest.fixture
async def bare() -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, str], str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START, "--bare", "--no-open", "--port", "0", stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)])},
    )  # fmt: skip
    assert process.stdout is not None
    environment: dict[str, str] = {}
    while (line := (await process.stdout.readline()).decode().strip()).startswith("export "):
        name, _, value = line.removeprefix("export ").partition("=")
        environment[name] = value
    yield process, environment, line
    if process.returncode is None:
        process.kill()
        await process.wait()


async def test_an_unmodified_bolt_app_runs_on_it(
    bare: tuple[asyncio.subprocess.Process, dict[str, str], str],
    serve_raw: Callable[..., Awaitable[str]],
) -> None:
    process, environment, line = bare
    assert line.startswith("Onward sandbox: http://127.0.0.1:") and line.endswith("/")
    url = line.removeprefix("Onward sandbox: ")
    client = AsyncWebClient(token=environment["SLACK_BOT_TOKEN"], base_url=environment["SLACK_API_URL"])
    app = AsyncApp(signing_secret=environment["SLACK_SIGNING_SECRET"], client=client)

    @app.command("/rejected")
    async def rejected(ack: Any, body: dict[str, Any]) -> None:
        await ack(text=f"sorry about {body['text']}")

    async def handle(request: Any) -> Any:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async with aiohttp.ClientSession(url) as session:
        async with session.post("/_sandbox/connect", json={"request_url": await serve_raw(handle)}) as answer:
            assert await answer.json() == {"ok": True, "verified": True}
        async with session.post("/_sandbox/type", json={"text": "/rejected Initech"}) as answer:
            assert (await answer.json())["answer"]["text"] == "sorry about Initech"
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 5) == 0
