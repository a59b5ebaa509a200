"""The ledger: how deliveries ended, for the operator. It names nobody: members are pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, true

from bot.store.base import Room, reads
from bot.tables import deliveries

LATE = deliveries.c.sent_at - deliveries.c.promised_at


@dataclass(frozen=True)
class Wanted:
    """Narrows the ledger down. ``due_by`` (Unix seconds): what was due by then and is neither sent nor ended."""

    state: str | None = None
    kind: str | None = None
    due_by: int | None = None


@dataclass(frozen=True)
class Line:
    """How many of one kind ended the same way; of sent ones how late, in seconds."""

    kind: str
    state: str
    reason: str
    count: int
    late_median: int | None = None
    late_most: int | None = None


@dataclass(frozen=True)
class Entry:
    """One delivery. ``due`` is Unix seconds as promised, ``late`` seconds, ``who`` a pseudonym."""

    delivery: str
    who: str
    kind: str
    state: str
    reason: str
    due: int
    late: int | None
    tries: int


class Ledger(Room):
    @reads
    def lines(self, connection: Connection, wanted: Wanted) -> list[Line]:
        columns = (deliveries.c.kind, deliveries.c.state, func.coalesce(deliveries.c.reason, "").label("reason"))
        query = select(*columns, func.count().label("n")).where(_narrowed(wanted)).group_by(*columns).order_by(*columns)
        return [
            Line(row.kind, row.state, row.reason, row.n, *_lateness(connection, row))
            for row in connection.execute(query)
        ]

    @reads
    def entries(self, connection: Connection, wanted: Wanted, *, most: int) -> list[Entry]:
        """The newest first."""
        query = select(deliveries, LATE.label("late")).where(_narrowed(wanted))
        newest = query.order_by(deliveries.c.promised_at.desc(), deliveries.c.id).limit(most)
        return [self._entry(row) for row in connection.execute(newest)]

    def _entry(self, row: Any) -> Entry:
        return Entry(
            delivery=self._vault.pseudonym(row.team_id, row.id), who=self._vault.pseudonym(row.team_id, row.user_id),
            kind=row.kind, state=row.state, reason=row.reason or "", due=row.promised_at,
            late=max(0, row.late) if row.late is not None else None, tries=row.attempts,
        )  # fmt: skip


def _narrowed(wanted: Wanted) -> Any:
    asked: Any = true()
    if wanted.state:
        asked &= deliveries.c.state == wanted.state
    if wanted.kind:
        asked &= deliveries.c.kind == wanted.kind
    if wanted.due_by is not None:
        asked &= deliveries.c.state.in_(("planned", "sending")) & (deliveries.c.due_at <= wanted.due_by)
    return asked


def _lateness(connection: Connection, row: Any) -> tuple[int | None, int | None]:
    """The middle one and the latest, found by the database: there may be a million."""
    if row.state != "sent":
        return None, None
    its = (deliveries.c.kind == row.kind) & (func.coalesce(deliveries.c.reason, "") == row.reason)
    late = select(LATE).where(its & (deliveries.c.state == "sent") & LATE.is_not(None)).order_by(LATE)
    middle = connection.scalar(late.offset(row.n // 2).limit(1))
    latest = connection.scalar(select(func.max(LATE)).where(its & (deliveries.c.state == "sent")))
    return max(0, middle or 0), max(0, latest or 0)
