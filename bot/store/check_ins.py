"""Check-ins that arrived, and what a member answers: each answer is a fact that moves what is still to come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, desc, select, update

from bot.exceptions import UnknownJourney
from bot.kinds import Kind
from bot.series import Purpose, Tempo
from bot.steps import Step
from bot.store import keep_in_touch, members, queue, schedule, wishes
from bot.store.base import Room, reads, writes
from bot.store.check_in_queries import (
    APPLIED,
    DONE_STEPS,
    DUE,
    FIND,
    KEPT,
    LAST_SENT,
    NEWEST_JOURNEY,
    OPEN_STEPS,
    PLACE_OF,
    PLACE_OF_NEWEST,
)
from bot.store.values import Background, CheckIn, Member, NoteKind, Who, moment
from bot.tables import check_ins


class CheckIns(Room):
    """Every answer checks that the check-in is the member's own, and raises UnknownJourney when it is not."""

    @reads
    def find(self, connection: Connection, who: Who, check_in: str) -> CheckIn:
        return _find(connection, who, check_in)

    @reads
    def upcoming(self, connection: Connection, who: Who) -> list[tuple[Purpose, datetime]]:
        return schedule.upcoming(connection, who)

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
        found: str | None = connection.scalar(NEWEST_JOURNEY, who._asdict())
        return found

    @reads
    def newest_place(self, connection: Connection, who: Who) -> tuple[str, str] | None:
        """Channel and ts of that thread's parent, once it is posted."""
        return _place(connection, who)

    @reads
    def background(self, connection: Connection, who: Who, check_in: str, member: Member | None) -> Background:
        """What a check-in is drawn from, in one look. ``member``: as known a moment ago."""
        found = _find(connection, who, check_in)
        recent = who._asdict() | {"since": int(found.series_started.timestamp())}
        done = set(connection.scalars(DONE_STEPS, recent))
        still = set(connection.scalars(OPEN_STEPS, recent)) if found.tempo is Tempo.weekly else ()
        return Background(
            found=found, member=member or members.find(connection, who), done=[step for step in Step if step in done],
            still_open=[step for step in Step if step in still],
            kept={NoteKind(each) for each in connection.scalars(KEPT, recent)},
            place=_place(connection, who, found.journey),
            applied=connection.scalar(APPLIED, recent | {"series": found.series}) is not None,
        )  # fmt: skip

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
    def snooze(self, connection: Connection, who: Who, check_in: str, until: date, *, now: datetime) -> None:
        found = _find(connection, who, check_in)
        current, calendar = schedule.latest(connection, who), schedule.calendar_of(connection, who)
        if found.journey and calendar:
            answered(connection, who, check_in, "snoozed", now)
            keep_in_touch.snooze(connection, who, found.series, found.journey, calendar, until, now)
        elif current is not None and not found.journey:
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
    def others(self, connection: Connection, who: Who, *, now: datetime) -> tuple[datetime | None, list[CheckIn]]:
        """When the member last got a check-in, in any series; and each planned one that is due by now: after a long
        silence there may be several.
        """
        last = connection.scalar(LAST_SENT, who._asdict())
        due = connection.execute(DUE, who._asdict() | {"now": int(now.timestamp())})
        return moment(last) if last else None, [_check_in(who, row) for row in due]

    @writes
    def replan(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """After the sender ended or gave back a check-in: what is still worth saying finds its day."""
        schedule.replan(connection, who, now)


def _find(connection: Connection, who: Who, check_in: str) -> CheckIn:
    row = connection.execute(FIND, who._asdict() | {"check_in": check_in}).first()
    if row is None:
        raise UnknownJourney
    return _check_in(who, row)


def _check_in(who: Who, row: Any) -> CheckIn:
    return CheckIn(
        id=row.id, who=who, series=row.series_id, purpose=Purpose(row.purpose), number=row.number, answer=row.answer,
        due=moment(row.promised_at), stage=row.stage, tempo=Tempo(row.tempo), series_started=moment(row.started_at),
        journey=row.journey_id,
    )  # fmt: skip


def _place(connection: Connection, who: Who, journey: str | None = None) -> tuple[str, str] | None:
    where = who._asdict() | {"journey": journey}
    found = connection.execute(PLACE_OF if journey else PLACE_OF_NEWEST, where).first()
    return (found.channel, found.ts) if found else None


def answered(connection: Connection, who: Who, check_in: str, answer: str | None, now: datetime) -> None:
    found = _find(connection, who, check_in)
    ours = (check_ins.c.team_id == who.team) & (check_ins.c.id == found.id)
    connection.execute(update(check_ins).where(ours).values(answer=answer))
    if answer == "seen":
        return  # told in place already, in words that are not kept
    _redraw(connection, who, found, now)


def _redraw(connection: Connection, who: Who, found: CheckIn, now: datetime) -> None:
    queue.redraw(connection, who, Kind.FOLD, found.id, edits=queue.delivery_id(Kind.CHECK_IN, found.id), due=now)
