"""Which check-ins are still to come, and when. Pure: facts, a calendar and `now` go in, dates come out.

Every date is the first business day on or after its target that keeps two days from the one before it, or a week where
they are weekly, and at most three in any seven days. What was sent counts like what is planned. Plan again whenever a
fact changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b

from bot.calendars import DAY, Calendar
from bot.series import CHOSEN, ORDER, REMINDER, Planned, Purpose, Sent, Series, Tempo, encourages

__all__ = ["REMINDER", "Planned", "Purpose", "Sent", "Series", "Tempo", "check_ins", "encourages", "spread"]

BETWEEN = timedelta(days=2)
WEEK = timedelta(days=7)
LONGEST = timedelta(days=21)
MOST = 6
DAY_1_AGAIN_AFTER = timedelta(days=5)
SILENCE = 2
WITHOUT_DAY_1 = frozenset({"no_reply", "automated"})
AFTER_THE_NEWEST = {Purpose.day_1: DAY, Purpose.day_3: 3 * DAY, Purpose.day_7: WEEK, Purpose.day_14: 2 * WEEK}
# Those that wait for another day when their own has passed. The others lapse: their words were for that day.
WAITING = frozenset({REMINDER, Purpose.day_14})
# The reminder is never lost, and the member asked for the other two: they may come after the 21 days.
BEYOND = frozenset({REMINDER, Purpose.interview, Purpose.hello})
# What gives way, mildest loss first, until the rest fits into 21 days and six messages.
GIVING_WAY: tuple[frozenset[Purpose], ...] = (
    frozenset(),
    frozenset({Purpose.day_3}),
    frozenset({Purpose.day_3, Purpose.day_1}),
    frozenset({Purpose.day_14}),
    frozenset({Purpose.day_3, Purpose.day_14}),
    frozenset({Purpose.day_3, Purpose.day_1, Purpose.day_14}),
    frozenset({Purpose.day_3, Purpose.day_1, Purpose.day_14, Purpose.interview}),
)


def check_ins(
    series: Series, calendar: Calendar, *, now: datetime, spread: timedelta = timedelta()
) -> tuple[Planned, ...]:
    """What is still to come, in order; nothing of it due at or before `now`."""
    planning = _Planning(series, calendar, now, spread)
    days: dict[Purpose, date] = {}
    for giving_way in GIVING_WAY:
        days = planning.days(giving_way)
        if planning.fits(days):
            break
    return tuple(Planned(purpose, calendar.at(day, spread)) for purpose, day in days.items())


def spread(key: str) -> timedelta:
    """Always the same few minutes for a key, 20 either way, so that a room is not pinged all at once."""
    number = int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return timedelta(minutes=number % 41 - 20)


@dataclass(frozen=True)
class _Planning:
    series: Series
    calendar: Calendar
    now: datetime
    spread: timedelta

    @cached_property
    def wanted(self) -> tuple[Purpose, ...]:
        """Everything still open, whether or not there is room for it."""
        chosen = CHOSEN[self.series.tempo]
        still_open = [purpose for purpose in chosen if self.is_open(purpose)]
        if self.snoozed not in chosen:
            return tuple(still_open)
        return (self.snoozed, *(purpose for purpose in still_open if purpose != self.snoozed))

    def is_open(self, purpose: Purpose) -> bool:
        series = self.series
        if purpose in {Purpose.day_1, Purpose.day_3} and (self.hold is not None or self.is_overtaken(purpose)):
            return False
        if purpose == Purpose.day_1:
            return series.stage not in WITHOUT_DAY_1 and self.day_1_is_open
        if purpose == Purpose.day_3 and series.unanswered >= SILENCE:
            return False
        if purpose == Purpose.interview:
            return self.hold is not None
        if purpose == REMINDER and series.applied:
            return False
        since = series.chosen_at if purpose == Purpose.hello else None
        return not any(since is None or at >= since for at in self.times_of(purpose))

    @cached_property
    def day_1_is_open(self) -> bool:
        """Not sent yet, or long enough ago that a newer no may have its own."""
        times = self.times_of(Purpose.day_1)
        if not times:
            return True
        return self.day_of(self.series.newest) - self.day_of(max(times)) >= DAY_1_AGAIN_AFTER

    def is_overtaken(self, purpose: Purpose) -> bool:
        """A later check-in went out since the newest no: coming back to an earlier one would confuse."""
        later = ORDER[ORDER.index(purpose) + 1 :]
        return any(sent.purpose in later and sent.at >= self.series.newest for sent in self.series.sent)

    @cached_property
    def hold(self) -> date | None:
        """The day from which "how did it go?" may be asked; None without an interview, or once it was asked."""
        day = self.day_after_the_interview
        if day is None or self.day_of(self.series.newest) > day:
            return None
        asked = any(self.day_of(at) >= day for at in self.times_of(Purpose.interview))
        return None if asked else day

    @cached_property
    def day_after_the_interview(self) -> date | None:
        """Never the day on which the news came, so that one day brings one message."""
        on, asked = self.series.interview_on, self.series.interview_asked
        if asked is None:
            return on and on + DAY
        return max(on, self.day_of(asked)) + DAY if on else self.day_of(asked) + WEEK

    @cached_property
    def snoozed(self) -> Purpose | None:
        """What was snoozed and has not come again yet."""
        purpose, until = self.series.snoozed, self.series.snooze_until
        if purpose is None or until is None:
            return None
        came_again = any(self.day_of(at) >= until for at in self.times_of(purpose))
        return None if came_again else purpose

    def gap(self, purpose: Purpose, last: date) -> timedelta:
        """From the one before. What the member asked for, by a snooze or with an interview, does not wait a week; nor
        does the reminder where a week would carry it past the 21 days.
        """
        asked_for = purpose in {self.snoozed, Purpose.interview}
        late = purpose == REMINDER and self.calendar.first_business_day(last + WEEK) > self.end
        return WEEK if self.series.tempo == Tempo.weekly and not (asked_for or late) else BETWEEN

    def days(self, giving_way: frozenset[Purpose]) -> dict[Purpose, date]:
        before = (*self.series.earlier, *(sent.at for sent in self.series.sent))
        taken = sorted(self.day_of(at) for at in before)
        days: dict[Purpose, date] = {}
        purposes = [purpose for purpose in self.wanted if purpose == self.snoozed or purpose not in giving_way]
        for purpose in purposes:
            day = self.day_for(purpose, self.earliest(purpose, taken), self.latest(purpose, purposes))
            if day is not None:
                days[purpose] = day
                taken.append(day)
        return days

    def earliest(self, purpose: Purpose, taken: list[date]) -> date:
        """After interview, snooze and pause, far enough from the last one, a week from the third last."""
        bounds = [self.hold, self.series.snooze_until, self.series.paused_until]
        bounds += [last + self.gap(purpose, last) for last in taken[-1:]]
        bounds += [third_last + WEEK for third_last in taken[-3:-2]]
        return max((bound for bound in bounds if bound is not None), default=date.min)

    def latest(self, purpose: Purpose, purposes: Iterable[Purpose]) -> date | None:
        """Where newer noes may push the reminder and the closing at most: the reminder stands before the closing."""
        if purpose not in WAITING:
            return None
        end = self.calendar.last_business_day(self.end)
        closing_follows = purpose == REMINDER and Purpose.day_14 in purposes
        return self.calendar.last_business_day(end - self.gap(Purpose.day_14, end)) if closing_follows else end

    def day_for(self, purpose: Purpose, earliest: date, latest: date | None) -> date | None:
        """`latest` takes back what newer noes pushed, never more: a closed fortnight brings no reminder on day 4."""
        day = self.calendar.first_business_day(max(self.target(purpose), earliest))
        if latest is not None and day > latest:
            own = self.day_of(self.series.started) + AFTER_THE_NEWEST[purpose]
            day = max(latest, self.calendar.first_business_day(max(own, earliest)))
        today = self.day_of(self.now)
        if day < today and purpose not in WAITING:
            return None
        while self.calendar.at(day, self.spread) <= self.now:
            day = self.calendar.first_business_day(max(day + DAY, today))
        return day

    def target(self, purpose: Purpose) -> date:
        if purpose in {self.snoozed, Purpose.interview}:
            return date.min
        if purpose == Purpose.hello:
            return self.day_of(self.series.chosen_at or self.series.newest) + WEEK
        if purpose == Purpose.day_1 and not self.times_of(purpose):
            return self.first_day_1
        return self.day_of(self.series.newest) + AFTER_THE_NEWEST[purpose]

    @cached_property
    def first_day_1(self) -> date:
        """A newer no on the very morning of the first check-in leaves it there: "how are you?" is right as it is."""
        kept = self.calendar.first_business_day(self.day_of(self.series.started) + DAY)
        is_ahead = self.calendar.at(kept, self.spread) > self.series.newest
        return kept if is_ahead else self.day_of(self.series.newest) + DAY

    def fits(self, days: dict[Purpose, date]) -> bool:
        """A snoozed one coming again is the member's wish and counts once."""
        again = self.snoozed in days and bool(self.times_of(self.snoozed))
        in_time = all(day <= self.end or purpose in BEYOND or purpose == self.snoozed for purpose, day in days.items())
        return in_time and len(self.series.sent) - again + len(days) <= MOST

    @cached_property
    def end(self) -> date:
        return self.day_of(self.series.started) + LONGEST

    def day_of(self, moment: datetime) -> date:
        return self.calendar.day_of(moment)

    def times_of(self, purpose: Purpose | None) -> list[datetime]:
        return [sent.at for sent in self.series.sent if sent.purpose == purpose]
