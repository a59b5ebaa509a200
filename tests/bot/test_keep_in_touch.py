"""When the one reminder of a hello comes: any pattern of check-ins around it leaves it a day, and keeps theirs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import Calendar
from bot.keep_in_touch import day_for

NOW = datetime(2027, 1, 13, 16, 0, tzinfo=UTC)
CALENDAR = Calendar(zone=ZoneInfo("America/New_York"), country="US")
FIRST = date(2027, 3, 14)


@given(st.sets(st.integers(min_value=-10, max_value=25), max_size=12))
def test_it_stands_beside_no_other_and_is_no_fourth_in_a_week(offsets: set[int]) -> None:
    taken = [FIRST + timedelta(days=each) for each in offsets]
    day = CALENDAR.day_of(day_for(CALENDAR, FIRST, taken, now=NOW))
    assert FIRST <= day <= FIRST + timedelta(days=32) and CALENDAR.is_business_day(day)
    assert all(abs((day - other).days) >= 2 for other in taken)
    for start in range(7):
        first = day - timedelta(days=start)
        week = [other for other in taken if first <= other < first + timedelta(days=7)]
        assert len(week) < 3


def test_past_its_hour_it_is_another_day() -> None:
    late = datetime(2027, 3, 16, 20, 0, tzinfo=UTC)
    assert CALENDAR.day_of(day_for(CALENDAR, date(2027, 3, 16), [], now=late)) == date(2027, 3, 17)
