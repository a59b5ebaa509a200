"""What becomes of a check-in at the moment it is claimed: sent, moved, or too late. Pure; the last gate before Slack.

A check-in has its own window and the one after it, no more: after downtime it goes out in the next allowed window,
and if that is missed too, it is skipped. `due` is the time that was promised: whoever moves a row keeps it, because a
moved time given back as `due` would win another window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.calendars import LAST_MINUTE, Calendar
from bot.series import REMINDER, Purpose


@dataclass(frozen=True)
class Send:
    pass


@dataclass(frozen=True)
class Move:
    to: datetime


@dataclass(frozen=True)
class TooLate:
    pass


Lateness = Send | Move | TooLate


def lateness(due: datetime, now: datetime, calendar: Calendar, spread: timedelta = timedelta()) -> Lateness:
    """Never `Send` outside a window of the calendar as it is now, whatever it was when `due` was planned."""
    own_opens, own_closes = calendar.next_window(due)
    first = due if own_opens <= due else _shortly_after(own_opens, own_closes, spread)
    if now < max(due, own_opens):
        return Move(first)
    if now < own_closes:
        return Send()
    opens, closes = calendar.next_window(own_closes)
    if now < opens:
        return Move(_shortly_after(opens, closes, spread))
    return Send() if now < closes else TooLate()


def _shortly_after(opens: datetime, closes: datetime, spread: timedelta) -> datetime:
    """The spread only forward: half the room would otherwise be pinged at the very minute of the opening."""
    return min(opens + abs(spread), closes - LAST_MINUTE)


class Overdue(Protocol):
    @property
    def purpose(self) -> Purpose: ...

    @property
    def due(self) -> datetime: ...


Row = TypeVar("Row", bound=Overdue)


def newest_only(overdue: Sequence[Row]) -> tuple[Row, tuple[Row, ...]]:
    """Of several that may still be sent to one person: the one to send, and the superseded.

    Give it at least one, and only those `lateness` would send; one that is too late must not hold up another.
    The newest goes, except that the reminder goes before any later check-in: after the closing ("my last check-in")
    it would come too late or not at all, while a closing that steps back finds a new day when the rest is planned
    again, or is the milder loss. Of two reminders (one snoozed) the newer goes. The note about keeping in touch can
    wait, so it never goes before another.
    """
    chosen = max(overdue, key=lambda row: (row.purpose == REMINDER, row.purpose != Purpose.keep_in_touch, row.due))
    return chosen, tuple(row for row in overdue if row is not chosen)
