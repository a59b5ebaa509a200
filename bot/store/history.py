"""A member's noes as a list: read by the page, changed, put together, deleted one by one, each of it undone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, desc, func, or_, select, update

from bot.exceptions import UnknownJourney
from bot.steps import Stage, State, Step
from bot.store import keep_in_touch, schedule, thread_rows
from bot.store.base import Room, reads, writes
from bot.store.history_values import Change, Entry
from bot.store.journey_queries import NEWEST_FIRST
from bot.store.opening import opened
from bot.store.values import Journey, Who, moment
from bot.tables import journeys, steps

UNDONE_WITHIN = timedelta(days=1)
PAGE = 10


class History(Room):
    """Every method checks that the no is the member's own, and raises UnknownJourney when it is not."""

    @reads
    def page(self, connection: Connection, who: Who, number: int) -> tuple[list[Journey], bool]:
        """The noes of one page, newest first, from 0 on; and whether there is another page."""
        query = select(journeys).where(_shown(who)).order_by(*NEWEST_FIRST).offset(number * PAGE).limit(PAGE + 1)
        rows = connection.execute(query).all()
        return [opened(self._vault, who, row, {}) for row in rows[:PAGE]], len(rows) > PAGE

    @reads
    def newest(self, connection: Connection, who: Who, most: int) -> list[Journey]:
        rows = connection.execute(select(journeys).where(_shown(who)).order_by(*NEWEST_FIRST).limit(most))
        return [opened(self._vault, who, row, {}) for row in rows]

    @reads
    def open_steps(self, connection: Connection, who: Who, *, most: int) -> list[tuple[Journey, Step]]:
        """Steps that wait for the member, newest thread first, in the order of the cards."""
        its = and_(steps.c.team_id == journeys.c.team_id, steps.c.journey_id == journeys.c.id)
        query = select(journeys, steps.c.step).join(steps, its).where(_shown(who) & (steps.c.state == State.OPEN))
        rows = connection.execute(query.order_by(*NEWEST_FIRST).limit(most)).all()
        found = [(opened(self._vault, who, row, {}), Step(row.step)) for row in rows]
        places = {journey.id: place for place, (journey, _) in reversed(list(enumerate(found)))}
        order = list(Step)
        return sorted(found, key=lambda each: (places[each[0].id], order.index(each[1])))

    @reads
    def undoable(self, connection: Connection, who: Who, *, now: datetime) -> Entry | None:
        """What was deleted or put together last, as long as that can be undone."""
        since = int((now - UNDONE_WITHIN).timestamp())
        fresh = journeys.c.merged_into.is_not(None) & (journeys.c.removed_at >= since)
        undone = _mine(who) & or_(journeys.c.delete_at.is_not(None), fresh)
        row = connection.execute(select(journeys).where(undone).order_by(desc(journeys.c.removed_at))).first()
        if row is None:
            return None
        goes_at = moment(row.delete_at) if row.delete_at else None
        return Entry(opened(self._vault, who, row, {}), merged=row.merged_into is not None, goes_at=goes_at)

    @reads
    def stages(self, connection: Connection, who: Who) -> Counter[Stage]:
        """How many noes came at which stage, of those whose stage was said."""
        query = select(journeys.c.stage, func.count()).where(_shown(who) & (journeys.c.stage != Stage.NONE))
        return Counter({Stage(stage): number for stage, number in connection.execute(query.group_by(journeys.c.stage))})

    @reads
    def steps_done(self, connection: Connection, who: Who) -> Counter[Step]:
        """How many of each step were done, in threads that were not removed."""
        its = and_(steps.c.team_id == journeys.c.team_id, steps.c.journey_id == journeys.c.id)
        query = (
            select(steps.c.step, func.count()).join(journeys, its).where(_shown(who) & (steps.c.state == State.DONE))
        )
        return Counter({Step(step): number for step, number in connection.execute(query.group_by(steps.c.step))})

    @writes
    def change(self, connection: Connection, who: Who, journey: str, change: Change, *, now: datetime) -> None:
        """Company, role, stage and day; the thread is drawn anew, and the check-ins follow the stage."""
        was = _row(connection, who, journey)
        names = {"sealed_company": self._vault.seal(change.company), "sealed_role": self._vault.seal(change.role)}
        facts = names | {"stage": change.stage, "happened_on": change.day, "left_out": False}
        _write(connection, who, journey, facts)
        if change.stage != was.stage:
            schedule.settle_stage(connection, who, now)
        _redraw(connection, who, was, _in_state(connection, who, journey, State.OPEN), now)

    @writes
    def merge(self, connection: Connection, who: Who, journey: str, into: str, *, now: datetime) -> None:
        """The same no told twice: ``into`` stands for both, what was done in the other is done there too."""
        if journey == into or _row(connection, who, into).removed_at is not None:
            raise UnknownJourney
        told = keep_in_touch.take_along(connection, who, journey, into)
        self._put_away(connection, who, journey, {"merged_into": into}, now)
        done = _in_state(connection, who, journey, State.DONE)
        for step in done:
            thread_rows.set_step(connection, who, into, step, State.DONE)
        thread_rows.redraw(connection, who, into, list(dict.fromkeys([*done, *told])), now)

    @writes
    def delete_later(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        """Out of sight at once, and gone for good in a day, its messages included."""
        self._put_away(connection, who, journey, {"delete_at": int((now + UNDONE_WITHIN).timestamp())}, now)

    @writes
    def restore(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        row = _row(connection, who, journey)
        _write(connection, who, journey, {"removed_at": None, "merged_into": None, "delete_at": None})
        schedule.settle_stage(connection, who, now)
        _redraw(connection, who, row, list(Step), now)

    def _put_away(self, connection: Connection, who: Who, journey: str, how: dict[str, Any], now: datetime) -> None:
        row = _row(connection, who, journey)
        _write(connection, who, journey, how | {"removed_at": int(now.timestamp())})
        schedule.settle_stage(connection, who, now)
        _redraw(connection, who, row, list(Step), now)


def _mine(who: Who) -> Any:
    return (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user)


def _shown(who: Who) -> Any:
    return _mine(who) & journeys.c.removed_at.is_(None)


def _row(connection: Connection, who: Who, journey: str) -> Row[Any]:
    row = connection.execute(select(journeys).where(_mine(who) & (journeys.c.id == journey))).first()
    if row is None:
        raise UnknownJourney
    return row


def _write(connection: Connection, who: Who, journey: str, facts: dict[str, Any]) -> None:
    connection.execute(update(journeys).where(_mine(who) & (journeys.c.id == journey)).values(**facts))


def _redraw(connection: Connection, who: Who, row: Row[Any], changed: list[Step], now: datetime) -> None:
    """Its cards, and the parent it is told on: noes told together share the thread of one of them."""
    thread_rows.redraw_cards(connection, who, row.id, changed, now)
    together = _mine(who) & (journeys.c.text_key == row.text_key) & (journeys.c.started_at == row.started_at)
    for journey in connection.scalars(select(journeys.c.id).where(together)).all():
        thread_rows.redraw_parent(connection, who, journey, now)


def _in_state(connection: Connection, who: Who, journey: str, state: State) -> list[Step]:
    its = (steps.c.team_id == who.team) & (steps.c.journey_id == journey) & (steps.c.state == state)
    return [Step(step) for step in connection.scalars(select(steps.c.step).where(its))]
