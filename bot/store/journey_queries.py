"""What ``journeys`` asks the database, built once: every ``/rejected`` asks it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, desc, distinct, func, insert, literal, select, true

from bot.kinds import Kind
from bot.steps import State
from bot.store import queue
from bot.store.values import Asked, Who, moment
from bot.tables import deliveries, journeys, steps

# The same words again within a minute lead to the same thread; so they do for as long as it has not arrived.
SAME_WORDS = timedelta(minutes=1)
# After so many noes in a week, or over so many threads with an open step, the next one is told in the short form.
WEEK = timedelta(days=7)
NOES_A_WEEK = 3
OPEN_THREADS = 5

# Noes told together began at one moment: there the id decides, so that the one with the thread stands first.
NEWEST_FIRST = (desc(journeys.c.started_at), desc(journeys.c.id))
MINE = (journeys.c.team_id == bindparam("team")) & (journeys.c.user_id == bindparam("user"))
SHOWN = MINE & journeys.c.removed_at.is_(None)
SAME_KEY = (
    select(journeys.c.id, journeys.c.started_at, deliveries.c.state)
    .join(
        deliveries,
        (deliveries.c.team_id == journeys.c.team_id)
        & (deliveries.c.id == queue.delivery_id(Kind.PARENT, "") + journeys.c.id),
    )
    .where(SHOWN & (journeys.c.text_key == bindparam("key")))
    .order_by(desc(journeys.c.started_at))
    .limit(1)
    .subquery("same_key")
)
NOES_SINCE = select(func.count()).where(SHOWN & (journeys.c.started_at > bindparam("since")))
THREADS_OPEN = (
    select(func.count(distinct(journeys.c.id)))
    .join(steps, (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id))
    .where(SHOWN & (steps.c.state == State.OPEN))
)
LOOK_BACK = select(
    NOES_SINCE.scalar_subquery().label("in_a_week"), THREADS_OPEN.scalar_subquery().label("open"), SAME_KEY
).select_from(select(literal(1)).subquery().outerjoin(SAME_KEY, true()))  # fmt: skip

# A row for each of its steps.
FIND = (
    select(journeys, steps.c.step, steps.c.state)
    .join(steps, (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id))
    .where(MINE & (journeys.c.id == bindparam("journey")))
)
BEGIN = insert(journeys)
ADD_STEPS = insert(steps)


class Before(NamedTuple):
    """The thread the same words led to already, if they did; and whether the next no is one of many. The numbers
    decide that and are shown nowhere.
    """

    same: str | None
    is_many: bool


def look_back(connection: Connection, who: Who, asked: Asked, now: datetime) -> Before:
    """What the member told before."""
    since = int((now - WEEK).timestamp())
    found = connection.execute(LOOK_BACK, who._asdict() | {"key": asked.key, "since": since}).one()
    is_many = found.in_a_week >= NOES_A_WEEK or found.open >= OPEN_THREADS
    if found.id is None:
        return Before(None, is_many)
    recent = moment(found.started_at) + SAME_WORDS > now
    leads_there = asked.once or recent or found.state in ("planned", "sending")
    return Before(str(found.id) if leads_there else None, is_many)


def told_with(who: Who, journey: str) -> Any:
    """Noes told together share one key and one moment; the same words cannot begin twice at one moment."""
    told = journeys.alias("told")
    its = (told.c.team_id == who.team) & (told.c.id == journey)
    key, at = (select(column).where(its).scalar_subquery() for column in (told.c.text_key, told.c.started_at))
    mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user)
    return mine & (journeys.c.text_key == key) & (journeys.c.started_at == at)
