"""What a series of check-ins is made of: the purposes, what the member chose, and the facts the dates follow from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a check-in is for. Those of a day are named after how long after the no they come at the earliest."""

    day_1 = "day_1"
    day_3 = "day_3"
    day_7 = "day_7"
    day_14 = "day_14"
    interview = "interview"
    hello = "hello"
    keep_in_touch = "keep_in_touch"  # beside all series: months later, for one thread


class Tempo(StrEnum):
    """What the member chose. `hello` is one hello a week later, without job talk; an offer or a stop is `none`.

    Nobody chooses `weekly`: it is for many noes, one message a week for all of them.
    """

    usual = "usual"
    weekly = "weekly"
    only_one = "only_one"
    quieter = "quieter"
    hello = "hello"
    none = "none"


@dataclass(frozen=True)
class Sent:
    purpose: Purpose
    at: datetime


@dataclass(frozen=True)
class Series:
    """One series, from its first no to its last check-in; a later no only moves `newest`.

    `earlier` are check-ins of series before this one: they count for the gaps and for nothing else.
    `interview_asked` is when "an interview" was pressed; without `interview_on` no date was known.
    """

    started: datetime
    newest: datetime
    stage: str = "none"
    tempo: Tempo = Tempo.usual
    sent: tuple[Sent, ...] = ()
    chosen_at: datetime | None = None
    interview_on: date | None = None
    interview_asked: datetime | None = None
    snoozed: Purpose | None = None
    snooze_until: date | None = None
    unanswered: int = 0
    paused_until: date | None = None
    earlier: tuple[datetime, ...] = ()
    applied: bool = False  # said so since the newest no, before the reminder came


@dataclass(frozen=True)
class Planned:
    purpose: Purpose
    due: datetime


REMINDER = Purpose.day_7
# An interview is news the member brought: its question also comes to those who chose fewer check-ins.
CHOSEN: dict[Tempo, tuple[Purpose, ...]] = {
    Tempo.usual: (Purpose.day_1, Purpose.day_3, Purpose.interview, Purpose.day_7, Purpose.day_14),
    Tempo.weekly: (Purpose.interview, Purpose.day_7, Purpose.day_14),
    Tempo.only_one: (Purpose.interview, Purpose.day_7),
    Tempo.quieter: (Purpose.interview, Purpose.day_7, Purpose.day_14),
    Tempo.hello: (Purpose.hello,),
    Tempo.none: (),
}
ORDER = (*CHOSEN[Tempo.usual], Purpose.hello)


def encourages(purpose: Purpose) -> bool:
    """Opens with a line of encouragement. The first only asks how it is, the interview's only how it went, and the
    note about keeping in touch is about others.
    """
    return purpose not in {Purpose.day_1, Purpose.interview, Purpose.keep_in_touch}
