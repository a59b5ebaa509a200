"""The check-ins: every question, and every way it can be answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from bot.gallery.picture import ARCHIVE, SOME_ID, Picture, days, message
from bot.series import Purpose
from messages import check_ins, presses, step_presses
from messages.blocks import Element, Message
from messages.check_ins import Question
from messages.locale import LINES, STAGES, STAND_INS, STEPS, Locale

TURNS = (
    check_ins.okay, check_ins.so_so, check_ins.rough, check_ins.news, check_ins.interview_days, check_ins.snooze_days,
)  # fmt: skip
PURPOSES = tuple(map(str, Purpose))


def questions(locale: Locale) -> Iterator[Picture]:
    for asked in _asked(locale):
        yield message(_told(asked), check_ins.question(locale, asked), stage=asked.stage)


def folded(locale: Locale) -> Iterator[Picture]:
    """Every check-in with every reply it may turn into, over every row of buttons that may stay."""
    for asked, (key, reply), row in product(_askings(locale), _replies(locale), _rows(locale)):
        title = f"check-in {asked.purpose} at {asked.stage}, then {key}, {len(row)} buttons"
        yield message(title, check_ins.folded(locale, asked, reply, row), stage=asked.stage)


def in_between(locale: Locale) -> Iterator[Picture]:
    """What is answered in place: how it is, what happened, which day. Each over the check-in and over each other."""
    for asked in _askings(locale):
        pressed = _as_slack_gives_it_back(check_ins.question(locale, asked))
        for turn in TURNS:
            drawn = check_ins.in_between(locale, pressed, turn(locale, SOME_ID))
            yield message(f"check-in {asked.purpose}, then {turn.__name__}", drawn, stage=asked.stage)
            again = _as_slack_gives_it_back(drawn)
            for then in TURNS:
                more = check_ins.in_between(locale, again, then(locale, SOME_ID))
                title = f"check-in {asked.purpose}, then {turn.__name__}, then {then.__name__}"
                yield message(title, more, stage=asked.stage)


def _asked(locale: Locale) -> Iterator[Question]:
    """Every question: by stage, by how much is wanted, with and without a line, with every number of steps done."""
    titles = [locale.card(step, "none").title for step in STEPS]
    lines = ["", *_encouragements(locale)]
    for purpose, stage, softly, link in product(PURPOSES, STAGES, (False, True), ("", ARCHIVE)):
        for number in range(5):
            done = tuple(titles[:number])
            yield Question(SOME_ID, purpose, stage, softly, lines[(number + 1) % len(lines)], done, link)
    for purpose, line in product(PURPOSES, lines):
        yield Question(SOME_ID, purpose, encouragement=line, link=ARCHIVE)
    for purpose, softly, told in product(PURPOSES, (False, True), (False, True)):
        yield Question(SOME_ID, purpose, softly=softly, steps=tuple(titles[:2]), has_plan=told, applied=told)
    for purpose, number, line, link in product(PURPOSES, range(5), ("", lines[1]), ("", ARCHIVE)):
        still = tuple(titles[:number])
        yield Question(SOME_ID, purpose, encouragement=line, link=link, weekly=True, open_steps=still)
    for purpose, planned, link in product(PURPOSES, (False, True), ("", ARCHIVE)):
        yield Question(SOME_ID, purpose, link=link, has_plan=planned, kept=True)


def _told(asked: Question) -> str:
    softly, line = ", softly" * asked.softly, ", with a line" * bool(asked.encouragement)
    more = ", planned" * asked.has_plan + ", applied" * asked.applied + ", linked" * bool(asked.link)
    more += ", own words kept" * asked.kept + f", weekly, {len(asked.open_steps)} open" * asked.weekly
    return f"check-in {asked.purpose} at {asked.stage}{softly}, {len(asked.steps)} steps done{line}{more}"


def _encouragements(locale: Locale) -> list[str]:
    """The whole bank, and every line that stands in for one."""
    size = sum(name.startswith(f"encouragements:{LINES}.") for name in locale.texts)
    told = (locale.encouragement("somebody", each, table) for table in (LINES, *STAND_INS) for each in range(size))
    return list(dict.fromkeys(told))


def _askings(locale: Locale) -> Iterator[Question]:
    """One of each that differs in what it asks."""
    line = max(_encouragements(locale), key=len)
    steps = tuple(locale.card(step, "none").title for step in STEPS)
    for purpose, stage, softly in product(PURPOSES, ("none", "offer_withdrawn"), (False, True)):
        yield Question(SOME_ID, purpose, stage, softly, line, steps, ARCHIVE)
        yield Question(SOME_ID, purpose, stage, softly)


def _replies(locale: Locale) -> list[tuple[str, str]]:
    keys = sorted(name.removeprefix("phrases:") for name in locale.texts if name.startswith("phrases:replies."))
    filled = {"day": max(days(locale), key=len), "link": f"<{ARCHIVE}|Open your thread>"}
    return [(key, locale.phrase(key, **filled)) for key in keys]


def _rows(locale: Locale) -> list[list[Element]]:
    steps = presses.ShowSteps(SOME_ID).button(locale.phrase("labels.show_steps"))
    stop = presses.Stop(SOME_ID).button(locale.phrase("labels.stop"))
    turn_on = presses.TurnOn(check_in=SOME_ID).button(locale.phrase("labels.turn_on"))
    undo = presses.UndoOffer(SOME_ID).button(locale.phrase("labels.undo"))
    make_plan = step_presses.OpenPlanFrom(SOME_ID).button(locale.phrase("labels.make_plan"))
    return [[stop], [turn_on], [undo], [steps, stop], [make_plan, steps, stop]]


def _as_slack_gives_it_back(drawn: Message) -> dict[str, Any]:
    """Slack names every block that had no name of its own."""
    named = [{"block_id": f"b{number}"} | block for number, block in enumerate(drawn.blocks)]
    return drawn.payload() | {"blocks": named}
