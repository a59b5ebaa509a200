"""``python -m bot sandbox``: workspace and bot as two processes that begin and end together."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

CHECKOUT = Path(__file__).parents[3]
READY_SECONDS = 90


@pytest.fixture
async def running() -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", "--no-open", cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), READY_SECONDS)
    yield process, line.decode()
    if process.returncode is None:
        process.terminate()
        await process.wait()


async def until(session: aiohttp.ClientSession, wanted: Any) -> Any:
    """Reads the state after every change until it is as wanted."""
    async with session.get("/_sandbox/stream") as stream:
        while True:
            if (await stream.content.readline()).startswith(b"data"):
                async with session.get("/_sandbox/state") as answer:
                    if found := wanted(await answer.json()):
                        return found


def dms(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for channel in state["channels"] if channel["is_im"] for each in state["messages"][channel["id"]]]


async def test_a_newcomer_types_a_command_and_gets_a_thread(
    running: tuple[asyncio.subprocess.Process, str],
) -> None:
    process, line = running
    assert line.startswith("Onward sandbox: http://127.0.0.1:") and line.endswith("/\n")
    async with aiohttp.ClientSession(line.removeprefix("Onward sandbox: ").strip()) as session:
        async with session.post("/_sandbox/type", json={"text": "/rejected Initech"}) as answer:
            assert (await answer.json())["ok"]
        async with asyncio.timeout(15):
            thread = await until(session, lambda state: dms(state) if len(dms(state)) > 1 else None)
        assert thread[1]["thread_ts"] == thread[0]["ts"]
        async with session.post("/_sandbox/reset", json={}) as answer:
            assert (await answer.json())["ok"]
        async with session.get("/_sandbox/state") as answer:
            assert dms(await answer.json()) == []
        async with session.post("/_sandbox/type", json={"text": "/rejected Initech"}) as answer:
            assert (await answer.json())["ok"]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0
