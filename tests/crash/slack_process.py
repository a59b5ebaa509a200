"""Slack as a process of its own: no fault of a bot, nor of the test, reaches what it remembers and writes down.

One process serves a whole run of tests, each with a fresh workspace. ``SlackProcess`` has the hands and eyes of
``bot.sandbox.slack.Slack``, as far as these tests need them; what it saw is also in a journal file.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.sandbox.hands.person import Answer
from bot.sandbox.journal import Call
from bot.sandbox.limits import Rates
from bot.sandbox.workspace import Message
from tests.process import CHECKOUT, patience

SERVER = Path(__file__).with_name("slack_server.py")
PATIENCE = 90.0
SOON = 30.0
LOOK_EVERY = 0.05


class SlackProcess:
    """``fresh`` before each test."""

    def __init__(self, socket_path: Path) -> None:
        self._path = socket_path
        self._journal = Path()

    def fresh(self, journal: Path, rates: Rates) -> None:
        """A new workspace on a port of its own, and a journal."""
        self._journal = journal
        self._ask("fresh", journal, rates)

    # What people do.

    async def types(self, text: str, as_: str | None = None) -> Answer:
        answer: Answer = await self._await("types", text, as_)
        return answer

    async def presses(self, label: str, as_: str | None = None) -> Answer:
        answer: Answer = await self._await("presses", label, as_)
        return answer

    async def says(self, text: str, as_: str | None = None) -> Message:
        message: Message = await self._await("says", text, as_)
        return message

    async def sends_event_again(self, kind: str) -> None:
        await self._await("sends_event_again", kind)

    async def changes_profile(self, user: str, **changes: Any) -> None:
        await self._await("changes_profile", user, **changes)

    async def uninstalls(self) -> None:
        await self._await("uninstalls")

    def enrols(self, members: int) -> None:
        """``m0``, ``m1`` … are members too."""
        self._ask("enrols", members)

    # What goes wrong, and what time it is.

    def fault(self, method: str, kind: str, count: int = 1, **more: Any) -> None:
        self._ask("fault", method, kind, count, **more)

    def disarms(self, *methods: str) -> None:
        """Takes back the faults of these methods that nobody has met yet."""
        self._ask("disarms", methods)

    def clears_up(self) -> None:
        """No fault any more."""
        self._ask("platform.faults.clear")

    async def advances(self, by: str) -> None:
        """As far as the bot goes along: until it has nothing left to do."""
        await self._await("advances", by)

    async def advances_to_next(self) -> None:
        await self._await("advances_to_next")

    def set_clock(self, unix: float) -> None:
        """Slack's clock alone."""
        self._ask("clock.set", unix)

    def unix(self) -> float:
        return float(self._ask("clock.unix"))

    async def next_due(self) -> float:
        return float((await self._await("platform.door.clock"))["next_due"])

    # Where the bot is.

    def connect(self, request_url: str, clock_url: str | None = None) -> None:
        self._ask("connects", request_url, clock_url)

    @property
    def platform(self) -> SlackProcess:
        return self

    world = platform

    async def level_clock(self) -> None:
        await self._await("platform.world.level_clock")

    @property
    def bot_token(self) -> str:
        return str(self._ask("bot_token"))

    @property
    def signing_secret(self) -> str:
        return str(self._ask("signing_secret"))

    @property
    def api_url(self) -> str:
        return str(self._ask("api_url"))

    # What can be seen.

    def dm(self, user: str) -> list[Message]:
        found: list[Message] = self._ask("dm", user)
        return found

    def every(self) -> list[Message]:
        found: list[Message] = self._ask("platform.workspace.every")
        return found

    @property
    def calls(self) -> list[Call]:
        """From the journal file."""
        return [
            Call(line["what"], line["request"], line["at"], line["response"] or {}, line["status"])
            for line in map(json.loads, self._journal.read_text(encoding="utf-8").splitlines())
            if line["direction"] == "to_slack"
        ]

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def transcript(self) -> str:
        return str(self._ask("transcript"))

    async def until(self, predicate: Callable[[], Any], timeout: float = SOON) -> Any:
        """Asked again and again: the other process cannot ring. A busy machine is given more time."""
        began = time.monotonic()
        while not (found := await asyncio.to_thread(predicate)):
            if time.monotonic() > began + patience(timeout):
                raise AssertionError(f"not within {timeout:.0f} s\n{self.transcript()}")
            await asyncio.sleep(LOOK_EVERY)
        return found

    def _ask(self, deed: str, *args: Any, **more: Any) -> Any:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(PATIENCE)
            asking.connect(str(self._path))
            asking.sendall(pickle.dumps((deed, args, more)))
            asking.shutdown(socket.SHUT_WR)
            told = b"".join(iter(lambda: asking.recv(1 << 16), b""))
        answer = pickle.loads(told)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    async def _await(self, deed: str, *args: Any, **more: Any) -> Any:
        return await asyncio.to_thread(self._ask, deed, *args, **more)


@contextlib.contextmanager
def slack_process(folder: Path) -> Iterator[SlackProcess]:
    path = folder / "slack.sock"
    process = subprocess.Popen([sys.executable, SERVER, str(path)], env=os.environ | {"PYTHONPATH": str(CHECKOUT)})
    deadline = time.monotonic() + PATIENCE
    while not _listens(path):
        assert process.poll() is None and time.monotonic() < deadline, "Slack's process did not start"
        time.sleep(LOOK_EVERY)
    yield SlackProcess(path)
    process.kill()
    process.wait()


def _listens(path: Path) -> bool:
    """Its file is there a moment before anybody listens."""
    with socket.socket(socket.AF_UNIX) as trying:
        return trying.connect_ex(str(path)) == 0
