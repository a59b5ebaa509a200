"""Everything that went over the wire, both ways, for the inspector and for tests."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.kinds import Json
from bot.sandbox.masking import masked

BY_HAND = "by_hand"
SHOWN = 200
KEPT = 20_000


@dataclass(frozen=True)
class Entry:
    """One request and its answer: "to_slack", "to_bot", or "by_hand" for what a person did. ``at`` is their clock,
    ``team`` the workspace (or org) it belongs to, empty where nobody was recognized."""

    n: int
    at: float
    direction: str
    what: str
    request: Any
    response: Any
    status: int | None
    seconds: float = 0.0
    team: str = ""


@dataclass(frozen=True)
class Call:
    """One Web API call of the bot, as tests look at it."""

    method: str
    args: Json
    at: float
    response: Json
    status: int | None
    team: str = ""

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
    """Kept without tokens and secrets. ``keep`` is told of every entry, for a journal that is also a file."""

    def __init__(self, secrets: Callable[[], Collection[str]], keep: Callable[[Entry], None]) -> None:
        self._secrets, self._keep = secrets, keep
        self._entries: list[Entry] = []
        self._written = 0

    def write(
        self, at: float, direction: str, what: str, request: Any, response: Any, status: int | None,
        seconds: float = 0.0, *, team: str = "",
    ) -> None:  # fmt: skip
        self._written += 1
        request, response = (masked(each, self._secrets()) for each in (request, response))
        entry = Entry(self._written, at, direction, what, request, response, status, seconds, team)
        self._entries.append(entry)
        del self._entries[:-KEPT]
        self._keep(entry)

    def latest(self) -> list[Json]:
        """The latest of what went over the wire."""
        return [asdict(entry) for entry in self._entries if entry.direction != BY_HAND][-SHOWN:]

    def entries(self, direction: str | None = None) -> list[Entry]:
        return [entry for entry in self._entries if direction in (None, entry.direction)]

    def calls(self) -> list[Call]:
        return [
            Call(entry.what, entry.request, entry.at, entry.response or {}, entry.status, entry.team)
            for entry in self.entries("to_slack")
        ]
