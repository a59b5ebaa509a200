"""``python -m bot sandbox`` and a bot beside it, each as a process of its own, driven over the control API."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp

Json = dict[str, Any]
CHECKOUT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "bot", "sandbox")
PATIENCE = 60.0


class Sandbox:
    """A running sandbox: its address, what it printed to give to a bot, and the control API."""

    def __init__(self, process: asyncio.subprocess.Process, session: aiohttp.ClientSession) -> None:
        self.process, self._session = process, session
        self.environment: dict[str, str] = {}
        self.url = ""

    async def post(self, action: str, **body: Any) -> Json:
        async with self._session.post(f"{self.url}/_sandbox/{action}", json=body) as answer:
            found: Json = await answer.json()
            return found

    async def state(self) -> Json:
        async with self._session.get(f"{self.url}/_sandbox/state") as answer:
            found: Json = await answer.json()
            return found

    async def until(self, wanted: Callable[[Json], Any]) -> Any:
        """Reads the state after every change until it is as wanted."""
        async with asyncio.timeout(PATIENCE), self._session.get(f"{self.url}/_sandbox/stream") as stream:
            while True:
                if (await stream.content.readline()).startswith(b"data") and (found := wanted(await self.state())):
                    return found

    async def line(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)).decode().strip()

    async def ends(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@contextlib.asynccontextmanager
async def sandbox(*options: str, stderr: int | None = None, bare: bool = True) -> AsyncIterator[Sandbox]:
    """On a free port, without a bot unless ``bare`` is False, and with whatever other options."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *(["--bare"] if bare else []), "--no-open", "--port", str(free_port()), *options,
        stdout=asyncio.subprocess.PIPE, stderr=stderr, env=environment(),
    )  # fmt: skip
    async with aiohttp.ClientSession() as session:
        opened = Sandbox(process, session)
        try:
            while (line := await opened.line()).startswith("export "):
                name, _, value = line.removeprefix("export ").partition("=")
                opened.environment[name] = value
            opened.url = line.removeprefix("Onward sandbox: ").rstrip("/")
            yield opened
        finally:
            await ended(process)


@contextlib.asynccontextmanager
async def bot(script: Path, sandbox: Sandbox) -> AsyncIterator[int]:
    """A script as its own process, with nothing but the environment the sandbox printed. Its port, once it listens."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdout=asyncio.subprocess.DEVNULL,
        env=environment() | sandbox.environment | {"PORT": str(port)},
    )  # fmt: skip
    try:
        if "SLACK_APP_TOKEN" in sandbox.environment:
            await sandbox.until(lambda state: state["socket_connections"])
        else:
            await _listening(port, process)
        yield port
    finally:
        await ended(process)


async def _listening(port: int, process: asyncio.subprocess.Process) -> None:
    """Asked again and again, since a process that starts cannot tell."""
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None, "the bot ended before it listened"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                await writer.wait_closed()
                return


async def ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def environment() -> dict[str, str]:
    path = os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    return kept | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
