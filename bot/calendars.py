"""When a member may be written to: zone, week, holidays, quiet days and the chosen hour. The only door to `holidays`.

Zones come from the pinned `tzdata` wheel, never from the machine, so that every replica reckons alike. Nothing here
does arithmetic on aware local times: a local date is chosen first, then given its hour, then turned into UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import metadata
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

HOURS: Mapping[str, time] = MappingProxyType({"morning": time(10), "lunch": time(12, 30), "evening": time(18, 30)})
OPENS = time(9)
CLOSES = time(18)
CLOSES_IN_THE_EVENING = time(20)
DAY = timedelta(days=1)
LAST_MINUTE = timedelta(minutes=1)
YEAR_END_BEGINS = (12, 24)
YEAR_END_ENDS = (1, 1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """One member's days. All moments are aware; windows are half open, so the closing moment itself is closed."""

    zone: ZoneInfo
    country: str | None = None
    hour: str = "morning"
    quiet: frozenset[date] = frozenset()
    weekends: bool = False

    def __post_init__(self) -> None:
        if self.hour not in HOURS:
            raise ValueError(f"hour must be one of {', '.join(HOURS)}")

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def opens(self, day: date) -> datetime:
        return self._utc(day, OPENS)

    def closes(self, day: date) -> datetime:
        return self._utc(day, CLOSES_IN_THE_EVENING if self.hour == "evening" else CLOSES)

    def at(self, day: date, spread: timedelta = timedelta()) -> datetime:
        """The chosen hour, a little spread; a wide spread stays inside the window."""
        moment = self._utc(day, HOURS[self.hour]) + spread
        return min(max(moment, self.opens(day)), self.closes(day) - LAST_MINUTE)

    def is_business_day(self, day: date) -> bool:
        return not (
            _in_year_end_pause(day)
            or day in self.quiet
            or _is_holiday(self.country, day)
            or (not self.weekends and _is_weekend(self.country, day))
            or not self._exists(day)
        )

    def first_business_day(self, on_or_after: date) -> date:
        day = on_or_after
        while not self.is_business_day(day):
            day += DAY
        return day

    def last_business_day(self, on_or_before: date) -> date:
        day = on_or_before
        while not self.is_business_day(day):
            day -= DAY
        return day

    def next_window(self, after: datetime) -> tuple[datetime, datetime]:
        """Opening and closing of the first window that closes after the moment: perhaps the one we are in."""
        day = self.first_business_day(self.day_of(after))
        if self.closes(day) <= after:
            day = self.first_business_day(day + DAY)
        return self.opens(day), self.closes(day)

    def allows(self, moment: datetime) -> bool:
        opens, _ = self.next_window(moment)
        return opens <= moment

    def _utc(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def _exists(self, day: date) -> bool:
        """A zone that crosses the date line leaves a day out: Apia had no 30 December 2011."""
        return self.day_of(self.opens(day)) == day


def version() -> str:
    """Which tables of zones and holidays all this goes by: check-ins planned by others are planned again."""
    return f"tzdata {metadata.version('tzdata')}, holidays {metadata.version('holidays')}"


def find_zone(name: str | None) -> ZoneInfo | None:
    """The zone of that name, old aliases too; anything else, hostile names among it, is no zone."""
    return _load_zone(name) if name in _zone_names() else None


@cache
def _zone_names() -> frozenset[str | None]:
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def _load_zone(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def _in_year_end_pause(day: date) -> bool:
    return (day.month, day.day) >= YEAR_END_BEGINS or (day.month, day.day) <= YEAR_END_ENDS


def _is_holiday(country: str | None, day: date) -> bool:
    table = _holidays(country, day.year)
    return table is not None and day in table


def _is_weekend(country: str | None, day: date) -> bool:
    table = _holidays(country, day.year)
    return day.weekday() >= SATURDAY if table is None else table.is_weekend(day)


@lru_cache(maxsize=1024)
def _holidays(country: str | None, year: int) -> holidays.HolidayBase | None:
    """The library looks names up among its own attributes, so only names from its list may reach it."""
    if country is None or country.upper() not in _countries():
        return None
    return holidays.country_holidays(country.upper(), years=year, expand=False)


@cache
def _countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries())
