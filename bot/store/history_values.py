"""What the history hands out and takes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.steps import Stage
from bot.store.values import Journey


@dataclass(frozen=True)
class Change:
    """What a member says about a no. ``day`` is YYYY-MM-DD, or None for the day it was told."""

    company: str | None
    role: str | None
    stage: Stage
    day: str | None


@dataclass(frozen=True)
class Entry:
    """A no in a member's history. ``merged``: put together with another; ``goes_at``: when it is deleted for good."""

    journey: Journey
    merged: bool = False
    goes_at: datetime | None = None
