"""After an upgrade brought new tables of zones or holidays, check-ins that are to come follow them, some at a time.

Which tables the check-ins were planned by stands in ``meta``, and how far the following has come.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, tuple_, update

from bot.store import schedule
from bot.store.base import Room, reads, writes
from bot.store.upsert import inserted
from bot.store.values import Who
from bot.tables import members, meta

FOLLOWED, COME_TO = "calendar_tables", "calendar_tables_come_to"
AT_ONCE = 20  # members, 40 ms: no write takes longer than somebody may wait


class CalendarTables(Room):
    """``version`` names the tables this process reckons by (see calendars)."""

    @reads
    def followed(self, connection: Connection, version: str) -> bool:
        """Whether every check-in was planned by these tables."""
        return _value(connection, FOLLOWED) == version

    @writes
    def follow(self, connection: Connection, version: str, *, now: datetime) -> bool:
        """Plans the next members' check-ins again. False once there are no more, or while another process does it."""
        inserted(connection, meta, {"name": COME_TO, "value": ""})
        held = select(meta.c.value).where(meta.c.name == COME_TO).with_for_update(skip_locked=True)
        come_to = connection.scalar(held)
        if come_to is None or _value(connection, FOLLOWED) == version:
            return False
        known, _, after = come_to.partition("\n")
        team, _, user = (after if known == version else "").partition("\n")
        place = tuple_(members.c.team_id, members.c.user_id)
        order = select(members.c.team_id, members.c.user_id).order_by(members.c.team_id, members.c.user_id)
        some = connection.execute(order.where(place > tuple_(team, user)).limit(AT_ONCE)).all()
        for row in some:
            schedule.replan(connection, Who(row.team_id, row.user_id), now)
        if some:
            _write(connection, COME_TO, "\n".join((version, *some[-1])))
        else:
            inserted(connection, meta, {"name": FOLLOWED, "value": version})
            _write(connection, FOLLOWED, version)
        return bool(some)


def _value(connection: Connection, name: str) -> str | None:
    found: str | None = connection.scalar(select(meta.c.value).where(meta.c.name == name))
    return found


def _write(connection: Connection, name: str, value: str) -> None:
    connection.execute(update(meta).where(meta.c.name == name).values(value=value))
