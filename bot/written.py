"""Days and hours as a member reads them: in their zone, in their language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.calendars import HOURS, Calendar, find_zone
from bot.store.values import Journey, Member
from messages.locale import Locale

Day = date


def day(locale: Locale, member: Member, moment: datetime) -> str:
    """``Tue 24 Nov``; in UTC where the zone is not known."""
    return locale.day(_calendar(member).day_of(moment))


def hour(member: Member) -> str:
    """The hour the member chose: ``10:00``."""
    return f"{HOURS[member.hour]:%H:%M}"


def day_in(member: Member, now: datetime, days: int) -> Day:
    """The member's day so many days from now."""
    return _calendar(member).day_of(now) + timedelta(days=days)


def moment_in(now: datetime, days: int) -> datetime:
    return now + timedelta(days=days)


def picked(chosen: str | None) -> Day | None:
    """A picked day as Slack gives it, or None when it is none."""
    try:
        return Day.fromisoformat(chosen or "")
    except ValueError:
        return None


def _calendar(member: Member) -> Calendar:
    zone = find_zone(member.zone) or find_zone("UTC")
    assert zone is not None, "UTC is among the zones"
    return Calendar(zone=zone)


def happened_on(member: Member, journey: Journey) -> Day:
    """The day of a no: the one the member gave, else the one it was told."""
    return picked(journey.happened_on) or _calendar(member).day_of(journey.started)


def happened(locale: Locale, member: Member, journey: Journey) -> str:
    """The same as it is read."""
    return locale.day(happened_on(member, journey))


def day_of(member: Member, unix: int | None) -> Day | None:
    """The member's day at that Unix second."""
    return _calendar(member).day_of(datetime.fromtimestamp(unix, UTC)) if unix else None
