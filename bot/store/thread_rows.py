"""What a change of a thread asks of the queue, inside a transaction: cards dealt, cards and parent drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.kinds import Kind
from bot.steps import State, Step
from bot.store import queue
from bot.store.schedule_queries import PARENTS_SINCE
from bot.store.values import Who
from bot.tables import deliveries, steps


def deal(connection: Connection, who: Who, journey: str, dealt: Sequence[Step], now: datetime) -> None:
    for step in dealt:
        set_step(connection, who, journey, step, State.OPEN)
    post_cards(connection, who, journey, dealt, now)


def begin(connection: Connection, who: Who, journey: str, first: Step, now: datetime) -> None:
    """The parent and its first card."""
    parent = queue.messages(who, Kind.PARENT, [journey], due=[now])
    queue.put(connection, [*parent, *_cards(who, journey, [first], now)])


def post_cards(connection: Connection, who: Who, journey: str, dealt: Sequence[Step], now: datetime) -> None:
    queue.put(connection, _cards(who, journey, dealt, now))


def _cards(who: Who, journey: str, dealt: Sequence[Step], now: datetime) -> list[queue.Planned]:
    subjects = [f"{journey}/{step}" for step in dealt]
    parent = queue.delivery_id(Kind.PARENT, journey)
    return queue.messages(who, Kind.CARD, subjects, due=[now] * len(subjects), under=parent)


def redraw(connection: Connection, who: Who, journey: str, changed: Sequence[Step], now: datetime) -> None:
    """The cards of these steps, and the parent."""
    redraw_cards(connection, who, journey, changed, now)
    redraw_parent(connection, who, journey, now)


def redraw_parent(connection: Connection, who: Who, journey: str, now: datetime) -> None:
    """Where there is one: of noes told together only one has it."""
    parent = queue.delivery_id(Kind.PARENT, journey)
    if connection.execute(select(deliveries.c.id).where(delivery(who, parent))).first():
        queue.redraw(connection, who, Kind.PARENT_REDRAW, journey, edits=parent, due=now)


def redraw_parents(connection: Connection, who: Who, since: int, now: datetime) -> None:
    """The parents show the dates, so those of threads begun ``since`` (Unix seconds) are drawn anew when dates move.
    One that is not posted yet draws the new ones, and is composed again where somebody is just at it.
    """
    for journey, state in connection.execute(PARENTS_SINCE, who._asdict() | {"since": since}).all():
        parent = queue.delivery_id(Kind.PARENT, journey)
        if state == "planned":
            queue.outdate(connection, who, parent)
        else:
            queue.redraw(connection, who, Kind.PARENT_REDRAW, journey, edits=parent, due=now)


def redraw_cards(connection: Connection, who: Who, journey: str, changed: Sequence[Step], now: datetime) -> None:
    for step in changed:
        subject = f"{journey}/{step}"
        card = queue.delivery_id(Kind.CARD, subject)
        if connection.execute(select(deliveries.c.id).where(delivery(who, card))).first():
            queue.redraw(connection, who, Kind.CARD_REDRAW, subject, edits=card, due=now)


def delivery(who: Who, delivery: str) -> Any:
    return (deliveries.c.team_id == who.team) & (deliveries.c.id == delivery)


def set_step(connection: Connection, who: Who, journey: str, step: Step, state: State) -> None:
    its = (steps.c.team_id == who.team) & (steps.c.journey_id == journey) & (steps.c.step == step)
    connection.execute(update(steps).where(its).values(state=state))
