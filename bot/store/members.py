"""Members: where their direct messages are, when they may be written to, and whether they want it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Connection, Text, bindparam, case, func, select, update

from bot.center import CheckInMode, quiet_days
from bot.series import Tempo
from bot.store import schedule, wishes
from bot.store.base import Room, reads, writes
from bot.store.schedule_queries import COUNTRY, IN_THEIR_PLACE, OF_THE_CENTER, ZONE
from bot.store.upsert import insert_for, inserted
from bot.store.values import Chosen, Member, Who, moment
from bot.tables import centers, events, members, workspaces

FIND = (
    select(
        members.c.dm, ZONE, members.c.hour, COUNTRY, func.coalesce(members.c.locale, centers.c.locale).label("locale"),
        members.c.check_ins_on, members.c.deactivated, members.c.looked_up_at, members.c.weekends,
        members.c.locale_chosen, members.c.cadence, members.c.ask_first, members.c.paused_until, members.c.active_at,
        members.c.home_at, *OF_THE_CENTER,
    )
    .select_from(IN_THEIR_PLACE)
    .where((members.c.team_id == bindparam("team")) & (members.c.user_id == bindparam("user")))
)  # fmt: skip
# Of somebody nobody has heard from yet.
STRANGER = (
    select(
        func.coalesce(centers.c.zone, workspaces.c.zone).label("zone"), centers.c.locale,
        func.coalesce(centers.c.country, workspaces.c.country).label("country"), *OF_THE_CENTER,
    )
    .select_from(workspaces.outerjoin(centers, centers.c.team_id == workspaces.c.team_id))
    .where(workspaces.c.team_id == bindparam("team"))
)  # fmt: skip

LEARN = (
    update(members).where((members.c.team_id == bindparam("team")) & (members.c.user_id == bindparam("user")))
    .values(
        locale=case((members.c.locale_chosen, members.c.locale), else_=bindparam("its_locale", type_=Text)),
        deactivated=bindparam("gone"), looked_up_at=bindparam("at"),
        zone=case(
            (members.c.zone_chosen, members.c.zone),
            else_=func.coalesce(bindparam("its_zone", type_=Text), members.c.zone),
        ),
    )
)  # fmt: skip

MINE = (members.c.team_id == bindparam("team")) & (members.c.user_id == bindparam("user"))
LAST_SEEN = select(members.c.active_at, members.c.home_at).where(MINE)
SEEN = (
    update(members).where(MINE).values(
        active_at=bindparam("today"),
        home_at=case((bindparam("at_home", type_=Boolean), bindparam("today")), else_=members.c.home_at),
    )
)  # fmt: skip


def ensure(connection: Connection, who: Who) -> None:
    """A member somebody just heard from is remembered, and is not deactivated any more."""
    connection.execute(_heard(connection.dialect.name), who._asdict())


@cache
def _heard(dialect: str) -> Any:
    heard = insert_for(dialect, members).values(team_id=bindparam("team"), user_id=bindparam("user"))
    # Locks the row in any case, and writes it only where something changes.
    return heard.on_conflict_do_update(
        index_elements=["team_id", "user_id"], set_={"deactivated": False}, where=members.c.deactivated
    )


def of(connection: Connection, who: Who, **facts: Any) -> int:
    """Writes facts about a member; how many rows that changed."""
    mine = (members.c.team_id == who.team) & (members.c.user_id == who.user)
    return connection.execute(update(members).where(mine).values(**facts)).rowcount


def find(connection: Connection, who: Who) -> Member:
    row = connection.execute(FIND, who._asdict()).first() or connection.execute(STRANGER, {"team": who.team}).first()
    return _member(who, dict(row._mapping)) if row else Member(who)


def _member(who: Who, facts: dict[str, Any]) -> Member:
    mode = CheckInMode(facts["check_ins"] or CheckInMode.ON)
    on = facts.get("check_ins_on", True)
    set_by_staff = {
        "check_ins": mode, "check_ins_on": on and mode is not CheckInMode.OFF, "paused": bool(facts["paused"]),
        "quiet": quiet_days(facts["quiet"] or ""), "counseling": facts["counseling"] or "",
    }  # fmt: skip
    return Member(who, **(facts | set_by_staff))


class Members(Room):
    """Facts about members. Whatever may move their check-ins re-plans them in the same transaction."""

    @reads
    def find(self, connection: Connection, who: Who) -> Member:
        return find(connection, who)

    @reads
    def is_known(self, connection: Connection, who: Who) -> bool:
        """Whether anything is kept about them."""
        mine = (members.c.team_id == who.team) & (members.c.user_id == who.user)
        return connection.execute(select(members.c.user_id).where(mine)).first() is not None

    @writes
    def remember_dm(self, connection: Connection, who: Who, *, channel: str) -> None:
        of(connection, who, dm=channel)

    @writes
    def learn(
        self, connection: Connection, who: Who, *, zone: str | None, locale: str | None, deactivated: bool,
        now: datetime,
    ) -> Member:  # fmt: skip
        """What Slack says about a member, and who they are now. A zone and a language the member picked stay."""
        before = find(connection, who)
        facts = {"its_locale": locale, "gone": deactivated, "at": int(now.timestamp()), "its_zone": zone}
        connection.execute(LEARN, who._asdict() | facts)
        after = find(connection, who)
        if (after.zone, after.deactivated) != (before.zone, before.deactivated):
            schedule.replan(connection, who, now, why="deactivated" if deactivated else "replanned")
        return after

    @writes
    def looked_up(self, connection: Connection, who: Who, *, now: datetime) -> None:
        of(connection, who, looked_up_at=int(now.timestamp()))

    @reads
    def unseen(self, connection: Connection, seen: Mapping[Who, bool], *, today: int) -> dict[Who, bool]:
        """Those of them of whom that day, whose first Unix second it is, is not noted yet: no strangers. The value says
        whether they were at Home.
        """
        # One by one: SQLite reads the whole table for a list of pairs.
        found = {who: connection.execute(LAST_SEEN, who._asdict()).first() for who in seen}
        return {
            who: seen[who] for who, row in found.items()
            if row and (row.active_at != today or (seen[who] and row.home_at != today))
        }  # fmt: skip

    @writes
    def seen(self, connection: Connection, seen: Mapping[Who, bool], *, today: int) -> None:
        """Did something on that day. In one order: two processes with the same members must not wait in a ring."""
        connection.execute(SEEN, [who._asdict() | {"today": today, "at_home": seen[who]} for who in sorted(seen)])

    @writes
    def choose(self, connection: Connection, who: Who, chosen: Chosen, *, now: datetime) -> None:
        """The member's own settings. What counts already is no choice, so it can still follow Slack (the zone) or the
        workspace (the country); no country gives the workspace's back, no language the one Slack tells.
        """
        ensure(connection, who)
        counts = find(connection, who)
        facts: dict[str, Any] = {
            "hour": chosen.hour, "weekends": chosen.weekends, "cadence": chosen.cadence, "ask_first": chosen.ask_first,
            "locale_chosen": chosen.language is not None,
        }  # fmt: skip
        if chosen.zone is not None and chosen.zone != counts.zone:
            facts |= {"zone": chosen.zone, "zone_chosen": True}
        if chosen.country != counts.country:
            facts |= {"country": chosen.country}
        if chosen.language is not None:
            facts |= {"locale": chosen.language}
        elif counts.locale_chosen:
            facts |= {"locale": None, "looked_up_at": 0}  # so that Slack is asked for it
        of(connection, who, **facts)
        if chosen.cadence != counts.cadence:
            wishes.choose_cadence(connection, who, Tempo(chosen.cadence), now)
        schedule.replan(connection, who, now)

    @writes
    def stop(self, connection: Connection, who: Who, *, now: datetime, event_id: str | None = None) -> None:
        """No check-in any more until the member turns them on."""
        if first_time(connection, who.team, event_id, now):
            ensure(connection, who)
            of(connection, who, check_ins_on=False)
            schedule.replan(connection, who, now, why="stopped")

    @writes
    def turn_on(self, connection: Connection, who: Who, *, now: datetime, event_id: str | None = None) -> None:
        if first_time(connection, who.team, event_id, now):
            ensure(connection, who)
            of(connection, who, check_ins_on=True, paused_until=None)
            wishes.take_up_again(connection, who, now)

    @writes
    def pause(self, connection: Connection, who: Who, *, days: int, now: datetime) -> None:
        """Nothing for so many days; what falls in between comes after, or not at all."""
        ensure(connection, who)
        of(connection, who, paused_until=int(now.timestamp()) + days * 86400)
        schedule.replan(connection, who, now, why="paused")

    @writes
    def pause_at_least(self, connection: Connection, who: Who, *, days: int, now: datetime) -> datetime:
        """The same where nobody asked for it: a longer pause stays as it is. When it ends."""
        ensure(connection, who)
        mine = (members.c.team_id == who.team) & (members.c.user_id == who.user)
        until = connection.scalar(select(members.c.paused_until).where(mine)) or 0
        ends = max(until, int(now.timestamp()) + days * 86400)
        of(connection, who, paused_until=ends)
        schedule.replan(connection, who, now, why="paused")
        return moment(ends)

    @writes
    def deactivate(self, connection: Connection, who: Who, *, now: datetime) -> None:
        of(connection, who, deactivated=True)
        schedule.replan(connection, who, now, why="deactivated")


def first_time(connection: Connection, team: str, event_id: str | None, now: datetime) -> bool:
    """Slack sends an event again until it is answered. True the first time, and for what is no event."""
    if event_id is None:
        return True
    row = {"team_id": team, "event_id": event_id, "at": int(now.timestamp())}
    return inserted(connection, events, row)
