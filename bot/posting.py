"""When a career center's posts go out, and which one: on chosen days in the channel's zone, seen by staff before. Pure.

Which post a day gets depends on the day alone, so replicas agree without talking, and a day left out shifts nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.calendars import DAY, Calendar

NOTICE = timedelta(hours=3)  # staff have at least so long between the preview and the post
PLANNED_AHEAD, LOOK_AHEAD = 15, 120  # days
WEEK = 7
LATEST = timedelta(hours=7)  # after its time a post says too little about the day any more

Post = TypeVar("Post")


@dataclass(frozen=True)
class Slot:
    """``name`` is the day, ``YYYY-MM-DD``; both moments are aware UTC."""

    name: str
    preview: datetime
    post: datetime


def slots(now: datetime, calendar: Calendar, days: Collection[int]) -> list[Slot]:
    """The posts of the next two weeks, the first one however far it is; staff see each on the business day before."""
    found: list[Slot] = []
    for ahead in range(LOOK_AHEAD):
        day = calendar.day_of(now) + timedelta(days=ahead)
        post = calendar.at(day)
        if found and ahead > PLANNED_AHEAD:
            break
        if day.weekday() in days and calendar.is_business_day(day) and now <= post - NOTICE:
            preview = calendar.at(calendar.last_business_day(day - DAY))
            found.append(Slot(day.isoformat(), max(preview, now), post))
    return found


def is_too_late(promised: datetime, now: datetime) -> bool:
    return now > promised + LATEST


def turn(slot: str, days: Collection[int], posts: Sequence[Post]) -> Post:
    """The post of that day: one after the other, on every chosen day, for ever."""
    day, order = date.fromisoformat(slot), sorted(days)
    weeks = day.toordinal() // WEEK
    earlier = len([each for each in order if each < day.weekday()])
    return posts[(weeks * max(1, len(order)) + earlier) % len(posts)]
