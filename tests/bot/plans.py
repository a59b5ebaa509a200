"""What tables of facts about check-ins are written in: days count from the first no, on a Monday."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendars import Calendar
from bot.plan import Planned, Purpose, Sent, Series, check_ins

DAY = timedelta(days=1)
MONDAY = datetime(2026, 9, 7, 12, tzinfo=UTC)
UTC_DAYS = Calendar(ZoneInfo("UTC"))
D1, D3, D7, D14 = Purpose.day_1, Purpose.day_3, Purpose.day_7, Purpose.day_14


def day(number: int, hour: int = 12) -> datetime:
    return datetime.combine(MONDAY.date() + number * DAY, time(hour), UTC)


def on(number: int) -> date:
    return day(number).date()


def sent(**days: int) -> tuple[Sent, ...]:
    return tuple(Sent(Purpose(name), day(number, 10)) for name, number in days.items())


def a_series(**facts: object) -> Series:
    return replace(Series(MONDAY, MONDAY), **facts)  # type: ignore[arg-type]


def days(plan: tuple[Planned, ...]) -> str:
    return " ".join(f"{item.purpose}:{(item.due.date() - MONDAY.date()).days}" for item in plan)


def planned(series: Series, now: datetime, calendar: Calendar = UTC_DAYS) -> str:
    return days(check_ins(series, calendar, now=now))
