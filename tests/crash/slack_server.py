"""The other side of ``slack_process``: run as a script, it holds the workspace of the moment and does what it is asked.

It is asked over a Unix socket, one pickled deed a connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from inspect import isawaitable
from operator import attrgetter
from pathlib import Path
from typing import Any

from bot.sandbox.limits import Rates
from bot.sandbox.people import User
from bot.sandbox.slack import Slack

RETRIES = (0.5, 4, 8)  # seconds after which an event comes again: Slack's are 0, 60 and 300


class _Server:
    """The workspace of the moment."""

    def __init__(self) -> None:
        self._open = contextlib.AsyncExitStack()
        self._slack: Slack

    async def run(self, path: Path) -> None:
        server = await asyncio.start_unix_server(self._answer, path)
        await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.read()
        if not asked:  # somebody only wanted to know whether anybody listens
            writer.close()
            return
        deed, args, more = pickle.loads(asked)
        try:
            answer = await self._do(deed, args, more)
        except Exception as failed:  # whoever asked shall hear it
            answer = AssertionError(f"{deed}: {type(failed).__name__}: {failed}")
        writer.write(pickle.dumps(answer))
        await writer.drain()
        writer.close()

    async def _do(self, deed: str, args: tuple[Any, ...], more: dict[str, Any]) -> Any:
        ours = {
            "fresh": self._fresh, "enrols": self._enrols, "connects": self._connects, "disarms": self._disarms,
        }  # fmt: skip
        found = ours.get(deed) or attrgetter(deed)(self._slack)
        answer = found(*args, **more) if callable(found) else found
        return await answer if isawaitable(answer) else answer

    async def _fresh(self, journal: Path, rates: Rates) -> None:
        await self._open.aclose()
        self._slack = await self._open.enter_async_context(Slack.open(rates=rates, retry_delays=RETRIES))
        self._slack.records(journal)

    def _disarms(self, methods: tuple[str, ...]) -> None:
        armed = self._slack.platform.faults._armed
        armed[:] = [each for each in armed if each.method not in methods]

    def _connects(self, request_url: str, clock_url: str | None) -> None:
        self._slack.connect(request_url, clock_url)

    def _enrols(self, members: int) -> None:
        general = self._slack.platform.workspace.channel("general")
        assert general is not None
        for number in range(members):
            user = User(f"U{number:08d}", f"m{number}", f"Member {number}", "Europe/Berlin", "member")
            self._slack.platform.workspace.users[user.id] = user
            general.members.append(user.id)


if __name__ == "__main__":
    asyncio.run(_Server().run(Path(sys.argv[1])))
