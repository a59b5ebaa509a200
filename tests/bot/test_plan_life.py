"""Whole lives of series, over all zones, years and merges: planned, sent, planned again, until nothing is left."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars import Calendar, find_zone
from bot.plan import REMINDER, Purpose, Sent, Series, Tempo, check_ins, encourages

DAY = timedelta(days=1)
ZONES = sorted(name for name in zoneinfo.available_timezones() if find_zone(name))
WEEKENDS = {None: {5, 6}, "US": {5, 6}, "AE": {5, 6}, "EG": {4, 5}, "IL": {4, 5}, "JP": {5, 6}}
HOLIDAYS = {country: holidays.country_holidays(country) for country in WEEKENDS if country}
OPEN = {"morning": range(9, 18), "lunch": range(9, 18), "evening": range(9, 20)}
MOST = 6
LONGEST_DELAY = timedelta(minutes=240)


@dataclass(frozen=True)
class World:
    """A member's days, closed for exams (first day, how many), the noes (hours after the first), minutes of delay.

    `many` is the no with which the weekly tempo begins, as with the store's; at 0 it is the first.
    """

    usual: Calendar
    start: datetime
    exams: tuple[int, int]
    noes: tuple[int, ...]
    delays: tuple[int, ...]
    spread: timedelta
    stage: str
    many: int

    def tempo(self, noes: int) -> Tempo:
        return Tempo.weekly if noes > self.many else Tempo.usual

    @property
    def calendar(self) -> Calendar:
        first, many = self.exams
        return replace(self.usual, quiet=frozenset(self.start.date() + (first + n) * DAY for n in range(many)))


CALENDARS = st.builds(
    Calendar,
    st.sampled_from(ZONES).map(find_zone),
    st.sampled_from(list(WEEKENDS)),
    st.sampled_from(list(OPEN)),
    st.just(frozenset[date]()),
    st.booleans(),
)
WORLDS = st.builds(
    World,
    CALENDARS,
    st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2037-11-01"), timezones=st.just(UTC)),
    st.just((0, 0)) | st.tuples(st.integers(0, 20), st.integers(1, 30)),
    st.lists(st.integers(0, 21 * 24), max_size=8).map(lambda hours: tuple(sorted(hours))),
    st.lists(st.integers(0, 240), min_size=1, max_size=6).map(tuple),
    st.integers(-20, 20).map(lambda minutes: timedelta(minutes=minutes)),
    st.sampled_from(["none", "no_reply", "automated", "interview", "final_round"]),
    st.integers(0, 4) | st.just(99),
)


def assert_good_hour(moment: datetime, calendar: Calendar) -> None:
    """Reckoned the other way round, from UTC to the wall, and with the library's tables read directly."""
    local = moment.astimezone(calendar.zone)
    assert moment.utcoffset() == timedelta()
    assert local.hour in OPEN[calendar.hour]
    assert calendar.weekends or local.weekday() not in WEEKENDS[calendar.country]
    assert local.date() not in HOLIDAYS.get(calendar.country or "", ())
    assert local.date() not in calendar.quiet
    assert (12, 24) > (local.month, local.day) > (1, 1)


def assert_spaced(moments: Sequence[datetime], calendar: Calendar) -> None:
    days = [moment.astimezone(calendar.zone).date() for moment in moments]
    assert all(later - earlier >= 2 * DAY for earlier, later in pairwise(days))
    assert all(later - earlier >= 7 * DAY for earlier, later in zip(days, days[3:], strict=False))


def day_in_series(moment: datetime, world: World) -> int:
    return (world.calendar.day_of(moment) - world.calendar.day_of(world.start)).days


def longest(purpose: Purpose, world: World) -> int:
    """21 days for all; only the reminder, which is never lost, waits for closed days and the year's end to pass."""
    first = world.calendar.day_of(world.start)
    at_year_end = any((day.month, day.day) in ((12, 24), (1, 1)) for day in (first + n * DAY for n in range(22)))
    waits = purpose == REMINDER and bool(world.exams[1] or at_year_end)
    return 21 + (world.exams[1] + 14 if waits else 0)


def live(world: World) -> Series:
    """Plan, go on to whatever comes first, the next no or the next due time, and plan again."""
    noes = [world.start + timedelta(hours=hours) for hours in world.noes]
    series, now = Series(world.start, world.start, world.stage, world.tempo(1)), world.start
    calendar = world.calendar
    while plan := check_ins(series, calendar, now=now, spread=world.spread):
        assert all(item.due > now for item in plan)
        now = plan[0].due
        if noes and noes[0] <= now:
            now = noes.pop(0)
            series = replace(series, newest=now, tempo=world.tempo(1 + len(world.noes) - len(noes)))
            continue
        late = timedelta(minutes=world.delays[len(series.sent) % len(world.delays)])
        late = late if calendar.allows(now + late) else timedelta()
        now += late
        series = replace(series, sent=(*series.sent, Sent(plan[0].purpose, now)))
    return series


@settings(max_examples=1500, deadline=None)
@given(WORLDS)
def test_every_life_has_one_reminder_and_keeps_every_promise_of_time(world: World) -> None:
    series = live(world)
    purposes = [sent.purpose for sent in series.sent]
    assert purposes.count(REMINDER) == 1
    assert any(encourages(purpose) for purpose in purposes)
    assert len(purposes) <= MOST
    assert purposes.count(Purpose.day_3) <= 1
    assert purposes.count(Purpose.day_14) <= 1
    assert Purpose.day_14 not in purposes or purposes.index(Purpose.day_14) > purposes.index(REMINDER)
    assert_spaced([sent.at for sent in series.sent], world.calendar)
    for sent in series.sent:
        assert_good_hour(sent.at, world.calendar)
        assert day_in_series(sent.at, world) <= longest(sent.purpose, world)


