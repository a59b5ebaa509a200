"""Who is staff of a workspace's career center, and the notes that go to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.kinds import Kind
from bot.store import members, queue
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert, inserted
from bot.store.values import Row, Who
from bot.tables import deliveries, staff, troubles

GONE = "staff_gone"  # somebody's account was closed; with the errors of Slack, what a note may be about


class Staff(Room):
    """Staff are named by whoever installed the bot, by the operator, or by other staff; nobody names themselves."""

    @reads
    def includes(self, connection: Connection, who: Who) -> bool:
        """Asked at every press and form of the center: what was drawn for staff proves nothing."""
        mine = (staff.c.team_id == who.team) & (staff.c.user_id == who.user)
        return connection.execute(select(staff.c.user_id).where(mine)).first() is not None

    @reads
    def of(self, connection: Connection, team: str) -> list[str]:
        """Their user ids, the longest serving first."""
        return everyone(connection, team)

    @writes
    def add(self, connection: Connection, who: Who, *, now: datetime) -> bool:
        """False when they were staff already."""
        return _add(connection, who, now)

    @writes
    def name(self, connection: Connection, team: str, users: Sequence[str], *, now: datetime) -> None:
        """These and nobody else."""
        connection.execute(delete(staff).where((staff.c.team_id == team) & staff.c.user_id.not_in(users)))
        for user in users:
            _add(connection, Who(team, user), now)

    @writes
    def remove(self, connection: Connection, who: Who) -> bool:
        """False when they were none."""
        return _drop(connection, who)

    @writes
    def left(self, connection: Connection, who: Who, *, now: datetime) -> bool:
        """Their account was closed: staff no more, and the others are told once."""
        if not _drop(connection, who):
            return False
        tell(connection, who.team, f"{GONE}/{who.user}/{int(now.timestamp())}", now)
        return True

    @writes
    def refused(self, connection: Connection, row: Row, error: str, *, now: datetime) -> None:
        """A channel did not take a post. Staff are told once, until it takes one again or refuses otherwise."""
        since = int(now.timestamp())
        fresh = {"error": error, "since": since}
        key = {"team_id": row.team, "target": row.place}
        known = (troubles.c.team_id == row.team) & (troubles.c.target == row.place) & (troubles.c.error == error)
        if connection.execute(select(troubles.c.error).where(known)).first() is not None:
            return
        noted = insert(connection, troubles).values(**key, **fresh)
        connection.execute(noted.on_conflict_do_update(index_elements=list(key), set_=fresh))
        tell(connection, row.team, f"{error}/{row.place}/{since}", now)

    @writes
    def worked(self, connection: Connection, team: str, target: str) -> None:
        """A channel took a post: whatever was wrong with it is over."""
        connection.execute(delete(troubles).where((troubles.c.team_id == team) & (troubles.c.target == target)))

    @reads
    def trouble(self, connection: Connection, team: str, target: str) -> str | None:
        """Slack's error for a channel that did not take the last post."""
        its = (troubles.c.team_id == team) & (troubles.c.target == target)
        return connection.scalar(select(troubles.c.error).where(its))

    @reads
    def has_posted(self, connection: Connection, team: str, target: str) -> bool:
        """Whether anything ever arrived in that channel."""
        its = (deliveries.c.team_id == team) & (deliveries.c.user_id == target) & (deliveries.c.state == "sent")
        return connection.execute(select(deliveries.c.id).where(its).limit(1)).first() is not None


def everyone(connection: Connection, team: str) -> list[str]:
    its = select(staff.c.user_id).where(staff.c.team_id == team).order_by(staff.c.since, staff.c.user_id)
    return list(connection.scalars(its))


def tell(connection: Connection, team: str, about: str, now: datetime) -> None:
    """One note to each of them. ``about`` is ``<what>/<whom or where>/<when>``: the same thing is told once."""
    for user in everyone(connection, team):
        queue.post(connection, Who(team, user), Kind.STAFF_NOTE, [f"{about}/{user}"], due=[now])


def name_first(connection: Connection, who: Who, now: datetime) -> None:
    """Whoever installed the app is staff where nobody is yet, and can hand it on. Remembered either way."""
    members.ensure(connection, who)
    if not everyone(connection, who.team):
        _add(connection, who, now)


def _add(connection: Connection, who: Who, now: datetime) -> bool:
    members.ensure(connection, who)
    row = {"team_id": who.team, "user_id": who.user, "since": int(now.timestamp())}
    return inserted(connection, staff, row)


def _drop(connection: Connection, who: Who) -> bool:
    mine = (staff.c.team_id == who.team) & (staff.c.user_id == who.user)
    return connection.execute(delete(staff).where(mine)).rowcount == 1
