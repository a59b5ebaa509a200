"""The last gate before Slack: tables of due, now and what happens; and which of several overdue check-ins goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import HOURS, Calendar
from bot.lateness import Lateness, Move, Send, TooLate, lateness, newest_only
from bot.plan import Planned, Purpose

UTC_DAYS = Calendar(ZoneInfo("UTC"))
DUE = "2026-11-24T10:00"  # a Tuesday
SPREADS = st.integers(-20, 20).map(lambda minutes: timedelta(minutes=minutes))
MOMENTS = st.datetimes(
    datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2037-01-01"), timezones=st.just(UTC)
)
ZONES = st.sampled_from(["UTC", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"])
CALENDARS = st.builds(
    Calendar,
    ZONES.map(ZoneInfo),
    st.sampled_from([None, "DE", "EG"]),
    st.sampled_from(sorted(HOURS)),
    st.just(frozenset[date]()),
    st.booleans(),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def move(text: str) -> Move:
    return Move(utc(text))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T09:30", move(DUE)),  # looked at too early
        ("2026-11-24T10:00", Send()),
        ("2026-11-24T17:59", Send()),
        ("2026-11-24T18:00", move("2026-11-25T09:05")),
        ("2026-11-25T03:00", move("2026-11-25T09:05")),
        ("2026-11-25T09:00", Send()),
        ("2026-11-25T17:59", Send()),
        ("2026-11-25T18:00", TooLate()),
        ("2026-11-26T12:00", TooLate()),
        ("2026-12-04T12:00", TooLate()),  # ten days of downtime
    ],
)
def test_a_check_in_has_its_own_window_and_the_next(now: str, expected: Lateness) -> None:
    assert lateness(utc(DUE), utc(now), UTC_DAYS, timedelta(minutes=5)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-27T18:30", move("2026-11-30T09:00")),  # Friday evening: Monday
        ("2026-11-28T12:00", move("2026-11-30T09:00")),
        ("2026-11-30T12:00", Send()),
        ("2026-12-01T09:00", TooLate()),
    ],
)
def test_the_next_window_after_friday_is_monday(now: str, expected: Lateness) -> None:
    assert lateness(utc("2026-11-27T10:00"), utc(now), UTC_DAYS) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T10:00", move("2026-11-25T09:00")),
        ("2026-11-25T10:00", Send()),
        ("2026-11-26T08:00", move("2026-11-26T09:00")),
        ("2026-11-26T10:00", Send()),
        ("2026-11-27T10:00", TooLate()),
    ],
)
def test_a_quiet_day_added_later_moves_it_to_the_next(now: str, expected: Lateness) -> None:
    calendar = Calendar(ZoneInfo("UTC"), quiet=frozenset({date(2026, 11, 24)}))
    assert lateness(utc(DUE), utc(now), calendar) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Kolkata", Send()),  # 15:30 there
        ("America/Los_Angeles", move("2026-11-24T17:00")),  # 02:00 there
        ("Pacific/Auckland", move("2026-11-24T20:00")),  # 23:00 there
    ],
)
def test_after_a_move_the_new_zone_decides(zone: str, expected: Lateness) -> None:
    assert lateness(utc(DUE), utc(DUE), Calendar(ZoneInfo(zone))) == expected


@pytest.mark.parametrize("minutes", [-100_000, -20, 0, 20, 100_000])
def test_a_moved_one_stays_inside_its_window_whatever_the_spread(minutes: int) -> None:
    moved = lateness(utc(DUE), utc("2026-11-25T01:00"), UTC_DAYS, timedelta(minutes=minutes))
    assert isinstance(moved, Move)
    assert utc("2026-11-25T09:00") <= moved.to < utc("2026-11-25T18:00")


@given(MOMENTS, st.timedeltas(timedelta(days=-3), timedelta(days=30)), CALENDARS, SPREADS)
def test_never_sent_at_a_bad_hour_and_a_move_leads_to_sending(
    due: datetime, late: timedelta, calendar: Calendar, spread: timedelta
) -> None:
    now = due + late
    answer = lateness(due, now, calendar, spread)
    if isinstance(answer, Send):
        local = now.astimezone(calendar.zone)
        assert now >= due
        assert local.hour in (range(9, 20) if calendar.hour == "evening" else range(9, 18))
        assert calendar.is_business_day(local.date())
    if isinstance(answer, Move):
        assert answer.to > now
        assert lateness(due, answer.to, calendar, spread) == Send()


@given(MOMENTS, CALENDARS, SPREADS)
def test_time_only_leads_from_waiting_to_sending_to_too_late(
    due: datetime, calendar: Calendar, spread: timedelta
) -> None:
    answers = [lateness(due, due + hours * timedelta(hours=1), calendar, spread) for hours in range(-24, 24 * 30)]
    first = next(number for number, answer in enumerate(answers) if isinstance(answer, TooLate))
    assert all(isinstance(answer, TooLate) for answer in answers[first:])
    assert any(isinstance(answer, Send) for answer in answers[:first])


@pytest.mark.parametrize(
    ("overdue", "sent"),
    [
        ("day_1", "day_1"),
        ("day_1 day_3", "day_3"),
        ("day_3 day_7", "day_7"),
        ("day_7 day_14", "day_7"),  # the reminder before the closing
        ("day_7 interview", "day_7"),
        ("day_14 day_7", "day_7"),
        ("day_1 day_3 day_7 day_14", "day_7"),
        ("day_3 day_14", "day_14"),
    ],
)
def test_of_several_overdue_the_newest_goes_but_the_reminder_first(overdue: str, sent: str) -> None:
    rows = [
        Planned(Purpose(name), utc(DUE) + number * timedelta(days=2)) for number, name in enumerate(overdue.split())
    ]
    chosen, superseded = newest_only(rows)
    assert chosen.purpose == sent
    assert sorted([chosen, *superseded], key=rows.index) == rows


def test_of_two_reminders_the_snoozed_one_goes() -> None:
    older, newer = (Planned(Purpose.day_7, utc(DUE) + days * timedelta(days=1)) for days in (0, 2))
    assert newest_only([older, newer]) == (newer, (older,))
