"""Deliveries on their way: what is due, who owns it, how it ended.

States: planned, sending, sent, skipped, cancelled, failed, unknown.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from bot.kinds import Kind
from bot.store import members, queue
from bot.store.base import Room, reads, writes
from bot.store.delivery_queries import IN_DOUBT, LANES, NEXT_CHECK_IN, NEXT_DUE, NEXT_OF_MEMBER
from bot.store.upsert import insert
from bot.store.values import Row, Who, moment
from bot.tables import deliveries, erasures

# A lane is worked through one row after the other: a member's threads, or a workspace's check-ins.
Lane = tuple[str, str]
LANES_AT_ONCE = 200


def _mine(team: str, delivery: str) -> Any:
    return (deliveries.c.team_id == team) & (deliveries.c.id == delivery)


class Deliveries(Room):
    """``now`` is the app's time, ``real`` the machine's, both Unix seconds."""

    @reads
    def lanes(self, connection: Connection, *, now: int, real: int) -> list[Lane]:
        """The lanes with something ready, threads first."""
        asked = {"now": now, "real": real, "most": LANES_AT_ONCE}
        return [(row.team_id, row.lane) for row in connection.execute(LANES, asked)]

    @reads
    def next(self, connection: Connection, lane: Lane, *, now: int, real: int) -> Row | None:
        team, user = lane
        asked = {"team": team, "user": user, "now": now, "real": real}
        row = connection.execute(NEXT_OF_MEMBER if user else NEXT_CHECK_IN, asked).first()
        return _row(row) if row else None

    @reads
    def ambiguous(self, connection: Connection, *, real: int, settle: int) -> list[Row]:
        """Posts that may have arrived and that nobody works on, once Slack had time to show them."""
        asked = {"real": real, "settled": real - settle, "most": LANES_AT_ONCE}
        return [_row(row) for row in connection.execute(IN_DOUBT, asked)]

    @writes
    def begin(self, connection: Connection, row: Row, *, token: str, channel: str, real: int, lease: int) -> bool:
        """The write-ahead: from here on the post may have arrived. False when it was taken back meanwhile."""
        ours = _mine(row.team, row.id) & (deliveries.c.state == "planned")
        ours &= deliveries.c.due_at == int(row.due.timestamp())
        facts: dict[str, Any] = {"token": token, "channel": channel, "attempts": row.attempts + 1}
        if not row.kind.is_redraw:
            facts |= {"state": "sending", "tried_at": real, "lease_until": real + lease, "looks": 0}
        return connection.execute(update(deliveries).where(ours).values(**facts)).rowcount == 1

    @writes
    def sent(self, connection: Connection, row: Row, *, token: str | None, ts: str | None, now: int) -> bool:
        """False when the row was deleted or taken over meanwhile."""
        ours = _mine(row.team, row.id) & (deliveries.c.token == token if token else deliveries.c.state == "sending")
        facts: dict[str, Any] = {"state": "sent", "sent_at": now, "reason": None} | ({"ts": ts} if ts else {})
        return connection.execute(update(deliveries).where(ours).values(**facts)).rowcount == 1

    @writes
    def end(self, connection: Connection, row: Row, state: str, *, why: str) -> None:
        """Skipped, cancelled, failed or unknown; whatever hangs on it has nothing to hang on any more."""
        ours = _mine(row.team, row.id) & deliveries.c.state.in_(("planned", "sending"))
        connection.execute(update(deliveries).where(ours).values(state=state, reason=why))
        hanging = or_(deliveries.c.under == row.id, deliveries.c.edits == row.id)
        its = (deliveries.c.team_id == row.team) & hanging & (deliveries.c.state == "planned")
        if not row.kind.is_redraw:
            connection.execute(update(deliveries).where(its).values(state="skipped", reason="nothing_to_hang_on"))

    @writes
    def again(self, connection: Connection, row: Row, *, retry_at: int) -> None:
        """Back into the queue, to be tried when ``retry_at`` (real time) has come."""
        facts: dict[str, Any] = {"state": "planned", "retry_at": retry_at, "token": None}
        ours = _mine(row.team, row.id) & deliveries.c.state.in_(("planned", "sending"))
        connection.execute(update(deliveries).where(ours).values(**facts))

    @writes
    def looked_in_vain(self, connection: Connection, row: Row, *, retry_at: int) -> None:
        """A look that could not be made. The row stays ambiguous."""
        looked = {"looks": row.looks + 1, "retry_at": retry_at}
        connection.execute(update(deliveries).where(_mine(row.team, row.id)).values(**looked))

    @writes
    def move(self, connection: Connection, row: Row, *, due: int) -> None:
        ours = _mine(row.team, row.id) & (deliveries.c.state == "planned")
        connection.execute(update(deliveries).where(ours).values(due_at=due))

    @writes
    def reply(self, connection: Connection, who: Who, kind: Kind, subject: str, *, now: datetime) -> None:
        """A message of its own that answers something a member sent."""
        members.ensure(connection, who)
        queue.post(connection, who, kind, [subject], due=[now])

    @writes
    def erase_later(self, connection: Connection, row: Row, *, channel: str, ts: str) -> None:
        """A message that arrived after its member had asked for deletion."""
        values = {"team_id": row.team, "channel": channel, "ts": ts, "mark": "", "is_reply": bool(row.thread_ts)}
        connection.execute(insert(connection, erasures).values(**values).on_conflict_do_nothing())

    @reads
    def next_due(self, connection: Connection) -> int | None:
        """When the next planned delivery falls due, of workspaces that may be written to."""
        found: int | None = connection.scalar(NEXT_DUE)
        return found

    @reads
    def counts(self, connection: Connection) -> dict[tuple[str, str, str], int]:
        """The ledger in numbers: (kind, state, reason) to how many."""
        columns = (deliveries.c.kind, deliveries.c.state, func.coalesce(deliveries.c.reason, "").label("reason"))
        query = select(*columns, func.count().label("n")).group_by(*columns)
        return {(row.kind, row.state, row.reason): row.n for row in connection.execute(query)}


def _row(row: Any) -> Row:
    return Row(
        team=row.team_id, id=row.id, user=row.user_id, kind=Kind(row.kind), subject=row.subject,
        due=moment(row.due_at), promised=moment(row.promised_at), attempts=row.attempts, tried_at=row.tried_at,
        looks=row.looks, channel=row.channel, thread_ts=row.thread_ts, edits_ts=row.edits_ts,
    )  # fmt: skip
