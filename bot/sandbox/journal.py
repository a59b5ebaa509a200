"""Everything that went over the wire, both ways, for the inspector and for tests."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.kinds import Json

SHOWN = 200
KEPT = 20_000


@dataclass(frozen=True)
class Entry:
    """One request and its answer. ``at`` is the workspace's clock."""

    n: int
    at: float
    direction: str
    what: str
    request: Any
    response: Any
    status: int | None
    seconds: float = 0.0


@dataclass(frozen=True)
class Call:
    """One Web API call of the bot, as tests look at it."""

    method: str
    args: Json
    at: float
    response: Json
    status: int | None

    @property
    def ok(self) -> bool:
        return bool(self.response.get("ok"))

    @property
    def error(self) -> str | None:
        return self.response.get("error")


@dataclass(frozen=True)
class Failure:
    """Something the bot did not answer as Slack asks: a 500, a late or missing acknowledgement, a bad body."""

    what: str
    reason: str
    status: int | None
    body: str


class Journal:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._written = 0

    def write(
        self, at: float, direction: str, what: str, request: Any, response: Any, status: int | None,
        seconds: float = 0.0,
    ) -> None:  # fmt: skip
        self._written += 1
        self._entries.append(Entry(self._written, at, direction, what, request, response, status, seconds))
        del self._entries[:-KEPT]

    def latest(self) -> list[Json]:
        return [asdict(entry) for entry in self._entries[-SHOWN:]]

    def entries(self, direction: str | None = None) -> list[Entry]:
        return [entry for entry in self._entries if direction in (None, entry.direction)]

    def calls(self) -> list[Call]:
        return [
            Call(entry.what, entry.request, entry.at, entry.response or {}, entry.status)
            for entry in self.entries("to_slack")
        ]
