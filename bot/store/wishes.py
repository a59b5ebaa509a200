"""What a member wants of their check-ins as a whole: on again, yes to the ones asked about, few or only one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.series import Tempo
from bot.steps import closest
from bot.store import keep_in_touch, thread_rows
from bot.store.base import Room, reads, writes
from bot.store.schedule import LONGEST, begin, calendar_of, latest, replan, stages_since, write
from bot.store.schedule_queries import MEMBER
from bot.store.values import Who, moment

RECENT = timedelta(days=14)


class Wishes(Room):
    """What a member says about the series as a whole."""

    @reads
    def interview_on(self, connection: Connection, who: Who) -> date | None:
        """The day of the interview the member told of, in the series that runs."""
        current = latest(connection, who)
        told = current.interview_on if current is not None and not current.ended else None
        return date.fromisoformat(told) if told else None

    @writes
    def say_yes(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """To whoever wanted to be asked first: check-ins come."""
        say_yes(connection, who)
        replan(connection, who, now, why="chosen")
        current = latest(connection, who)
        if current is not None:
            thread_rows.redraw_parents(connection, who, current.started_at, now)  # also where no day is left to plan

    @writes
    def applied(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """Told before anybody asked: the reminder to keep applying is not needed in this series."""
        current = latest(connection, who)
        if current is not None:
            write(connection, who, current.id, applied_at=int(now.timestamp()))
            replan(connection, who, now, why="applied")

    @writes
    def ask_to_keep_in_touch(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> datetime | None:
        """One note about the people of that thread, 60 to 90 days after it began. When; None where it is too late."""
        current, calendar = latest(connection, who), calendar_of(connection, who)
        if current is not None and calendar is not None:
            keep_in_touch.ask(connection, who, current.id, journey, calendar, now)
        return keep_in_touch.when(connection, who, journey)

    @writes
    def drop_keeping_in_touch(self, connection: Connection, who: Who, journey: str, *, now: datetime) -> None:
        keep_in_touch.drop(connection, who, journey, now)

    @reads
    def keeps_in_touch_on(self, connection: Connection, who: Who, journey: str) -> datetime | None:
        return keep_in_touch.when(connection, who, journey)

    @reads
    def keeps_in_touch_next(self, connection: Connection, who: Who) -> datetime | None:
        return keep_in_touch.first(connection, who)


def take_up_again(connection: Connection, who: Who, now: datetime) -> None:
    """After Turn on: the latest series goes on where its dates allow, or a recent no begins a new one."""
    say_yes(connection, who)
    current = latest(connection, who)
    if current is None or current.ended or moment(current.started_at) + LONGEST < now:
        stages = stages_since(connection, who, int((now - RECENT).timestamp()))
        if stages:
            begin(connection, who, stage=closest(stages), now=now)
    replan(connection, who, now)


def say_yes(connection: Connection, who: Who) -> None:
    """The answer of who wanted to be asked first: as many check-ins as they set."""
    current = latest(connection, who)
    if current is not None and current.tempo == Tempo.none:
        cadence = connection.execute(MEMBER, who._asdict()).one().cadence
        write(connection, who, current.id, tempo=cadence)


def choose_cadence(connection: Connection, who: Who, cadence: Tempo, now: datetime) -> None:
    """Set for every no to come, it counts for the series that runs too, unless that one was softened."""
    current = latest(connection, who)
    if current is not None and current.tempo in (Tempo.usual, Tempo.only_one):
        write(connection, who, current.id, tempo=cadence, chosen_at=int(now.timestamp()))
