"""Where this process is to die, so that tests can look at what is left behind.

``SANDBOX_FAIL_AT`` names the point; only beside a stand-in for Slack is it heard. The points are those of the crash
matrix in docs/delivery.md.
"""

from __future__ import annotations

import os
import signal

POINTS = ("planning", "leased", "written_ahead", "answered", "settled", "looking", "looked")
ARMED: set[str] = set()


def arm(point: str) -> None:
    """From now on the process dies where this point is reached. Raises ValueError when there is none of that name."""
    if point not in POINTS:
        raise ValueError(f"there is no failpoint {point!r}; there are {', '.join(POINTS)}")
    ARMED.add(point)


def reached(point: str) -> None:
    if point in ARMED:
        os.kill(os.getpid(), signal.SIGKILL)
