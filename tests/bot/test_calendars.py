"""Tables of days and hours: weeks, holidays, clock changes, lost days, hostile zone names."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendars import HOURS, Calendar, find_zone


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendar(zone: str = "UTC", country: str | None = None, hour: str = "morning", **more: object) -> Calendar:
    return Calendar(the_zone(zone), country, hour, **more)  # type: ignore[arg-type]


def the_zone(name: str) -> ZoneInfo:
    """As pinned: the machine's own tables may be years older, Morocco's are a known case."""
    zone = find_zone(name)
    assert zone is not None
    return zone


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Calcutta", "US/Eastern", "UTC", "America/Argentina/Ushuaia"])
def test_zones_load_by_name_and_by_old_alias(name: str) -> None:
    zone, moment = the_zone(name), utc("2026-07-01T12:00")
    assert zone.key == name
    assert moment.astimezone(zone).utcoffset() == moment.astimezone(ZoneInfo(name)).utcoffset()


HOSTILE = [None, "", " ", "UTC ", "utc\n", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "..", ".", "zones"]
HOSTILE += ["Europe", "Europe/", "Europe/Berlin/", "Europe//Berlin", "europe/berlin", "\0", "Europe/Berlin\0"]
HOSTILE += ["A" * 100_000, "Europe/Berlin;rm -rf", "\ud800", "<@U1>", "tzdata.zi", "__init__.py", "localtime"]


@pytest.mark.parametrize("name", HOSTILE)
def test_an_unknown_or_hostile_name_is_no_zone(name: str | None) -> None:
    assert find_zone(name) is None


def test_every_zone_the_machine_knows_is_known_here_too() -> None:
    known = zoneinfo.available_timezones() - {"localtime"}
    assert {name for name in known if find_zone(name) is None} == set()


@pytest.mark.parametrize(
    ("country", "closed"),
    [
        (None, "Sat Sun"),
        ("US", "Sat Sun"),
        ("us", "Sat Sun"),
        ("AE", "Sat Sun"),
        ("EG", "Fri Sat"),
        ("SA", "Fri Sat"),
        ("IL", "Fri Sat"),
        ("XX", "Sat Sun"),
        ("date", "Sat Sun"),
        ("list_supported_countries", "Sat Sun"),
    ],
)
def test_the_weekend_is_the_countrys_own(country: str | None, closed: str) -> None:
    week = [date(2026, 2, 2) + timedelta(days=n) for n in range(7)]
    days = calendar(country=country)
    assert " ".join(f"{day:%a}" for day in week if not days.is_business_day(day)) == closed


def test_the_emirates_moved_their_weekend_in_2022() -> None:
    assert not calendar(country="AE").is_business_day(date(2021, 11, 5))
    assert calendar(country="AE").is_business_day(date(2022, 11, 4))


@pytest.mark.parametrize(
    ("country", "day", "is_open"),
    [
        ("US", date(2026, 11, 26), False),  # Thanksgiving
        ("US", date(2026, 7, 3), False),  # observed: the Fourth is a Saturday
        ("DE", date(2026, 11, 26), True),
        ("DE", date(2026, 10, 3), False),
        ("DE", date(2026, 4, 6), False),  # Easter Monday
        (None, date(2026, 11, 26), True),
        (None, date(2026, 12, 23), True),
        (None, date(2026, 12, 24), False),
        (None, date(2027, 1, 1), False),
    ],
)
def test_holidays_and_the_year_end_are_closed(country: str | None, day: date, is_open: bool) -> None:
    assert calendar(country=country).is_business_day(day) is is_open


def test_quiet_days_are_closed() -> None:
    assert not calendar(quiet=frozenset({date(2026, 11, 25)})).is_business_day(date(2026, 11, 25))


def test_a_member_may_allow_weekends_but_holidays_stay_closed() -> None:
    days = calendar(country="DE", weekends=True)
    assert days.is_business_day(date(2026, 10, 4))
    assert not days.is_business_day(date(2026, 10, 3))
    assert not days.is_business_day(date(2026, 12, 26))


def test_the_first_business_day_after_christmas_is_in_january() -> None:
    assert calendar("Europe/Berlin", "DE").first_business_day(date(2026, 12, 24)) == date(2027, 1, 4)
    assert calendar("Europe/Berlin", "DE").last_business_day(date(2027, 1, 3)) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("hour", "at", "closes"), [("morning", "10:00", "18"), ("lunch", "12:30", "18"), ("evening", "18:30", "20")]
)
def test_each_choice_has_its_hour_and_its_window(hour: str, at: str, closes: str) -> None:
    days, day = calendar(hour=hour), date(2026, 11, 24)
    assert days.at(day) == utc(f"2026-11-24T{at}")
    assert days.opens(day) == utc("2026-11-24T09:00")
    assert days.closes(day) == utc(f"2026-11-24T{closes}:00")
    assert HOURS[hour] == time.fromisoformat(at)


def test_an_unknown_hour_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="morning"):
        calendar(hour="midnight")


@pytest.mark.parametrize("minutes", [-100_000, -61, -20, 0, 20, 479, 480, 100_000])
def test_no_spread_leaves_the_window(minutes: int) -> None:
    days, day = calendar(), date(2026, 11, 24)
    assert days.opens(day) <= days.at(day, timedelta(minutes=minutes)) < days.closes(day)


@pytest.mark.parametrize(
    ("zone", "day", "opens"),
    [
        ("Europe/Berlin", date(2027, 3, 29), "2027-03-29T07:00"),  # the clock went forward on the 28th
        ("Europe/Berlin", date(2027, 11, 1), "2027-11-01T08:00"),  # and back on 31 October
        ("America/New_York", date(2027, 3, 15), "2027-03-15T13:00"),
        ("Australia/Lord_Howe", date(2027, 4, 2), "2027-04-01T22:00"),
        ("Australia/Lord_Howe", date(2027, 4, 5), "2027-04-04T22:30"),  # half an hour
        ("Africa/Cairo", date(2027, 4, 29), "2027-04-29T07:00"),
        ("Africa/Cairo", date(2027, 4, 30), "2027-04-30T06:00"),  # this day has no midnight
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-29T19:00"),
        ("Asia/Kathmandu", date(2026, 11, 24), "2026-11-24T03:15"),
    ],
)
def test_nine_in_the_morning_is_nine_whatever_the_clock_did(zone: str, day: date, opens: str) -> None:
    assert calendar(zone, weekends=True).opens(day) == utc(opens)


def test_a_day_without_midnight_is_a_day_like_others() -> None:
    days = calendar("Africa/Cairo", weekends=True)
    assert days.day_of(utc("2027-04-29T21:59")) == date(2027, 4, 29)
    assert days.day_of(utc("2027-04-29T22:00")) == date(2027, 4, 30)
    assert days.at(date(2027, 4, 30)) == utc("2027-04-30T07:00")


def test_a_day_the_zone_left_out_is_never_chosen() -> None:
    assert not calendar("Pacific/Apia", weekends=True).is_business_day(date(2011, 12, 30))
    kwajalein = calendar("Pacific/Kwajalein", weekends=True)  # crossed the date line over 21 August 1993
    assert kwajalein.first_business_day(date(1993, 8, 21)) == date(1993, 8, 22)
    assert kwajalein.is_business_day(date(1993, 8, 20))


@pytest.mark.parametrize(
    ("hour", "moment", "allowed"),
    [
        ("morning", "2026-11-24T08:59:59", False),
        ("morning", "2026-11-24T09:00", True),
        ("morning", "2026-11-24T17:59:59", True),
        ("morning", "2026-11-24T18:00", False),
        ("evening", "2026-11-24T18:00", True),
        ("evening", "2026-11-24T19:59:59", True),
        ("evening", "2026-11-24T20:00", False),
        ("morning", "2026-11-28T12:00", False),  # Saturday
        ("morning", "2026-12-24T12:00", False),
    ],
)
def test_only_the_window_allows(hour: str, moment: str, allowed: bool) -> None:
    assert calendar(hour=hour).allows(utc(moment)) is allowed


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        ("2026-11-24T03:00", "2026-11-24T09:00"),
        ("2026-11-24T12:00", "2026-11-24T09:00"),  # the one we are in
        ("2026-11-24T18:00", "2026-11-25T09:00"),
        ("2026-11-27T18:00", "2026-11-30T09:00"),  # Friday evening
        ("2026-12-23T18:00", "2027-01-04T09:00"),
    ],
)
def test_the_next_window_is_the_first_that_closes_later(after: str, opens: str) -> None:
    assert calendar().next_window(utc(after))[0] == utc(opens)


def test_moments_of_any_zone_are_understood() -> None:
    days = calendar("Europe/Berlin")
    assert days.allows(datetime(2026, 11, 24, 9, 30, tzinfo=the_zone("Europe/Berlin")))
    assert not days.allows(datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("America/Los_Angeles")))
