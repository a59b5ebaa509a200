"""What ``journeys`` asks the database, built once: every ``/rejected`` asks it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, desc, distinct, func, insert, select

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
)
NOES_SINCE = select(func.count()).where(SHOWN & (journeys.c.started_at > bindparam("since")))
THREADS_OPEN = (
    select(func.count(distinct(journeys.c.id)))
    .join(steps, (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id))
    .where(SHOWN & (steps.c.state == State.OPEN))
)
NOES = select(NOES_SINCE.scalar_subquery().label("in_a_week"), THREADS_OPEN.scalar_subquery().label("open"))

FIND = select(journeys).where(MINE & (journeys.c.id == bindparam("journey")))
ITS_STEPS = select(steps).where(
    (steps.c.team_id == bindparam("team")) & (steps.c.journey_id == bindparam("journey"))
)  # fmt: skip
BEGIN = insert(journeys)
ADD_STEPS = insert(steps)


def same_words(connection: Connection, who: Who, asked: Asked, now: datetime) -> str | None:
    """The thread these words led to already, if they did."""
    found = connection.execute(SAME_KEY, who._asdict() | {"key": asked.key}).first()
    if found is None:
        return None
    recent = moment(found.started_at) + SAME_WORDS > now
    return str(found.id) if asked.once or recent or found.state in ("planned", "sending") else None


def has_had_many(connection: Connection, who: Who, now: datetime) -> bool:
    """Whether the next no is one of many. The numbers decide that and are shown nowhere."""
    since = int((now - WEEK).timestamp())
    noes = connection.execute(NOES, who._asdict() | {"since": since}).one()
    return bool(noes.in_a_week >= NOES_A_WEEK or noes.open >= OPEN_THREADS)


def told_with(who: Who, journey: str) -> Any:
    """Noes told together share one key and one moment; the same words cannot begin twice at one moment."""
    told = journeys.alias("told")
    its = (told.c.team_id == who.team) & (told.c.id == journey)
    key, at = (select(column).where(its).scalar_subquery() for column in (told.c.text_key, told.c.started_at))
    mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user)
    return mine & (journeys.c.text_key == key) & (journeys.c.started_at == at)