@settings(max_examples=1000, deadline=None)
@given(WORLDS.map(lambda world: replace(world, many=0)))
def test_with_many_noes_one_message_a_week_comes_and_one_is_the_reminder(world: World) -> None:
    """At most two: the reminder, and a closing that gives way where closed days leave no week between."""
    series = live(world)
    purposes = [sent.purpose for sent in series.sent]
    days = [world.calendar.day_of(sent.at) for sent in series.sent]
    assert purposes in ([REMINDER], [REMINDER, Purpose.day_14])
    assert all(later - earlier >= 7 * DAY for earlier, later in pairwise(days))
    assert days[0] - world.calendar.day_of(world.start) >= 7 * DAY


@settings(max_examples=1000, deadline=None)
@given(WORLDS)
def test_from_the_moment_it_is_weekly_a_week_lies_between_two_wherever_the_21_days_allow(world: World) -> None:
    noes = [world.start, *(world.start + timedelta(hours=hours) for hours in world.noes)]
    began = noes[world.many] + LONGEST_DELAY if len(noes) > world.many else datetime.max.replace(tzinfo=UTC)
    weekly = [sent for sent in live(world).sent if sent.at > began]
    end = world.calendar.day_of(world.start) + 21 * DAY
    for earlier, later in pairwise(live(world).sent):
        a_week_on = world.calendar.day_of(earlier.at) + 7 * DAY
        late = later.purpose == REMINDER and world.calendar.first_business_day(a_week_on) > end
        assert later not in weekly or late or world.calendar.day_of(later.at) >= a_week_on


@settings(max_examples=1000, deadline=None)
@given(WORLDS, st.integers(0, 6), CALENDARS)
def test_every_plan_keeps_every_promise_even_after_a_move(world: World, length: int, moved: Calendar) -> None:
    lived = live(world)
    known = replace(lived, sent=lived.sent[:length])
    now = max([known.newest, *(sent.at for sent in known.sent)])
    plan = check_ins(known, moved, now=now, spread=world.spread)
    last = [sent.at for sent in known.sent][-1:]
    assert_spaced([*last, *(item.due for item in plan)], moved)
    assert len(known.sent) + len(plan) <= MOST
    end = moved.day_of(known.started) + 21 * DAY
    assert all(moved.day_of(item.due) <= end for item in plan if item.purpose != REMINDER)
    assert [*(sent.purpose for sent in known.sent), *(item.purpose for item in plan)].count(REMINDER) == 1
    for item in plan:
        assert item.due > now
        assert_good_hour(item.due, moved)


@settings(max_examples=1000, deadline=None)
@given(WORLDS, st.integers(0, 6), st.floats(0, 0.999))
def test_planning_again_before_the_next_one_changes_nothing(world: World, length: int, part: float) -> None:
    lived = live(world)
    known = replace(lived, sent=lived.sent[:length], newest=lived.started)
    now = max([known.newest, *(sent.at for sent in known.sent)])
    plan = check_ins(known, world.calendar, now=now, spread=world.spread)
    later = now + (plan[0].due - now) * part if plan else now
    assert check_ins(known, world.calendar, now=later, spread=world.spread) == plan


@settings(max_examples=500, deadline=None)
@given(WORLDS, st.integers(0, 60 * 24), st.sampled_from(list(Tempo)), st.integers(0, 9))
def test_whatever_was_missed_no_plan_lies_in_the_past_and_the_reminder_is_kept(
    world: World, hours: int, tempo: Tempo, unanswered: int
) -> None:
    now = world.start + timedelta(hours=hours)
    series = Series(world.start, world.start, world.stage, tempo, chosen_at=world.start, unanswered=unanswered)
    plan = check_ins(series, world.calendar, now=now, spread=world.spread)
    assert all(item.due > now for item in plan)
    assert_spaced([item.due for item in plan], world.calendar)
    reminded = tempo in {Tempo.usual, Tempo.weekly, Tempo.only_one, Tempo.quieter}
    assert [item.purpose for item in plan].count(REMINDER) == reminded
    for item in plan:
        assert_good_hour(item.due, world.calendar)


@settings(max_examples=1000, deadline=None)
@given(WORLDS, st.integers(0, 3), st.integers(0, 21))
def test_a_reminder_moves_the_next_one_to_its_day_and_every_promise_is_kept(
    world: World, length: int, ahead: int
) -> None:
    """The next check-in, not sent yet, goes to a day the member picked, and the series lives on from there."""
    lived, calendar = live(world), world.calendar
    series = replace(lived, sent=lived.sent[:length])
    now = max([series.newest, *(sent.at for sent in series.sent)])
    before, day = check_ins(series, calendar, now=now, spread=world.spread), calendar.day_of(now) + ahead * DAY
    if not before:
        return
    series = replace(series, snoozed=before[0].purpose, snooze_until=day)
    moved = check_ins(series, calendar, now=now, spread=world.spread)
    assert moved[0].purpose == before[0].purpose and calendar.day_of(moved[0].due) >= calendar.first_business_day(day)
    sent_before = len(series.sent)
    while plan := check_ins(series, calendar, now=now, spread=world.spread):
        now = plan[0].due
        assert_good_hour(now, calendar)
        series = replace(series, sent=(*series.sent, Sent(plan[0].purpose, now)))
    times, purposes = [sent.at for sent in series.sent], [sent.purpose for sent in series.sent]
    assert len(purposes) <= MOST and purposes.count(REMINDER) == 1
    assert_spaced(times[max(0, sent_before - 1) :], calendar)
