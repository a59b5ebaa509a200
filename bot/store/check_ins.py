"""Check-ins that arrived, and what a member answers: each answer is a fact that moves what is still to come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, desc, select, update

from bot.exceptions import UnknownJourney
from bot.kinds import Kind
from bot.series import Purpose, Tempo
from bot.steps import State, Step
from bot.store import members, queue, schedule, wishes
from bot.store.base import Room, reads, writes
from bot.store.journey_queries import NEWEST_FIRST
from bot.store.schedule_queries import its_check_in
from bot.store.values import CheckIn, Who, moment
from bot.tables import check_ins, deliveries, journeys, series, steps

SNOOZES_TO_ASK = 3


class CheckIns(Room):
    """Every answer checks that the check-in is the member's own, and raises UnknownJourney when it is not."""

    @reads
    def find(self, connection: Connection, who: Who, check_in: str) -> CheckIn:
        return _find(connection, who, check_in)

    @reads
    def upcoming(self, connection: Connection, who: Who) -> list[tuple[Purpose, datetime]]:
        return schedule.upcoming(connection, who)

    @reads
    def has_begun(self, connection: Connection, who: Who) -> bool:
        """Whether one of the latest series has gone out already."""
        return schedule.has_begun(connection, who)

    @reads
    def snoozed_in_a_row(self, connection: Connection, who: Who) -> int:
        mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user) & check_ins.c.answer.is_not(None)
        answers = connection.scalars(select(check_ins.c.answer).where(mine).order_by(desc(check_ins.c.number)))
        count = 0
        for answer in answers:
            if answer != "snoozed":
                break
            count += 1
        return count

    @reads
    def newest_journey(self, connection: Connection, who: Who) -> str | None:
        """The thread a check-in leads back to."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
        return connection.scalar(select(journeys.c.id).where(mine).order_by(*NEWEST_FIRST).limit(1))

    @reads
    def done_steps(self, connection: Connection, who: Who, *, since: datetime) -> list[Step]:
        """Which steps the member did, in any thread begun since then, in the order of the cards."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
        recent = mine & (journeys.c.started_at >= int(since.timestamp())) & (steps.c.state == State.DONE)
        its = (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id)
        found = set(connection.scalars(select(steps.c.step).join(journeys, its).where(recent)))
        return [step for step in Step if step in found]

    @reads
    def open_steps(self, connection: Connection, who: Who) -> list[Step]:
        """Which steps wait for the member in any of their threads, in the order of the cards."""
        mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
        its = (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id)
        waiting = select(steps.c.step).join(journeys, its).where(mine & (steps.c.state == State.OPEN))
        found = set(connection.scalars(waiting))
        return [step for step in Step if step in found]

    @reads
    def has_answered(self, connection: Connection, who: Who, series_id: str, answer: str) -> bool:
        """Whether any check-in of the series got this answer."""
        mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user)
        its = (check_ins.c.series_id == series_id) & (check_ins.c.answer == answer)
        return connection.scalar(select(check_ins.c.id).where(mine & its).limit(1)) is not None

    @writes
    def answer(self, connection: Connection, who: Who, check_in: str, answer: str | None, *, now: datetime) -> None:
        """Keeps an answer that changes nothing else: applied, not_yet, plan_set, not_this_week, still_waiting, seen.

        ``seen`` stands for how it is today: that somebody answered is kept, what they said is not.
        """
        answered(connection, who, check_in, answer, now)

    @writes
    def choose_tempo(
        self, connection: Connection, who: Who, tempo: Tempo, *, now: datetime, check_in: str | None = None
    ) -> None:
        """Only one, quieter, or one hello next week."""
        current = schedule.latest(connection, who)
        if current is not None:
            schedule.write(connection, who, current.id, tempo=tempo, chosen_at=int(now.timestamp()))
            schedule.replan(connection, who, now, why="softened")
        if check_in:
            answered(connection, who, check_in, str(tempo), now)

    @writes
    def say_yes(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """To whoever wanted to be asked first: check-ins come."""
        wishes.say_yes(connection, who)
        schedule.replan(connection, who, now, why="chosen")
        current = schedule.latest(connection, who)
        if current is not None:
            schedule.redraw_parents(connection, who, current, now)  # also where no day is left to plan

    @reads
    def waits_for_yes(self, connection: Connection, who: Who) -> bool:
        """Whether the latest series has no check-ins until the member wants them."""
        current = schedule.latest(connection, who)
        return current is not None and not current.ended and current.tempo == Tempo.none

    @writes
    def snooze(self, connection: Connection, who: Who, check_in: str, until: date, *, now: datetime) -> None:
        found = _find(connection, who, check_in)
        current = schedule.latest(connection, who)
        if current is not None:
            schedule.write(connection, who, current.id, snoozed=found.purpose, snooze_until=until.isoformat())
            answered(connection, who, check_in, "snoozed", now)
            schedule.replan(connection, who, now, why="snoozed")

    @writes
    def move_next(self, connection: Connection, who: Who, day: date, *, now: datetime) -> datetime | None:
        """The next check-in that is planned goes to that day, as if it had been snoozed before it came.

        When the next one is due now: the day itself or the first that fits. None where none is planned.
        """
        current, planned = schedule.latest(connection, who), schedule.upcoming(connection, who)
        if current is None or not planned:
            return None
        schedule.write(connection, who, current.id, snoozed=planned[0][0], snooze_until=day.isoformat())
        schedule.replan(connection, who, now, why="reminded")
        moved = schedule.upcoming(connection, who)
        return moved[0][1] if moved else None

    @writes
    def interview(self, connection: Connection, who: Who, check_in: str, day: date | None, *, now: datetime) -> None:
        """Quiet until the day after; without a day, for a week."""
        found = _find(connection, who, check_in)
        facts = {"interview_on": day and day.isoformat(), "interview_asked": int(now.timestamp())}
        schedule.write(connection, who, found.series, **facts)
        answered(connection, who, check_in, "interview", now)
        schedule.replan(connection, who, now, why="interview")

    @writes
    def offer(self, connection: Connection, who: Who, check_in: str, *, now: datetime) -> None:
        """An offer ends the series, and with it every check-in of the member."""
        _find(connection, who, check_in)
        current = schedule.latest(connection, who)
        if current is not None:
            schedule.write(connection, who, current.id, ended="offer")
        members.of(connection, who, check_ins_on=False)  # only Turn on starts again, or Undo
        answered(connection, who, check_in, "offer", now)
        schedule.replan(connection, who, now, why="offer")

    @writes
    def undo_offer(self, connection: Connection, who: Who, check_in: str, *, now: datetime) -> None:
        _find(connection, who, check_in)
        current = schedule.latest(connection, who)
        if current is not None and current.ended == "offer":
            schedule.write(connection, who, current.id, ended=None)
            members.of(connection, who, check_ins_on=True)
        answered(connection, who, check_in, None, now)
        schedule.replan(connection, who, now)

    @writes
    def stop(self, connection: Connection, who: Who, check_in: str, *, now: datetime) -> None:
        """Stop, pressed on a check-in: which is folded, and every other is taken back."""
        members.ensure(connection, who)
        members.of(connection, who, check_ins_on=False)
        schedule.replan(connection, who, now, why="stopped")
        if check_in:
            answered(connection, who, check_in, "stopped", now)

    @writes
    def turn_on(self, connection: Connection, who: Who, check_in: str, *, now: datetime) -> None:
        members.ensure(connection, who)
        members.of(connection, who, check_ins_on=True, paused_until=None)
        wishes.take_up_again(connection, who, now)
        if check_in:
            answered(connection, who, check_in, "turned_on", now)

    @writes
    def draw_again(self, connection: Connection, who: Who, check_in: str, *, now: datetime) -> None:
        """As its answer stands: a question where none was kept."""
        _redraw(connection, who, _find(connection, who, check_in), now)

    @reads
    def due(self, connection: Connection, who: Who, *, now: datetime) -> list[CheckIn]:
        """Every planned check-in of the member that is due by now: after a long silence there may be several."""
        mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user)
        due = (deliveries.c.state == "planned") & (deliveries.c.due_at <= int(now.timestamp()))
        found = connection.scalars(select(check_ins.c.id).join(deliveries, its_check_in()).where(mine & due))
        return [_find(connection, who, each) for each in found.all()]

    @reads
    def last_sent_at(self, connection: Connection, who: Who) -> datetime | None:
        """When the member last got a check-in, in any series."""
        mine = (deliveries.c.team_id == who.team) & (deliveries.c.user_id == who.user)
        sent = mine & (deliveries.c.kind == Kind.CHECK_IN) & deliveries.c.sent_at.is_not(None)
        newest = select(deliveries.c.sent_at).where(sent).order_by(desc(deliveries.c.sent_at)).limit(1)
        found = connection.scalar(newest)
        return moment(found) if found else None

    @writes
    def replan(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """After the sender ended or gave back a check-in: what is still worth saying finds its day."""
        schedule.replan(connection, who, now)


def _find(connection: Connection, who: Who, check_in: str) -> CheckIn:
    mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user) & (check_ins.c.id == check_in)
    its_series = (series.c.team_id == check_ins.c.team_id) & (series.c.id == check_ins.c.series_id)
    columns = (deliveries.c.promised_at, series.c.stage, series.c.tempo, series.c.started_at)
    query = select(check_ins, *columns).join(deliveries, its_check_in()).join(series, its_series).where(mine)
    row = connection.execute(query).first()
    if row is None:
        raise UnknownJourney
    return CheckIn(
        id=row.id, who=who, series=row.series_id, purpose=Purpose(row.purpose), number=row.number, answer=row.answer,
        due=moment(row.promised_at), stage=row.stage, tempo=Tempo(row.tempo), series_started=moment(row.started_at),
    )  # fmt: skip


def answered(connection: Connection, who: Who, check_in: str, answer: str | None, now: datetime) -> None:
    found = _find(connection, who, check_in)
    ours = (check_ins.c.team_id == who.team) & (check_ins.c.id == found.id)
    connection.execute(update(check_ins).where(ours).values(answer=answer))
    if answer == "seen":
        return  # told in place already, in words that are not kept
    _redraw(connection, who, found, now)


def _redraw(connection: Connection, who: Who, found: CheckIn, now: datetime) -> None:
    queue.redraw(connection, who, Kind.FOLD, found.id, edits=queue.delivery_id(Kind.CHECK_IN, found.id), due=now)
