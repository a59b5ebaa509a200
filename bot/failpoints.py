"""Where this process is to die or to stand still, so that tests can look at what becomes of it.

``SANDBOX_FAIL_AT`` names the point; only beside a stand-in for Slack is it heard. The points are those of the crash
matrix in docs/delivery.md.
"""

from __future__ import annotations

import os
import signal

POINTS = ("planning", "leased", "written_ahead", "leaving", "answered", "settled", "looking", "looked")
STANDS_STILL = "stops:"  # before a point: the process does not die there, it is frozen there, once
ARMED: dict[str, signal.Signals] = {}


def arm(point: str) -> None:
    """From now on the process ends where this point is reached. Raises ValueError when there is none of that name."""
    name = point.removeprefix(STANDS_STILL)
    if name not in POINTS:
        raise ValueError(f"there is no failpoint {name!r}; there are {', '.join(POINTS)}")
    ARMED[name] = signal.SIGKILL if name == point else signal.SIGSTOP


def reached(point: str) -> None:
    if point in ARMED:
        os.kill(os.getpid(), ARMED.pop(point))
