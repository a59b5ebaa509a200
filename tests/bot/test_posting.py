"""When weekly posts go out: on chosen business days in the channel's zone, and staff see each one before."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import Calendar, find_zone
from bot.posting import NOTICE, Slot, is_too_late, slots, turn

MONDAY, FRIDAY = 0, 4
WEDNESDAY_NOON = datetime(2027, 1, 13, 17, tzinfo=UTC)


def calendar(zone: str = "America/New_York", quiet: frozenset[date] = frozenset()) -> Calendar:
    found = find_zone(zone)
    assert found is not None
    return Calendar(zone=found, country="US", quiet=quiet)


def next_slot(now: datetime, when: Calendar, days: Collection[int]) -> Slot | None:
    return next(iter(slots(now, when, days)), None)


def test_two_weeks_are_planned_ahead() -> None:
    planned = [each.name for each in slots(WEDNESDAY_NOON, calendar(), [MONDAY, FRIDAY])]
    assert planned == ["2027-01-15", "2027-01-22", "2027-01-25"]  # Monday the 18th is a holiday


def test_a_post_on_friday_is_seen_on_thursday_and_one_on_monday_before_the_weekend() -> None:
    friday = next_slot(WEDNESDAY_NOON, calendar(), [MONDAY, FRIDAY])
    assert friday and (friday.name, friday.preview.isoformat(), friday.post.isoformat()) == (
        "2027-01-15", "2027-01-14T15:00:00+00:00", "2027-01-15T15:00:00+00:00",
    )  # fmt: skip
    monday = next_slot(datetime(2027, 1, 21, 17, tzinfo=UTC), calendar(), [MONDAY])
    assert monday and (monday.name, monday.preview.date()) == ("2027-01-25", date(2027, 1, 22))


def test_holidays_and_quiet_dates_are_left_out() -> None:
    holiday = next_slot(datetime(2027, 1, 15, 20, tzinfo=UTC), calendar(), [MONDAY])  # 18 January is one in the US
    quiet = next_slot(WEDNESDAY_NOON, calendar(quiet=frozenset({date(2027, 1, 15)})), [FRIDAY])
    assert holiday and quiet and (holiday.name, quiet.name) == ("2027-01-25", "2027-01-22")


def test_nothing_goes_out_that_staff_could_not_see_in_time() -> None:
    friday_at_nine = datetime(2027, 1, 15, 14, tzinfo=UTC)
    slot = next_slot(friday_at_nine, calendar(), [FRIDAY])
    assert slot and slot.name == "2027-01-22"


def test_without_a_day_there_is_no_post() -> None:
    assert next_slot(WEDNESDAY_NOON, calendar(), []) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - made aware
    st.sets(st.integers(0, 4), min_size=1), st.sampled_from(["America/New_York", "Asia/Tokyo", "Pacific/Apia", "UTC"]),
)  # fmt: skip
def test_whenever_it_is_asked_the_post_is_ahead_on_a_chosen_day_at_ten(
    now: datetime, days: set[int], zone: str
) -> None:
    slot = next_slot(now, calendar(zone), days)
    assert slot is not None
    local = slot.post.astimezone(find_zone(zone))
    assert local.weekday() in days and (local.hour, local.minute) == (10, 0) and local.date().isoformat() == slot.name
    assert now <= slot.preview < slot.post and slot.post - now >= NOTICE


def test_the_posts_come_one_after_the_other_and_each_as_often() -> None:
    posts = [f"post {each}" for each in range(7)]
    fridays_and_mondays = [
        (date(2027, 1, 4) + timedelta(days=each)).isoformat() for each in range(98)
        if (date(2027, 1, 4) + timedelta(days=each)).weekday() in (MONDAY, FRIDAY)
    ]  # fmt: skip
    said = [turn(slot, [MONDAY, FRIDAY], posts) for slot in fridays_and_mondays]
    assert all(later != earlier for earlier, later in pairwise(said))
    assert {said.count(each) for each in posts} == {4}


@pytest.mark.parametrize(("hours", "too_late"), [(0, False), (6, False), (8, True)])
def test_the_next_morning_says_nothing_of_yesterday(hours: int, too_late: bool) -> None:
    assert is_too_late(WEDNESDAY_NOON, WEDNESDAY_NOON + timedelta(hours=hours)) is too_late
