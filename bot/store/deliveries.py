"""Deliveries on their way: what is due, who owns it, how it ended.

States: planned, sending, sent, skipped, cancelled, failed, unknown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, update

from bot.kinds import Kind
from bot.own_lanes import Lane
from bot.store import leases, members, queue, unnamed
from bot.store.base import Room, reads, writes
from bot.store.delivery_queries import (
    BEGIN_POST,
    BEGIN_REDRAW,
    IN_DOUBT,
    LANES,
    NEXT_CHECK_INS,
    NEXT_DUE,
    NEXT_OF_MEMBER,
    OLDEST_DUE,
    SENT,
)
from bot.store.real_time import RealNow
from bot.store.upsert import insert
from bot.store.values import Row, Who, moment
from bot.tables import deliveries, erasures


class Closed(NamedTuple):
    """Workspaces that cannot take anything now, a post, or a redraw: their rows must not stand before others'."""

    to_all: tuple[str, ...] = ()
    to_posts: tuple[str, ...] = ()
    to_redraws: tuple[str, ...] = ()


ROWS_AT_ONCE = 500


def _mine(team: str, delivery: str) -> Any:
    return (deliveries.c.team_id == team) & (deliveries.c.id == delivery)


def _still(row: Row) -> Any:
    """The row as it was read: nobody else has begun an attempt or settled it since."""
    under_way = deliveries.c.state.in_(("planned", "sending"))
    return _mine(row.team, row.id) & under_way & (deliveries.c.attempts == row.attempts)


