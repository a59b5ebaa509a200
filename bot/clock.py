"""The only place that asks what time it is.

Two clocks: ``now`` is the app's clock, which plans and windows follow and which the sandbox may
move; ``real`` is for leases, settle times and time-outs, and does not jump when the machine's clock is set.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """The app's clock, level with the machine's."""

    moves = False

    def __init__(self) -> None:
        self._began = time.time() - time.monotonic()

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.fromtimestamp(self.unix(), UTC)

    def unix(self) -> float:
        return time.time()

    def real(self) -> float:
        """Unix seconds as the machine had them at the start, counted on by its monotonic clock."""
        return self._began + time.monotonic()


class Since:
    """How long ago it was made, by whichever of the machine's clocks went the furthest.

    One of them stands still while the machine sleeps, another can be set: what asks here would rather be too careful.
    """

    def __init__(self) -> None:
        self._began = _every_clock()

    @property
    def seconds(self) -> float:
        return max(now - began for began, now in zip(self._began, _every_clock(), strict=True))


def _every_clock() -> tuple[float, ...]:
    slept_through = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else 0.0
    return time.monotonic(), slept_through, time.time()


class MovableClock(Clock):
    """A clock the sandbox can set; it keeps running from where it was put."""

    moves = True

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def unix(self) -> float:
        return time.time() + self._ahead

    def set(self, unix: float) -> None:
        self._ahead = unix - time.time()
