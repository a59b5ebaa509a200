"""Journeys: one rejection, its thread, its four steps."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.kinds import Kind
from bot.steps import Stage, State, Step, next_waiting
from bot.store import members, queue, schedule, thread_rows
from bot.store.base import Room, reads, writes
from bot.store.check_ins import answered
from bot.store.journey_queries import ADD_STEPS, BEGIN, NEWEST_FIRST, look_back, told_with
from bot.store.opening import find
from bot.store.values import Asked, Journey, Started, Who
from bot.tables import deliveries, journeys

FIRST = Step.BE_PROFESSIONAL
NOT_DONE = (State.OPEN, State.NOT_NOW)  # and dealt: on the table, to be worded anew


class Journeys(Room):
    """Every method checks that the journey is the member's own, and raises UnknownJourney when it is not."""

    @writes
    def start(self, connection: Connection, who: Who, asked: Asked, *, now: datetime) -> Started:
        """The journey, its steps, its thread and its check-ins, in one transaction."""
        members.ensure(connection, who)
        before = look_back(connection, who, asked, now)
        if before.same:
            return Started(before.same, repeated=True)
        journey = self._begin(connection, who, [asked], now, short=before.is_many)
        return Started(journey, repeated=False)

    @writes
    def start_several(self, connection: Connection, who: Who, noes: Sequence[Asked], *, now: datetime) -> None:
        """Noes told together, under one key: every one is remembered, and one short thread stands for them."""
        members.ensure(connection, who)
        if not look_back(connection, who, noes[0], now).same:
            self._begin(connection, who, noes, now, short=True)

    @writes
    def start_from(
        self, connection: Connection, who: Who, check_in: str, *, key: str, stage: Stage, now: datetime
    ) -> None:
        """Another no, told on a check-in: a thread of its own, once a check-in."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & (journeys.c.text_key == key)
        if connection.execute(select(journeys.c.id).where(mine)).first() is None:
            asked = Asked(key, stage=stage)
            self._begin(connection, who, [asked], now, short=look_back(connection, who, asked, now).is_many)
        answered(connection, who, check_in, "another_no", now)

    @reads
    def find(self, connection: Connection, who: Who, journey: str) -> Journey:
        return self._journey(connection, who, journey)

    @reads
    def recent(self, connection: Connection, who: Who, *, limit: int) -> list[Journey]:
        """The member's journeys that were not removed, newest first."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
        newest = select(journeys.c.id).where(mine).order_by(*NEWEST_FIRST).limit(limit)
        return [self._journey(connection, who, found) for found in connection.scalars(newest).all()]

    @reads
    def names(self, connection: Connection, who: Who) -> list[str]:
        """Every company and role of theirs that is kept, those of removed threads too."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user)
        rows = connection.execute(select(journeys.c.sealed_company, journeys.c.sealed_role).where(mine)).all()
        return [name for row in rows for sealed in row if (name := self._vault.open(sealed))]

    @writes
    def settle_step(
        self, connection: Connection, who: Who, journey: str, step: Step, *, was: State, becomes: State, now: datetime
    ) -> None:
        """Compare and set: a second press, or one on an old drawing, changes nothing. Then the next card is dealt."""
        states = self._journey(connection, who, journey).states
        if states.get(step) is not was:
            return
        thread_rows.set_step(connection, who, journey, step, becomes)
        states = states | {step: becomes}
        if becomes in (State.DONE, State.NOT_NOW) and State.OPEN not in states.values():
            following = next_waiting(states)
            thread_rows.deal(connection, who, journey, [following] if following else [], now)
        thread_rows.redraw(connection, who, journey, [step], now)

    @writes
    def finish(
        self, connection: Connection, who: Who, journey: str, finished: Sequence[Step], *, now: datetime
    ) -> None:
        """Done, however each stood before. One not dealt yet gets its card too, for what can be pressed on it later."""
        states = self._journey(connection, who, journey).states
        changed = [step for step in finished if states[step] is not State.DONE]
        early = [step for step in changed if states[step] is State.WAITING]
        for step in changed:
            thread_rows.set_step(connection, who, journey, step, State.DONE)
        thread_rows.post_cards(connection, who, journey, early, now)
        states = states | dict.fromkeys(changed, State.DONE)
        if changed and State.OPEN not in states.values():
            following = next_waiting(states)
            thread_rows.deal(connection, who, journey, [following] if following else [], now)
        thread_rows.redraw(connection, who, journey, [step for step in changed if step not in early], now)

    @writes
    def show_all(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        states = self._journey(connection, who, journey).states
        thread_rows.deal(connection, who, journey, [step for step in states if states[step] is State.WAITING], now)
        thread_rows.redraw(connection, who, journey, [step for step in states if states[step] is State.OPEN], now)

    @writes
    def choose_stage(self, connection: Connection, who: Who, journey: str, stage: Stage, *, now: datetime) -> None:
        """Redraws what is not done yet, and lets the check-ins follow."""
        states = self._journey(connection, who, journey).states
        _write(connection, who, journey, stage=stage)
        schedule.settle_stage(connection, who, now)
        thread_rows.redraw(connection, who, journey, [step for step in states if states[step] in NOT_DONE], now)

    @writes
    def draw_again(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        """The cards not done yet, in words that are kept nowhere. No fact changes."""
        states = self._journey(connection, who, journey).states
        thread_rows.redraw_cards(connection, who, journey, [step for step in states if states[step] in NOT_DONE], now)

    @writes
    def remove(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        """Just looking: the thread closes, its check-ins fall away, and it can be undone."""
        states = self._journey(connection, who, journey).states
        _write_together(connection, who, journey, removed_at=int(now.timestamp()))
        schedule.settle_stage(connection, who, now)
        thread_rows.redraw(connection, who, journey, list(states), now)

    @writes
    def restore(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        states = self._journey(connection, who, journey).states
        _write_together(connection, who, journey, removed_at=None, merged_into=None, delete_at=None)
        schedule.settle_stage(connection, who, now)
        thread_rows.redraw(connection, who, journey, list(states), now)

    @reads
    def place(self, connection: Connection, who: Who, journey: str) -> tuple[str, str] | None:
        """Channel and ts of the thread's parent, once it is posted."""
        parent = thread_rows.delivery(who, queue.delivery_id(Kind.PARENT, journey)) & deliveries.c.ts.is_not(None)
        found = connection.execute(select(deliveries.c.channel, deliveries.c.ts).where(parent)).first()
        return (found.channel, found.ts) if found else None

    def _begin(self, connection: Connection, who: Who, noes: Sequence[Asked], now: datetime, *, short: bool) -> str:
        """One thread, whichever of the noes it is about, and a place for each of them in the series."""
        ids = (secrets.token_hex(8) for _ in noes)
        journey, *others = sorted(ids, reverse=True)  # as they were told: see NEWEST_FIRST
        self._remember(connection, who, journey, noes[0], now, short=short, dealt=FIRST)
        for other, asked in zip(others, noes[1:], strict=True):
            self._remember(connection, who, other, asked, now, short=short)
        schedule.add_no(connection, who, stage=noes[0].stage, now=now, weekly=short)
        thread_rows.begin(connection, who, journey, FIRST, now)
        return journey

    def _remember(
        self, connection: Connection, who: Who, journey: str, asked: Asked, now: datetime, *,
        short: bool, dealt: Step | None = None,
    ) -> None:  # fmt: skip
        connection.execute(
            BEGIN,
            {
                "team_id": who.team, "id": journey, "user_id": who.user, "stage": asked.stage, "text_key": asked.key,
                "sealed_company": self._vault.seal(asked.company), "sealed_role": self._vault.seal(asked.role),
                "left_out": asked.left_out, "short": short, "started_at": int(now.timestamp()),
            },
        )  # fmt: skip
        states = {step: State.OPEN if step is dealt else State.WAITING for step in Step}
        rows = [{"team_id": who.team, "journey_id": journey, "step": step, "state": states[step]} for step in Step]
        connection.execute(ADD_STEPS, rows)

    def _journey(self, connection: Connection, who: Who, journey: str) -> Journey:
        return find(connection, self._vault, who, journey)


def _write(connection: Connection, who: Who, journey: str, **facts: Any) -> None:
    ours = (journeys.c.team_id == who.team) & (journeys.c.id == journey)
    connection.execute(update(journeys).where(ours).values(**facts))


def _write_together(connection: Connection, who: Who, journey: str, **facts: Any) -> None:
    connection.execute(update(journeys).where(told_with(who, journey)).values(**facts))
