"""The end of an installation: the day it was announced for, and the members who are told and forgotten."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, select, tuple_

from bot.kinds import Kind
from bot.store import queue
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert
from bot.store.values import Who
from bot.tables import deliveries, members, meta

CLOSES_ON = "closes_on"
AT_ONCE = 100  # members in one look


class Closing(Room):
    @writes
    def announce(self, connection: Connection, day: date) -> None:
        """Until that day all goes on as before. A later word moves it."""
        fresh = {"value": day.isoformat()}
        row = insert(connection, meta).values(name=CLOSES_ON, **fresh)
        connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=fresh))

    @reads
    def day(self, connection: Connection) -> date | None:
        """What was announced."""
        said = connection.scalar(select(meta.c.value).where(meta.c.name == CLOSES_ON))
        return date.fromisoformat(said) if said else None

    @reads
    def people(self, connection: Connection, after: Who | None) -> list[Who]:
        """Every member something is kept about, some at a time, behind the last of those before."""
        key = tuple_(members.c.team_id, members.c.user_id)
        query = select(members.c.team_id, members.c.user_id).order_by(members.c.team_id, members.c.user_id)
        rest = query.where(key > (after.team, after.user)) if after else query
        return [Who(row.team_id, row.user_id) for row in connection.execute(rest.limit(AT_ONCE))]

    @writes
    def tell(self, connection: Connection, who: Who, day: date, *, now: datetime) -> bool:
        """Once for that day, and nobody who pressed Stop or is gone. False when there is nothing to tell."""
        wanted = (members.c.team_id == who.team) & (members.c.user_id == who.user)
        wanted &= members.c.check_ins_on & ~members.c.deactivated & members.c.dm.is_not(None)
        if connection.execute(select(members.c.user_id).where(wanted)).first() is None:
            return False
        subject = f"{who.user}/{day.isoformat()}"
        its = (deliveries.c.team_id == who.team) & (deliveries.c.id == queue.delivery_id(Kind.CLOSING, subject))
        if connection.execute(select(deliveries.c.id).where(its)).first() is not None:
            return False
        queue.post(connection, who, Kind.CLOSING, [subject], due=[now])
        return True

    @reads
    def notices(self, connection: Connection) -> dict[str, int]:
        """How many there are, by state."""
        count = select(deliveries.c.state, func.count().label("n")).where(deliveries.c.kind == Kind.CLOSING)
        return {row.state: row.n for row in connection.execute(count.group_by(deliveries.c.state))}
