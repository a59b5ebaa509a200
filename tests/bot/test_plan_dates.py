"""Tables of dates: the seven weekdays of the design, holidays, quiet days, moves, the spread."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendars import Calendar
from bot.plan import Purpose, Sent, Series, check_ins, spread

MONDAY = datetime(2026, 9, 7, 12, tzinfo=UTC)
USUAL = [Purpose.day_1, Purpose.day_3, Purpose.day_7, Purpose.day_14]
TABLE = ["Tue Thu Mon Mon", "Wed Fri Tue Tue", "Thu Mon Wed Wed", "Fri Mon Thu Thu"]
TABLE += ["Mon Wed Fri Fri", "Mon Wed Mon Mon", "Mon Wed Mon Mon"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("hour", [0, 9, 23])
@pytest.mark.parametrize(("weekday", "names"), list(enumerate(TABLE)))
def test_each_weekday_has_the_dates_of_the_design(weekday: int, names: str, hour: int, zone: str) -> None:
    local = datetime.combine(MONDAY.date() + timedelta(days=weekday), time(hour), ZoneInfo(zone))
    plan = check_ins(Series(local, local), Calendar(ZoneInfo(zone)), now=local)
    assert [item.purpose for item in plan] == USUAL
    assert " ".join(f"{item.due.astimezone(ZoneInfo(zone)):%a}" for item in plan) == names
    assert {item.due.astimezone(ZoneInfo(zone)).time() for item in plan} == {time(10)}


@pytest.mark.parametrize(
    ("start", "country", "quiet", "expected"),
    [
        (date(2026, 12, 22), "DE", [], "day_1:12-23 day_3:01-04 day_7:01-06 day_14:01-08"),
        (date(2026, 11, 25), "US", [], "day_1:11-27 day_3:11-30 day_7:12-02 day_14:12-09"),
        (date(2026, 9, 9), "EG", [], "day_1:09-10 day_3:09-13 day_7:09-16 day_14:09-23"),
        (date(2026, 9, 9), "AE", [], "day_1:09-10 day_3:09-14 day_7:09-16 day_14:09-23"),
        # exams for fifteen days: day 3 gives way so that the closing stays within 21
        (date(2026, 9, 7), None, range(8, 23), "day_1:09-23 day_7:09-25 day_14:09-28"),
        (date(2026, 9, 7), None, range(8, 29), "day_7:09-29"),
        # closed from day 9 on: the closing is lost, and the reminder keeps its day
        (date(2026, 9, 7), None, range(16, 31), "day_1:09-08 day_3:09-10 day_7:09-14"),
    ],
)
def test_holidays_and_quiet_days_shift_the_dates(start: date, country: str | None, quiet: range, expected: str) -> None:
    calendar = Calendar(ZoneInfo("UTC"), country, quiet=frozenset(date(2026, 9, number) for number in quiet))
    noon = datetime.combine(start, time(12), UTC)
    plan = check_ins(Series(noon, noon), calendar, now=noon)
    assert " ".join(f"{item.purpose}:{item.due:%m-%d}" for item in plan) == expected


def test_a_move_to_another_zone_keeps_the_hour_and_the_gaps() -> None:
    series = Series(MONDAY, MONDAY, sent=(Sent(Purpose.day_1, MONDAY + timedelta(days=1)),))
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe"):
        plan = check_ins(series, Calendar(ZoneInfo(name)), now=MONDAY + timedelta(days=1))
        assert {item.due.astimezone(ZoneInfo(name)).hour for item in plan} == {10}
        assert [item.purpose for item in plan] == USUAL[1:]


def test_the_spread_is_stable_small_and_moves_no_date() -> None:
    spreads = {spread(f"T1/U{number}") for number in range(2000)}
    assert spreads == {timedelta(minutes=minutes) for minutes in range(-20, 21)}
    assert spread("T1/U1") == spread("T1/U1")
    assert spread("\ud800") is not None
    series, calendar = Series(MONDAY, MONDAY), Calendar(ZoneInfo("UTC"))
    plain = check_ins(series, calendar, now=MONDAY)
    early = check_ins(series, calendar, now=MONDAY, spread=timedelta(minutes=-20))
    assert [item.due.date() for item in early] == [item.due.date() for item in plain]
    assert {item.due.time() for item in early} == {time(9, 40)}
