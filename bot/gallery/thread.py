"""The thread: its parent and its cards, in every state they can be in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import OPERATORS, SOME_ID, STRANGE, Picture, days, message
from messages import thread
from messages.locale import STAGES, STEPS, Locale
from messages.thread import Dates, Thread

STATES = ("waiting", "open", "done", "not_now")


def cards(locale: Locale) -> Iterator[Picture]:
    """Every step at every stage: as it is itself, and as the other three are."""
    for stage, step, own, others, removed in product(STAGES, STEPS, STATES, STATES, (False, True)):
        states = dict.fromkeys(STEPS, others) | {step: own}
        drawn = thread.card(locale, Thread(SOME_ID, stage, states, removed=removed), step)
        yield message(f"{step} at {stage}, {own} among {others}{', removed' * removed}", drawn, stage=stage)
    for stage, own in product(STAGES, STATES[1:]):
        here = Thread(SOME_ID, stage, dict.fromkeys(STEPS, own), keeps_in_touch=True, coach=True)
        drawn = thread.card(locale, here, "dont_dwell")
        yield message(f"dont_dwell at {stage}, {own}, reminder asked for", drawn, stage=stage)


def parents(locale: Locale) -> Iterator[Picture]:
    """Every stage with every standing of the four steps, and with every state of the check-ins."""
    every, standings = _dates(locale), _standings()
    few = [dict.fromkeys(STEPS, "waiting") | {STEPS[0]: "open"}, dict.fromkeys(STEPS, "done")]
    turning = [(standing, every[number % len(every)]) for number, standing in enumerate(standings)]
    for stage, (standing, dates) in product(STAGES, [*turning, *product(few, every)]):
        drawn = thread.parent(locale, Thread(SOME_ID, stage, standing), dates, operator=OPERATORS[0])
        told = f"parent at {stage}, steps {', '.join(standing.values())}, {_told(dates)}"
        yield message(told, drawn, stage=stage)


def named_parents(locale: Locale) -> Iterator[Picture]:
    """Strange names, alone and two of them, with everything else a parent may have to say."""
    dates, complete, stage = _dates(locale)[-1], dict.fromkeys(STEPS, "done"), "final_round"
    for name, two, operator, left_out, removed in product(STRANGE, (1, 2), OPERATORS, (False, True), (False, True)):
        here = Thread(SOME_ID, stage, complete, " · ".join([name] * two), left_out=left_out, removed=removed)
        drawn = thread.parent(locale, here, dates, operator=operator)
        told = f"parent named {two} times {name!r}{', some left out' * left_out}{', removed' * removed}"
        yield message(told, drawn, name, stage=stage)


def short_parents(locale: Locale) -> Iterator[Picture]:
    """For somebody who had many noes: at every stage, without a name, with one and with ten."""
    every, fresh = _dates(locale), dict.fromkeys(STEPS, "waiting") | {STEPS[0]: "open"}
    for (number, stage), names in product(enumerate(STAGES), ((), STRANGE[:1], STRANGE[:10])):
        here = Thread(SOME_ID, stage, fresh, "\n".join(names), short=True)
        drawn = thread.parent(locale, here, every[number % len(every)], operator=OPERATORS[0])
        yield message(f"short parent at {stage} with {len(names)} names", drawn, *names, stage=stage)


def _standings() -> list[dict[str, str]]:
    """Every order in which four cards can stand: dealt one by one, all shown, opened again."""
    return [dict(zip(STEPS, each, strict=True)) for each in product(STATES, repeat=4)]


def _told(dates: Dates) -> str:
    off, lost, more = "check-ins off" * dates.off, "no zone" * dates.no_zone, "more " * dates.begun
    return ", ".join(filter(None, (off, lost))) or f"{len(dates.days)} {more}check-ins around {dates.hour}"


def _dates(locale: Locale) -> list[Dates]:
    some = days(locale)[:4]
    planned = [
        Dates(some[:number], begun=begun, hour=hour)
        for number, begun, hour in product((1, 2, 3, 4), (False, True), ("10:00", "18:30"))
    ]
    return [Dates(off=True), Dates(no_zone=True), Dates(off=True, no_zone=True), Dates(), *planned]
