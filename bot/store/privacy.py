"""Deleting a member: the rows at once, the bot's messages after them, and no bytes left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, desc, exists, func, select, update

from bot.kinds import Kind
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert
from bot.store.values import Who
from bot.tables import check_ins, deliveries, erasures, journeys, members, notes, series

TRIES = 5


@dataclass(frozen=True)
class Erasure:
    """One message of the bot that is to go. ``ts`` is empty while it has to be looked for by its ``mark``."""

    team: str
    channel: str
    ts: str
    mark: str
    in_thread: str | None


class Privacy(Room):
    @writes
    def delete(self, connection: Connection, who: Who) -> int:
        """Forgets a member. What is left are the places of the bot's messages, without a name; how many."""
        count = self._note_messages(connection, who)
        for table in (deliveries, check_ins, series, notes, journeys, members):
            mine = (table.c.team_id == who.team) & (table.c.user_id == who.user)
            connection.execute(delete(table).where(mine))
        return count

    @reads
    def erasures(self, connection: Connection, *, limit: int) -> list[Erasure]:
        """What is to go next. A parent waits for its replies: deleted before them, it leaves a gravestone."""
        alone = erasures.c.is_reply | ~_reply_waits()
        query = select(erasures).where(alone & (erasures.c.tries < TRIES)).order_by(desc(erasures.c.is_reply))
        rows = connection.execute(query.limit(limit))
        return [Erasure(row.team_id, row.channel, row.ts, row.mark, row.in_thread) for row in rows]

    @writes
    def erased(self, connection: Connection, gone: Erasure) -> None:
        connection.execute(delete(erasures).where(_is(gone)))

    @writes
    def not_erased(self, connection: Connection, there: Erasure) -> None:
        connection.execute(update(erasures).where(_is(there)).values(tries=erasures.c.tries + 1))

    @reads
    def waiting(self, connection: Connection) -> int:
        return connection.scalar(select(func.count()).select_from(erasures).where(erasures.c.tries < TRIES)) or 0

    def _note_messages(self, connection: Connection, who: Who) -> int:
        mine = (deliveries.c.team_id == who.team) & (deliveries.c.user_id == who.user)
        posts = mine & deliveries.c.channel.is_not(None) & deliveries.c.edits.is_(None)
        rows = connection.execute(select(deliveries).where(posts)).all()
        by_id = {row.id: row.ts for row in rows}
        for row in rows:
            connection.execute(insert(connection, erasures).values(**self._place(row, by_id)).on_conflict_do_nothing())
        return len(rows)

    def _place(self, row: Any, by_id: dict[str, str | None]) -> dict[str, Any]:
        mark = "" if row.ts else self._vault.pseudonym(row.team_id, row.id)
        return {
            "team_id": row.team_id, "channel": row.channel, "ts": row.ts or "", "mark": mark,
            "in_thread": by_id.get(row.under), "is_reply": row.kind == Kind.CARD,
        }  # fmt: skip


def _reply_waits() -> Any:
    """Whether a reply under this message is still to go."""
    reply = erasures.alias("reply")
    under_it = (reply.c.team_id == erasures.c.team_id) & (reply.c.channel == erasures.c.channel)
    under_it &= (reply.c.in_thread == erasures.c.ts) & reply.c.is_reply & (reply.c.tries < TRIES)
    return exists(select(reply.c.ts).where(under_it).correlate(erasures))


def _is(one: Erasure) -> Any:
    return (
        (erasures.c.team_id == one.team) & (erasures.c.channel == one.channel)
        & (erasures.c.ts == one.ts) & (erasures.c.mark == one.mark)
    )  # fmt: skip
