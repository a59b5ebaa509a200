"""When something without a name goes on: so much later, at so round a time and so much in daylight that no time tells
anything. Pure; what is drawn is a stable hash of its id, which nobody without the key can reckon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

MINUTE = 60
OPENS, CLOSES = time(8), time(20)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wait:
    """In minutes: between ``least`` and ``most``, then on to the next time that ``step`` divides."""

    least: int
    most: int
    step: int


TO_STAFF = Wait(15, 75, 15)
TO_THE_CHANNEL = Wait(60, 300, 60)
TO_A_PERSON = Wait(2, 12, 1)


def later(now: datetime, wait: Wait, drawn: str) -> datetime:
    """``drawn`` is a hash in hex: the same one always waits equally long."""
    minutes = wait.least + int(drawn, 16) % (wait.most - wait.least + 1)
    step = wait.step * MINUTE
    return datetime.fromtimestamp(-(-(int(now.timestamp()) + minutes * MINUTE) // step) * step, UTC)


def by_day(moment: datetime, zone: tzinfo) -> datetime:
    """The same, or the next morning at eight: whoever is awake at night is not told apart by it."""
    there = moment.astimezone(zone)
    if OPENS <= there.time() < CLOSES:
        return moment
    day = there.date() + (A_DAY if there.time() >= CLOSES else timedelta())
    return datetime.combine(day, OPENS, zone).astimezone(UTC)
