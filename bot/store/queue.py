"""Putting deliveries into the queue and taking them out again, inside somebody's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, update

from bot import failpoints
from bot.kinds import Kind
from bot.store import leases
from bot.store.upsert import insert_for, insert_new
from bot.store.values import Who
from bot.tables import deliveries

Planned = dict[str, object]  # a row of the table, to be
OUTDATE = (
    update(deliveries)
    .where(
        (deliveries.c.team_id == bindparam("team")) & (deliveries.c.id == bindparam("delivery"))
        & (deliveries.c.state == "planned")
    )
    .values(token=bindparam("newer"))
)  # fmt: skip


def delivery_id(kind: Kind, subject: str) -> str:
    return f"{kind}:{subject}"


def post(
    connection: Connection, who: Who, kind: Kind, subjects: Sequence[str], *, due: Sequence[datetime],
    under: str | None = None,
) -> None:  # fmt: skip
    """Plans one message a subject. The same one twice is still one: its id is what it is about.

    What falls due together under the same message goes out in the order given.
    """
    put(connection, messages(who, kind, subjects, due=due, under=under))
    if subjects and kind is Kind.CHECK_IN:
        leases.expect(connection, who.team, int(min(due).timestamp()))


def messages(
    who: Who, kind: Kind, subjects: Sequence[str], *, due: Sequence[datetime], under: str | None = None
) -> list[Planned]:  # fmt: skip
    """The same, to be ``put`` together with others."""
    rows = [_row(who, kind, each, at) | {"under": under} for each, at in zip(subjects, due, strict=True)]
    return [row | {"rank": kind.rank + place} for place, row in enumerate(rows)] if under else rows


def put(connection: Connection, rows: Sequence[Planned]) -> None:
    if rows:
        connection.execute(insert_new(connection, deliveries), rows)
        failpoints.reached("planning")


def redraw(connection: Connection, who: Who, kind: Kind, subject: str, *, edits: str, due: datetime) -> None:
    """Asks for a message to be drawn anew. One that waits already is enough; one under way is followed by another."""
    connection.execute(_asked_again(connection.dialect.name), _row(who, kind, subject, due) | {"edits": edits})


def outdate(connection: Connection, who: Who, delivery: str) -> None:
    """What somebody is composing of it just now is too old to begin with; they read it anew. It still waits."""
    connection.execute(OUTDATE, {"team": who.team, "delivery": delivery, "newer": secrets.token_hex(8)})


@cache
def _asked_again(dialect: str) -> Any:
    asked = insert_for(dialect, deliveries)
    anew = {"state": "planned", "retry_at": 0, "attempts": 0, "token": None, "reason": None}
    newer = {name: asked.excluded[name] for name in ("user_id", "edits", "rank", "due_at", "promised_at")}
    return asked.on_conflict_do_update(index_elements=["team_id", "id"], set_=anew | newer)


def cancel(connection: Connection, team: str, ids: list[str], *, why: str) -> None:
    """Takes back what has not begun. A post under way cannot be taken back."""
    if not ids:
        return
    ours = (deliveries.c.team_id == team) & deliveries.c.id.in_(ids) & (deliveries.c.state == "planned")
    connection.execute(update(deliveries).where(ours).values(state="cancelled", reason=why))


def _row(who: Who, kind: Kind, subject: str, due: datetime) -> Planned:
    return {
        "team_id": who.team, "id": delivery_id(kind, subject), "user_id": who.user, "kind": kind, "subject": subject,
        "rank": kind.rank, "due_at": int(due.timestamp()), "promised_at": int(due.timestamp()),
        "state": "planned",
    }  # fmt: skip
