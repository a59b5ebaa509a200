"""Putting deliveries into the queue and taking them out again, inside somebody's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from bot.kinds import Kind
from bot.store.upsert import insert
from bot.store.values import Who
from bot.tables import deliveries


def delivery_id(kind: Kind, subject: str) -> str:
    return f"{kind}:{subject}"


def post(
    connection: Connection, who: Who, kind: Kind, subject: str, *, due: datetime, under: str | None = None
) -> None:
    """Plans one message. The same one twice is still one: its id is what it is about."""
    row = _row(who, kind, subject, due) | {"under": under}
    connection.execute(insert(connection, deliveries).values(**row).on_conflict_do_nothing())


def redraw(connection: Connection, who: Who, kind: Kind, subject: str, *, edits: str, due: datetime) -> None:
    """Asks for a message to be drawn anew. One that waits already is enough; one under way is followed by another."""
    row = _row(who, kind, subject, due) | {"edits": edits}
    again = row | {"retry_at": 0, "attempts": 0, "token": None, "reason": None}
    key = [deliveries.c.team_id, deliveries.c.id]
    connection.execute(
        insert(connection, deliveries).values(**row).on_conflict_do_update(index_elements=key, set_=again)
    )


def cancel(connection: Connection, team: str, ids: list[str], *, why: str) -> None:
    """Takes back what has not begun. A post under way cannot be taken back."""
    ours = (deliveries.c.team_id == team) & deliveries.c.id.in_(ids) & (deliveries.c.state == "planned")
    connection.execute(update(deliveries).where(ours).values(state="cancelled", reason=why))


def _row(who: Who, kind: Kind, subject: str, due: datetime) -> dict[str, object]:
    return {
        "team_id": who.team, "id": delivery_id(kind, subject), "user_id": who.user, "kind": kind, "subject": subject,
        "rank": kind.rank, "due_at": int(due.timestamp()), "promised_at": int(due.timestamp()),
        "state": "planned",
    }  # fmt: skip
