"""A month's members, counted once: what is kept of them are the numbers that may be shown, never the exact ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, distinct, exists, func, select

from bot.kinds import Kind
from bot.numbers import Counts
from bot.steps import State
from bot.store import queue
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert_new
from bot.store.values import Who, moment
from bot.tables import centers, check_ins, deliveries, journeys, releases, steps

SHOWN = 12  # months


class NumbersForStaff(Room):
    @reads
    def waiting(self, connection: Connection, month: str) -> list[tuple[str, str | None]]:
        """Workspaces with a connected channel that have no release of this month yet, with their zones."""
        done = exists().where((releases.c.team_id == centers.c.team_id) & (releases.c.month == month))
        query = select(centers.c.team_id, centers.c.zone).where(centers.c.channel.is_not(None) & ~done)
        return [(row.team_id, row.zone) for row in connection.execute(query)]

    @reads
    def count(self, connection: Connection, team: str, since: int, until: int) -> Counts:
        """Exactly, from ``since`` up to before ``until``. What was removed or deleted by then is not in it."""
        began = _in_month(journeys.c.started_at, since, until) & (journeys.c.team_id == team)
        began &= journeys.c.removed_at.is_(None)
        newest = select(journeys.c.user_id, journeys.c.stage).where(began).order_by(journeys.c.started_at)
        stage_of = {row.user_id: row.stage for row in connection.execute(newest)}
        return Counts(
            ever=_members(connection, journeys.c.team_id == team), began=len(stage_of),
            did=_members(connection, began & _did_a_step()), stages=Counter(stage_of.values()),
            applied=_answered(connection, team, since, until, "applied"),
            good_news=_answered(connection, team, since, until, "interview", "offer"),
        )  # fmt: skip

    @writes
    def release(self, connection: Connection, team: str, month: str, numbers: Mapping[str, int], *, now: int) -> None:
        """For good, also where nothing may be shown: a second count of the same month would tell the difference."""
        row = {"team_id": team, "month": month, "numbers": json.dumps(dict(numbers)), "released_at": now}
        connection.execute(insert_new(connection, releases), row)

    @reads
    def of(self, connection: Connection, team: str) -> dict[str, dict[str, int]]:
        """What may be shown, by month, the newest first."""
        query = select(releases).where(releases.c.team_id == team).order_by(releases.c.month.desc()).limit(SHOWN)
        return {row.month: json.loads(row.numbers) for row in connection.execute(query)}

    @writes
    def send(self, connection: Connection, who: Who, *, once: str, now: int) -> None:
        """The chart, as a message to one of staff."""
        queue.post(connection, who, Kind.NUMBERS, [f"{who.user}/{once}"], due=[moment(now)])


def _in_month(column: Any, since: int, until: int) -> Any:
    return (column >= since) & (column < until)


def _members(connection: Connection, those: Any) -> int:
    return connection.scalar(select(func.count(distinct(journeys.c.user_id))).where(those)) or 0


def _did_a_step() -> Any:
    its = (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id)
    return exists().where(its & (steps.c.state == State.DONE))


def _answered(connection: Connection, team: str, since: int, until: int, *answers: str) -> int:
    """Members with such an answer to a check-in that was sent in the month."""
    sent = and_(
        deliveries.c.team_id == check_ins.c.team_id, deliveries.c.kind == Kind.CHECK_IN,
        deliveries.c.subject == check_ins.c.id, _in_month(deliveries.c.sent_at, since, until),
    )  # fmt: skip
    query = select(func.count(distinct(check_ins.c.user_id))).join_from(check_ins, deliveries, sent)
    return connection.scalar(query.where(check_ins.c.team_id == team, check_ins.c.answer.in_(answers))) or 0
