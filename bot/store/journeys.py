"""Journeys: one rejection, its thread, its four steps."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, desc, insert, select, update

from bot.exceptions import UnknownJourney
from bot.kinds import Kind
from bot.steps import Stage, State, Step, next_waiting
from bot.store import members, queue, schedule
from bot.store.base import Room, reads, writes
from bot.store.check_ins import answered
from bot.store.values import Asked, Journey, Started, Who, moment
from bot.tables import deliveries, journeys, steps

# The same words again within a minute lead to the same thread; so they do for as long as it has not arrived.
SAME_WORDS = timedelta(minutes=1)
FIRST = Step.BE_PROFESSIONAL
SAME_KEY = (
    select(journeys.c.id, journeys.c.started_at, deliveries.c.state)
    .join(
        deliveries,
        (deliveries.c.team_id == journeys.c.team_id)
        & (deliveries.c.id == queue.delivery_id(Kind.PARENT, "") + journeys.c.id),
    )
    .where((journeys.c.team_id == bindparam("team")) & (journeys.c.user_id == bindparam("user")))
    .where((journeys.c.text_key == bindparam("key")) & journeys.c.removed_at.is_(None))
    .order_by(desc(journeys.c.started_at))
    .limit(1)
)


class Journeys(Room):
    """Every method checks that the journey is the member's own, and raises UnknownJourney when it is not."""

    @writes
    def start(self, connection: Connection, who: Who, asked: Asked, *, now: datetime) -> Started:
        """The journey, its steps, its thread and its check-ins, in one transaction."""
        members.ensure(connection, who)
        on = members.find(connection, who).check_ins_on
        if not asked.again and (same := _same_words(connection, who, asked.key, now)):
            return Started(same, repeated=True, check_ins_on=on)
        journey = self._begin(connection, who, asked, now)
        schedule.add_no(connection, who, stage=asked.stage, now=now)
        schedule.replan(connection, who, now)
        return Started(journey, repeated=False, check_ins_on=on)

    @writes
    def start_from(self, connection: Connection, who: Who, check_in: str, *, key: str, now: datetime) -> None:
        """Another no, told on a check-in: a thread of its own, once a check-in."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & (journeys.c.text_key == key)
        if connection.execute(select(journeys.c.id).where(mine)).first() is None:
            self._begin(connection, who, Asked(key), now)
            schedule.add_no(connection, who, stage=Stage.NONE, now=now)
            schedule.replan(connection, who, now)
        answered(connection, who, check_in, "another_no", now)

    @reads
    def find(self, connection: Connection, who: Who, journey: str) -> Journey:
        return self._journey(connection, who, journey)

    @reads
    def recent(self, connection: Connection, who: Who, *, limit: int) -> list[Journey]:
        """The member's journeys that were not removed, newest first."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
        newest = select(journeys.c.id).where(mine).order_by(desc(journeys.c.started_at)).limit(limit)
        return [self._journey(connection, who, found) for found in connection.scalars(newest).all()]

    @writes
    def settle_step(
        self, connection: Connection, who: Who, journey: str, step: Step, *, was: State, becomes: State, now: datetime
    ) -> None:
        """Compare and set: a second press, or one on an old drawing, changes nothing. Then the next card is dealt."""
        states = self._journey(connection, who, journey).states
        if states.get(step) is not was:
            return
        _set_step(connection, who, journey, step, becomes)
        states = states | {step: becomes}
        if becomes in (State.DONE, State.NOT_NOW) and State.OPEN not in states.values():
            following = next_waiting(states)
            self._deal(connection, who, journey, [following] if following else [], now)
        self._redraw(connection, who, journey, [step], now)

    @writes
    def show_all(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        states = self._journey(connection, who, journey).states
        self._deal(connection, who, journey, [step for step in states if states[step] is State.WAITING], now)
        self._redraw(connection, who, journey, [step for step in states if states[step] is State.OPEN], now)

    @writes
    def choose_stage(self, connection: Connection, who: Who, journey: str, stage: Stage, *, now: datetime) -> None:
        """Redraws what is not done yet, and lets the check-ins follow."""
        states = self._journey(connection, who, journey).states
        _write(connection, who, journey, stage=stage)
        schedule.settle_stage(connection, who, now)
        self._redraw(connection, who, journey, [step for step in states if states[step] is State.OPEN], now)

    @writes
    def remove(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        """Just looking: the thread closes, its check-ins fall away, and it can be undone."""
        states = self._journey(connection, who, journey).states
        _write(connection, who, journey, removed_at=int(now.timestamp()))
        schedule.settle_stage(connection, who, now)
        self._redraw(connection, who, journey, list(states), now)

    @writes
    def restore(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        states = self._journey(connection, who, journey).states
        _write(connection, who, journey, removed_at=None)
        schedule.settle_stage(connection, who, now)
        self._redraw(connection, who, journey, list(states), now)

    @reads
    def place(self, connection: Connection, who: Who, journey: str) -> tuple[str, str] | None:
        """Channel and ts of the thread's parent, once it is posted."""
        parent = _delivery(who, queue.delivery_id(Kind.PARENT, journey)) & deliveries.c.ts.is_not(None)
        found = connection.execute(select(deliveries.c.channel, deliveries.c.ts).where(parent)).first()
        return (found.channel, found.ts) if found else None

    def _begin(self, connection: Connection, who: Who, asked: Asked, now: datetime) -> str:
        journey = secrets.token_hex(8)
        connection.execute(
            insert(journeys).values(
                team_id=who.team, id=journey, user_id=who.user, stage=asked.stage, text_key=asked.key,
                sealed_company=self._vault.seal(asked.company), sealed_role=self._vault.seal(asked.role),
                left_out=asked.left_out, started_at=int(now.timestamp()),
            )
        )  # fmt: skip
        dealt = {step: State.OPEN if step is FIRST else State.WAITING for step in Step}
        rows = [{"team_id": who.team, "journey_id": journey, "step": step, "state": dealt[step]} for step in Step]
        connection.execute(insert(steps), rows)
        queue.post(connection, who, Kind.PARENT, [journey], due=[now])
        _post_cards(connection, who, journey, [FIRST], now)
        return journey

    def _journey(self, connection: Connection, who: Who, journey: str) -> Journey:
        ours = (journeys.c.team_id == who.team) & (journeys.c.id == journey) & (journeys.c.user_id == who.user)
        row = connection.execute(select(journeys).where(ours)).first()
        if row is None:
            raise UnknownJourney
        its = (steps.c.team_id == who.team) & (steps.c.journey_id == journey)
        found = {Step(each.step): State(each.state) for each in connection.execute(select(steps).where(its))}
        return self._opened(who, row, {step: found[step] for step in Step})

    def _opened(self, who: Who, row: Row[Any], states: dict[Step, State]) -> Journey:
        return Journey(
            id=row.id, who=who, stage=Stage(row.stage), company=self._vault.open(row.sealed_company),
            role=self._vault.open(row.sealed_role), left_out=row.left_out, started=moment(row.started_at),
            removed=row.removed_at is not None, states=states,
        )  # fmt: skip

    def _deal(self, connection: Connection, who: Who, journey: str, dealt: list[Step], now: datetime) -> None:
        for step in dealt:
            _set_step(connection, who, journey, step, State.OPEN)
        _post_cards(connection, who, journey, dealt, now)

    def _redraw(self, connection: Connection, who: Who, journey: str, changed: list[Step], now: datetime) -> None:
        for step in changed:
            subject = f"{journey}/{step}"
            card = queue.delivery_id(Kind.CARD, subject)
            if connection.execute(select(deliveries.c.id).where(_delivery(who, card))).first():
                queue.redraw(connection, who, Kind.CARD_REDRAW, subject, edits=card, due=now)
        parent = queue.delivery_id(Kind.PARENT, journey)
        queue.redraw(connection, who, Kind.PARENT_REDRAW, journey, edits=parent, due=now)


def _post_cards(connection: Connection, who: Who, journey: str, dealt: list[Step], now: datetime) -> None:
    subjects = [f"{journey}/{step}" for step in dealt]
    parent = queue.delivery_id(Kind.PARENT, journey)
    queue.post(connection, who, Kind.CARD, subjects, due=[now] * len(subjects), under=parent)


def _delivery(who: Who, delivery: str) -> Any:
    return (deliveries.c.team_id == who.team) & (deliveries.c.id == delivery)


def _same_words(connection: Connection, who: Who, key: str, now: datetime) -> str | None:
    found = connection.execute(SAME_KEY, who._asdict() | {"key": key}).first()
    if found is None:
        return None
    recent = moment(found.started_at) + SAME_WORDS > now
    return str(found.id) if recent or found.state in ("planned", "sending") else None


def _set_step(connection: Connection, who: Who, journey: str, step: Step, state: State) -> None:
    its = (steps.c.team_id == who.team) & (steps.c.journey_id == journey) & (steps.c.step == step)
    connection.execute(update(steps).where(its).values(state=state))


def _write(connection: Connection, who: Who, journey: str, **facts: Any) -> None:
    ours = (journeys.c.team_id == who.team) & (journeys.c.id == journey)
    connection.execute(update(journeys).where(ours).values(**facts))
