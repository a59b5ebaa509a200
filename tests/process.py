"""The bot as an operator starts it, ``python -m bot run``: a process that can be killed, frozen and started again."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import aiohttp

CHECKOUT = Path(__file__).parents[1]
READY_SECONDS = 60.0
GOODBYE_SECONDS = 20.0
PORTS_EACH = 50
HELD: list[socket.socket] = []


STARTED: list[asyncio.subprocess.Process] = []


def patience(seconds: float) -> float:
    """So long where nothing else runs, and longer by as much as more wants to run than there are cores."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def kill_what_is_left() -> None:
    """After a test that failed in the middle nobody else does."""
    for each in STARTED:
        if each.returncode is None:
            with suppress(ProcessLookupError):
                each.kill()
    STARTED.clear()


class Beside(Protocol):
    """The Slack it stands beside."""

    @property
    def bot_token(self) -> str: ...

    @property
    def signing_secret(self) -> str: ...

    @property
    def api_url(self) -> str: ...

    @property
    def platform(self) -> Any: ...

    def connect(self, request_url: str, clock_url: str | None = None) -> object: ...


class BotProcess:
    """Told nothing but addresses and secrets; the database stays in ``folder`` from one start to the next."""

    def __init__(self, slack: Beside, folder: Path, *command: str, **given: str) -> None:
        self._slack, self._folder, self._given = slack, folder, given
        self._command = command or ("run",)
        self._fails_at = ""
        self._process: asyncio.subprocess.Process
        self.database = folder / "onward.db"
        self.log = folder / "onward.log"
        self.in_front = True  # Slack's requests come to this one
        self.url = ""
        self.started_at = 0.0

    async def start(self) -> None:
        """Started, ready and known to Slack."""
        self.url = f"http://127.0.0.1:{_free_port()}"
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *self._command,
                cwd=self._folder,
                env=self.environment(),
                stdout=log,
                stderr=log,
            )
        STARTED.append(self._process)
        if self._command[0] == "run":
            await self._until_ready()
        if self._command[0] == "run" and self.in_front and self._process.returncode is None:
            self.answers()
            await self._slack.platform.world.level_clock()

    def answers(self) -> None:
        """From now on Slack's requests come here."""
        self._slack.connect(f"{self.url}/slack/events", f"{self.url}/_sandbox/clock")

    async def dies_at(self, point: str) -> None:
        """Started anew, to be killed by itself where that point is reached (bot/failpoints.py)."""
        self._fails_at = point
        await self.start()
        self._fails_at = ""

    async def stands_still_at(self, point: str) -> None:
        """Started anew, to be frozen by itself where that point is reached first, until it is thawed."""
        await self.dies_at(f"stops:{point}")

    @property
    def is_frozen(self) -> bool:
        return Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T"

    async def died(self) -> int:
        """Waits for its end. The exit code: -9 where it was killed."""
        return await asyncio.wait_for(self._process.wait(), patience(READY_SECONDS))

    async def kill(self) -> None:
        """SIGKILL: the process does nothing more, not even clean up."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    @property
    def ended(self) -> int | None:
        """Its exit code, once it has one."""
        return self._process.returncode

    @property
    def pid(self) -> int:
        return self._process.pid

    def freeze(self) -> None:
        """SIGSTOP: it stands still in the middle of whatever it does."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def stop(self) -> int:
        """SIGTERM, as a host does it. The exit code."""
        if self._process.returncode is None:
            self._process.terminate()
        return await asyncio.wait_for(self._process.wait(), patience(GOODBYE_SECONDS))

    async def clock(self, now: float) -> None:
        """Sets its clock; it answers once it has nothing left to do, which nobody waits for here."""
        with suppress(aiohttp.ClientError, TimeoutError):
            async with aiohttp.ClientSession() as session, asyncio.timeout(0.5):
                await session.post(f"{self.url}/_sandbox/clock", json={"now": now})

    async def metrics(self) -> str:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/metrics") as answer:
            return await answer.text()

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "PORT": self.url.rpartition(":")[2],
            "SLACK_BOT_TOKEN": self._slack.bot_token, "SLACK_SIGNING_SECRET": self._slack.signing_secret,
            "SLACK_API_URL": self._slack.api_url, "DATABASE_URL": f"sqlite:///{self.database}",
            "OPERATOR_NAME": "Riverside Career Center", "SANDBOX_FAIL_AT": self._fails_at, "PYTHONFAULTHANDLER": "1",
            **self._given,
        }  # fmt: skip

    async def _until_ready(self) -> None:
        """Asked again and again, since a process that starts cannot tell."""
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < self.started_at + patience(READY_SECONDS) and self._process.returncode is None:
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        if self._fails_at and self._process.returncode is not None:
            return
        raise AssertionError(f"the bot did not get ready\n{self.log.read_text()}")


def _free_port() -> int:
    """It will be free in a moment too, when the bot takes it: nobody else takes one of these."""
    for port in _ports():
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("ports come round for ever")


@cache
def _ports() -> Iterator[int]:
    """Some in a row, below what outgoing connections are given, of which the first is held as long as these tests run:
    another run, or another worker of this one, takes the next ones."""
    for first in range(15000, 32000, PORTS_EACH):
        held = socket.socket()
        try:
            held.bind(("127.0.0.1", first))
        except OSError:
            held.close()
        else:
            HELD.append(held)
            return itertools.cycle(range(first + 1, first + PORTS_EACH))
    raise AssertionError("every port is held by other tests")
