"""The journal as a file: one JSON object a line, both directions and what people did, readable while it is written."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.journal import BY_HAND, Entry
from bot.sandbox.kinds import Json

VERSION = 1


class JournalFile:
    """Never written over: FileExistsError when something of that name is there."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("x", encoding="utf-8")

    def begin(self, at: float, **facts: object) -> None:
        """The first line: when the workspace began, and what kind it was."""
        self._line({"direction": "begin", "version": VERSION, "at": at, "time": _time(at), **facts})

    def write(self, entry: Entry, bot_path: str) -> None:
        """``path`` is where the request went; what a person did went nowhere."""
        path = None if entry.direction == BY_HAND else bot_path
        if entry.direction == "to_slack":
            path = "/hooks/" if entry.what == "response_url" else f"/api/{entry.what}"
        line = asdict(entry)
        self._line({"n": line.pop("n"), "at": line.pop("at"), "time": _time(entry.at), "path": path} | line)

    def _line(self, line: Json) -> None:
        """On the disk at once: a journal is most wanted after a crash."""
        self._file.write(json.dumps(line, default=str) + "\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
