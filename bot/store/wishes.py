"""What a member wants of their check-ins as a whole: on again, yes to the ones asked about, few or only one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.series import Tempo
from bot.steps import closest
from bot.store.schedule import LONGEST, begin, latest, replan, stages_since, write
from bot.store.schedule_queries import MEMBER
from bot.store.values import Who, moment

RECENT = timedelta(days=14)


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
