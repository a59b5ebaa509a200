"""When the one note about keeping in touch comes: 60 to 90 days after a no, with room around it. Pure.

It belongs to no series, so it finds a day between their check-ins: never beside one, and never a fourth in a week.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.calendars import DAY, Calendar

FIRST, LAST = timedelta(days=60), timedelta(days=90)
NEAR = timedelta(days=2)
WEEK = timedelta(days=7)
MOST_A_WEEK = 3


def day_for(
    calendar: Calendar, earliest: date, taken: Collection[date], *, now: datetime, spread: timedelta = timedelta()
) -> datetime:
    """The first moment that fits on or after ``earliest``. ``taken`` are the days of check-ins, sent and to come."""
    day = calendar.first_business_day(max(earliest, calendar.day_of(now)))
    while calendar.at(day, spread) <= now or not _has_room(day, taken):
        day = calendar.first_business_day(day + DAY)
    return calendar.at(day, spread)


def _has_room(day: date, taken: Collection[date]) -> bool:
    if any(abs(day - other) < NEAR for other in taken):
        return False
    around = sorted([day, *taken])
    runs = zip(around, around[MOST_A_WEEK:], strict=False)
    return not any(first <= day <= last and last - first < WEEK for first, last in runs)
