"""The workspace's clock: it runs like any other, but can be put forward."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[wdhms])")
_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1, "ms": 0.001}


def machine_time() -> float:
    """What real seconds are counted from: signatures and time-outs, which no test clock moves."""
    return time.time()


class SandboxClock:
    """Triggers, acknowledgements and rate limits do not ask it: those stay on real seconds, as in Slack."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self.restart()

    def restart(self) -> None:
        """Back to where it was first put (or level with the machine)."""
        self._ahead, self._last_ts = 0.0, 0
        if self._start is not None:
            self.set(self._start)

    def unix(self) -> float:
        return time.time() + self._ahead

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.unix(), UTC)

    def set(self, moment: datetime | float) -> None:
        unix = moment.timestamp() if isinstance(moment, datetime) else moment
        self._ahead = unix - time.time()

    def advance(self, by: timedelta | str | float) -> None:
        self.set(self.unix() + seconds_of(by))

    def ts(self) -> str:
        """The next message's timestamp: never the same twice, never earlier than the one before."""
        self._last_ts = max(int(self.unix() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"


def seconds_of(span: timedelta | str | float) -> float:
    """``"1d"``, ``"2h30m"``, a timedelta or plain seconds."""
    if isinstance(span, timedelta):
        return span.total_seconds()
    if not isinstance(span, str):
        return float(span)
    parts = _PART.findall(span)
    if not parts or "".join(number + unit for number, unit in parts) != span.replace(" ", ""):
        raise ValueError(f"{span!r} is no span of time; write it like 1d, 2h30m or 45s")
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)
