"""The last gate before a check-in goes out: still wanted, inside the member's window, and never two at once."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import plan
from bot.calendars import Calendar, find_zone
from bot.clock import Clock
from bot.lateness import Move, Send, TooLate, lateness, newest_only
from bot.store import Store
from bot.store.schedule import SUPERSEDED
from bot.store.values import Member, Row

DOUBT = 3 * 86400  # seconds after which an old profile cannot vouch for an open account any more


@dataclass(frozen=True)
class Hold:
    """Why a check-in does not go now: moved to ``until`` (Unix seconds), or ended as ``state``."""

    why: str
    state: str = "skipped"
    until: int | None = None


PROFILE = Hold("profile")


class CheckInGate:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def hold(self, row: Row, member: Member) -> Hold | None:
        """None when the check-in may go now."""
        if member.deactivated:
            return Hold("user_disabled")
        if not member.check_ins_on:
            return Hold("stopped", state="cancelled")
        if self._clock.unix() - member.looked_up_at > DOUBT:
            return PROFILE
        zone = find_zone(member.zone)
        if zone is None:
            return Hold("no_zone")
        calendar = _calendar(member, zone)
        if member.paused:
            return Hold("paused_here", until=self._another_day(calendar))
        return self._by_the_hour(row, calendar) or await self._by_the_others(row, calendar)

    def hold_notice(self, member: Member) -> Hold | None:
        """What nobody asked for and is no check-in: not after Stop, and at a good hour where the zone is known."""
        if member.deactivated:
            return Hold("user_disabled")
        if not member.check_ins_on:
            return Hold("stopped", state="cancelled")
        return self.hold_answer(member)

    def hold_answer(self, member: Member) -> Hold | None:
        """What belongs to something the member sent, and comes days later: at a good hour where the zone is known."""
        zone = find_zone(member.zone)
        if member.deactivated or zone is None:
            return Hold("user_disabled") if member.deactivated else None
        opens, _ = _calendar(member, zone).next_window(self._clock.now())
        return Hold("moved", until=int(opens.timestamp())) if opens > self._clock.now() else None

    def _another_day(self, calendar: Calendar) -> int:
        """Nobody knows for how long: lateness decides once staff go on."""
        opens, _ = calendar.next_window(calendar.closes(calendar.day_of(self._clock.now())))
        return int(opens.timestamp())

    def _by_the_hour(self, row: Row, calendar: Calendar) -> Hold | None:
        spread = plan.spread(f"{row.team}/{row.user}")
        match lateness(row.promised, self._clock.now(), calendar, spread):
            case Move(to):
                return Hold("moved", until=int(to.timestamp()))
            case TooLate():
                return Hold("too_late")
            case _:
                return None

    async def _by_the_others(self, row: Row, calendar: Calendar) -> Hold | None:
        now = self._clock.now()
        last, planned = await self._store.check_ins.others(row.who, now=now)
        if last and last >= row.promised:
            return Hold(SUPERSEDED)
        if last and calendar.day_of(last) == calendar.day_of(now):
            return Hold("one_a_day", until=self._another_day(calendar))
        due = [each for each in planned if isinstance(lateness(each.due, now, calendar), Send)]
        chosen, _ = newest_only(due) if due else (None, ())
        return None if chosen is None or chosen.id == row.subject else Hold(SUPERSEDED)


def _calendar(member: Member, zone: ZoneInfo) -> Calendar:
    return Calendar(
        zone=zone, country=member.country, hour=member.hour, quiet=member.quiet, weekends=member.weekends
    )  # fmt: skip