class Deliveries(Room):
    """``now`` is the app's time, ``real`` the machine's, both Unix seconds.

    Whoever settles a row compares its attempts: a process that was frozen, or looked too slowly, changes nothing.
    """

    @reads
    def lanes(self, connection: Connection, *, now: int, real: int, closed: Closed) -> tuple[dict[Lane, int], bool]:
        """The members with something of a thread ready, whoever waits longest first, and since when (Unix seconds);
        and whether there are more.
        """
        asked = {"now": now, "real": real, "most": ROWS_AT_ONCE, **closed._asdict()}
        rows, lanes = connection.execute(LANES, asked).all(), dict[Lane, int]()
        for row in rows:
            lanes.setdefault((row.team_id, row.user_id), row.due_at)
        return lanes, len(rows) == ROWS_AT_ONCE

    @reads
    def next_of(self, connection: Connection, lane: Lane, *, now: int, real: int) -> Row | None:
        team, user = lane
        row = connection.execute(NEXT_OF_MEMBER, {"team": team, "user": user, "now": now, "real": real}).first()
        return self._with_member(connection, row) if row else None

    @reads
    def next_check_in(self, connection: Connection, team: str, *, now: int, real: int) -> Row | None:
        found = connection.execute(NEXT_CHECK_INS, {"team": team, "now": now, "real": real}).all()
        return replace(self._with_member(connection, found[0]), is_last=len(found) == 1) if found else None

    @reads
    def ambiguous(self, connection: Connection, *, real: int, after: int) -> list[Row]:
        """Posts that may have arrived, ``after`` so many seconds past their lease: Slack had time to show them."""
        asked = {"real": real, "after": after, "most": ROWS_AT_ONCE}
        return [self._row(connection, row) for row in connection.execute(IN_DOUBT, asked)]

    @writes
    def begin(self, connection: Connection, row: Row, *, token: str, channel: str, real: int, lease: int) -> Row | None:
        """The write-ahead: from here on the post may have arrived. None when it was taken back, over or outdated."""
        asked: dict[str, Any] = {
            "team": row.team, "delivery": row.id, "tries": row.attempts, "due": int(row.due.timestamp()),
            "theirs": row.token, "mine": token, "there": row.address or channel,
        }  # fmt: skip
        if not row.kind.is_redraw:
            asked |= {"real": real, "lease": lease}
        begun = connection.execute(BEGIN_REDRAW if row.kind.is_redraw else BEGIN_POST, asked).rowcount == 1
        return replace(row, attempts=row.attempts + 1, token=token, channel=channel) if begun else None

    @writes
    def look(self, connection: Connection, row: Row, *, real: int, lease: int) -> bool:
        """Takes a row in doubt for a look; False when somebody else is looking or has settled it."""
        free = _still(row) & (deliveries.c.state == "sending") & (deliveries.c.lease_until <= RealNow())
        taken = update(deliveries).where(free).values(lease_until=RealNow() + lease)
        return connection.execute(taken, {"real": real}).rowcount == 1

    @writes
    def sent(self, connection: Connection, row: Row, *, ts: str | None, now: int) -> bool:
        """False when the row was deleted or taken over meanwhile. What was posted without a look says so for good."""
        asked = {"team": row.team, "delivery": row.id, "mine": row.token, "now": now, "its_ts": ts, "why": row.reason}
        return connection.execute(SENT, asked).rowcount == 1

    @writes
    def found(self, connection: Connection, row: Row, *, channel: str, ts: str, now: int) -> None:
        """In Slack already, though this database does not know: it was put back from a backup."""
        facts = {"state": "sent", "ts": ts, "channel": row.address or channel, "sent_at": now, "reason": "found"}
        connection.execute(update(deliveries).where(_still(row)).values(**facts))

    @writes
    def end(self, connection: Connection, row: Row, state: str, *, why: str) -> None:
        """Skipped, cancelled, failed or unknown; whatever hangs on it has nothing to hang on any more."""
        ended = connection.execute(update(deliveries).where(_still(row)).values(state=state, reason=why))
        hanging = or_(deliveries.c.under == row.id, deliveries.c.edits == row.id)
        its = (deliveries.c.team_id == row.team) & hanging & (deliveries.c.state == "planned")
        if ended.rowcount and not row.kind.is_redraw:
            connection.execute(update(deliveries).where(its).values(state="skipped", reason="nothing_to_hang_on"))

    @writes
    def again(
        self, connection: Connection, row: Row, *, real: int, after: float, doubted: bool = False,
        why: str | None = None,
    ) -> None:  # fmt: skip
        """Back into the queue, to be tried ``after`` so many real seconds.

        ``row`` as it was read: an attempt that Slack definitely did not take leaves no trace in ``tried_at``.
        """
        facts: dict[str, Any] = {
            "state": "planned", "retry_at": RealNow() + math.ceil(after), "token": None, "tried_at": row.tried_at,
            "doubts": row.doubts + doubted, "reason": why or row.reason,
        }  # fmt: skip
        connection.execute(update(deliveries).where(_still(row)).values(**facts), {"real": real})
        if row.kind is Kind.CHECK_IN:
            leases.expect(connection, row.team, int(row.due.timestamp()))

    @writes
    def looked_in_vain(self, connection: Connection, row: Row, *, real: int, after: float) -> None:
        """A look that could not be made. The row stays ambiguous."""
        looked = {"looks": row.looks + 1, "retry_at": RealNow() + math.ceil(after), "lease_until": 0}
        connection.execute(update(deliveries).where(_still(row)).values(**looked), {"real": real})

    @writes
    def move(self, connection: Connection, row: Row, *, due: int) -> None:
        ours = _still(row) & (deliveries.c.state == "planned") & (deliveries.c.due_at == int(row.due.timestamp()))
        connection.execute(update(deliveries).where(ours).values(due_at=due))
        leases.expect(connection, row.team, due)

    @writes
    def reply(self, connection: Connection, who: Who, kind: Kind, subject: str, *, now: datetime) -> None:
        """A message of its own that answers something a member sent."""
        members.ensure(connection, who)
        queue.post(connection, who, kind, [subject], due=[now])

    @writes
    def replies(
        self, connection: Connection, who: Who, kind: Kind, subjects: Sequence[str], *, now: datetime
    ) -> None:  # fmt: skip
        """Several of them, in the order of their names."""
        queue.post(connection, who, kind, subjects, due=[now] * len(subjects))

    @writes
    def tell_operators(self, connection: Connection, channel: Who, subject: str, *, now: datetime) -> None:
        """``channel`` stands where a member would."""
        queue.post(connection, channel, Kind.STALL, [subject], due=[now])

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
    def waits_since(self, connection: Connection, due: int) -> bool:
        """Whether a delivery that fell due then or before still waits."""
        return connection.scalar(OLDEST_DUE, {"now": due}) is not None

    @reads
    def oldest_due(self, connection: Connection, *, now: int) -> int | None:
        """When the oldest delivery that should be on its way fell due."""
        found: int | None = connection.scalar(OLDEST_DUE, {"now": now})
        return found

    def _with_member(self, connection: Connection, row: Any) -> Row:
        found = self._row(connection, row)
        return found if found.asks_for_no_profile else replace(found, member=members.find(connection, found.who))

    def _row(self, connection: Connection, row: Any) -> Row:
        return Row(
            team=row.team_id, id=row.id, kind=Kind(row.kind), subject=row.subject, due=moment(row.due_at),
            promised=moment(row.promised_at), attempts=row.attempts, tried_at=row.tried_at, looks=row.looks,
            doubts=row.doubts, reason=row.reason, token=row.token, thread_ts=row.thread_ts, edits_ts=row.edits_ts,
            **unnamed.resolved(connection, self._vault, row),
        )  # fmt: skip
