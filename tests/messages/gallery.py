"""Everything Onward can show, hung up in rooms: each message and view drawn by the words' own code, with no bot.

A room is a generator of pictures. Whatever is drawn anew in ``messages/`` gets its place here; the tests beside this
file then walk through all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from bot.countries import every_zone
from bot.zones import by_region
from messages import (
    check_ins,
    crisis,
    direct_messages,
    home,
    preferences,
    presses,
    privacy,
    rejected,
    talk,
    thread,
)
from messages.blocks import Element, Message
from messages.check_ins import Question
from messages.home import Standing
from messages.library import Library
from messages.locale import STAGES, STEPS, Locale
from messages.thread import Dates, Thread

STATES = ("waiting", "open", "done", "not_now")
PURPOSES = ("day_1", "day_3", "day_7", "day_14", "interview", "hello")
SOME_ID = "01JDZ9M4T6V8XKQ2B7RCN5WHEA"
COMMAND = "/rejected"
OPERATORS = ("Riverside Career Center", "Sons & Daughters <of> *Work*", "Zentrum für Laufbahn und Arbeit, Köln" * 2)
ARCHIVE = "https://riverside.slack.com/archives/D0MAYA00001/p1795449600000100?thread_ts=1795449600.000100&cid=D0MAYA"
APP = "slack://app?team=T0RIVERSIDE&id=A0ONWARD001&tab=messages"

# What people call employers and what they paste by mistake, each filled up to the hundred characters that are kept.
STRANGE = tuple((each * 100)[:100] for each in (
    "Initech", "שלום ", "شركة العمل ", "\u202etxt.", "🦄", "\U0001f469\U0001f3fd\u200d\U0001f680",
    "<!channel> ", "<@U0SAM000001>", "<https://e.org|x>",
    "*_~", "a\u200bb\u200d\ufeff", "\"'“”«»", "one\ntwo\r\n", "{name} {", "&amp;&lt;", ":wave: ", "`code` ", "株式会社",
    "%s\\", "e\u0301", "\U0001f3f3\ufe0f\u200d\U0001f308", "> quoted\n", "#general ", "@here ",
))  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """One thing that can be on a member's screen. ``text`` is None for a view, which has none."""

    title: str
    payload: Mapping[str, Any]
    own_words: tuple[str, ...] = ()  # what the member typed, and nobody may read in a notification
    names_the_command: bool = False  # an answer that only the one who typed sees, and that has to say what to type

    @property
    def text(self) -> str | None:
        return None if "type" in self.payload else str(self.payload["text"])


Room = Callable[[Locale], Iterator[Picture]]


@cache
def english() -> Locale:
    return Library.load().locale("en")


def message(title: str, drawn: Message, *own_words: str, names_the_command: bool = False) -> Picture:
    return Picture(title, drawn.payload(), own_words, names_the_command)


def view(title: str, drawn: Mapping[str, Any], *, names_the_command: bool = False) -> Picture:
    return Picture(title, drawn, names_the_command=names_the_command)


def days(locale: Locale) -> tuple[str, ...]:
    """A day of every month and every weekday."""
    return tuple(locale.day(date(2026, 9, 30) + timedelta(days=25 * each)) for each in range(14))


# the thread


def cards(locale: Locale) -> Iterator[Picture]:
    """Every step at every stage: as it is itself, and as the other three are."""
    for stage, step, own, others, removed in product(STAGES, STEPS, STATES, STATES, (False, True)):
        states = dict.fromkeys(STEPS, others) | {step: own}
        drawn = thread.card(locale, Thread(SOME_ID, stage, states, removed=removed), step)
        yield message(f"{step} at {stage}, {own} among {others}{', removed' * removed}", drawn)


def parents(locale: Locale) -> Iterator[Picture]:
    """Every stage with every standing of the four steps, and with every state of the check-ins."""
    every, standings = _dates(locale), _standings()
    few = [dict.fromkeys(STEPS, "waiting") | {STEPS[0]: "open"}, dict.fromkeys(STEPS, "done")]
    turning = [(standing, every[number % len(every)]) for number, standing in enumerate(standings)]
    for stage, (standing, dates) in product(STAGES, [*turning, *product(few, every)]):
        drawn = thread.parent(locale, Thread(SOME_ID, stage, standing), dates, operator=OPERATORS[0])
        yield message(f"parent at {stage}, {list(standing.values())}, {dates}", drawn)


def named_parents(locale: Locale) -> Iterator[Picture]:
    """Strange names, alone and two of them, with everything else a parent may have to say."""
    dates, complete = _dates(locale)[-1], dict.fromkeys(STEPS, "done")
    for name, two, operator, left_out, removed in product(STRANGE, (1, 2), OPERATORS, (False, True), (False, True)):
        here = Thread(SOME_ID, "final_round", complete, " · ".join([name] * two), left_out=left_out, removed=removed)
        yield message(f"parent named {two} times {name!r}", thread.parent(locale, here, dates, operator=operator), name)


def _standings() -> list[dict[str, str]]:
    """Every order in which four cards can stand: dealt one by one, all shown, opened again."""
    return [dict(zip(STEPS, each, strict=True)) for each in product(STATES, repeat=4)]


def _dates(locale: Locale) -> list[Dates]:
    some = days(locale)[:4]
    planned = [Dates(some[:number], hour=hour) for number in (1, 2, 3, 4) for hour in ("10:00", "18:30")]
    return [Dates(off=True), Dates(no_zone=True), Dates(off=True, no_zone=True), Dates(), *planned]


# check-ins


def questions(locale: Locale) -> Iterator[Picture]:
    for asked in _asked(locale):
        yield message(f"check-in {asked}", check_ins.question(locale, asked))


def folded(locale: Locale) -> Iterator[Picture]:
    """Every check-in with every reply it may turn into, over every row of buttons that may stay."""
    for asked, (key, reply), row in product(_askings(locale), _replies(locale), _rows(locale)):
        title = f"check-in {asked.purpose} at {asked.stage}, then {key}, {len(row)} buttons"
        yield message(title, check_ins.folded(locale, asked, reply, row))


def in_between(locale: Locale) -> Iterator[Picture]:
    """What is answered in place: how it is, what happened, which day. Each over the check-in and over each other."""
    for asked in _askings(locale):
        pressed = _as_slack_gives_it_back(check_ins.question(locale, asked))
        for key, row, menu in _turns(locale):
            drawn = check_ins.in_between(locale, pressed, locale.phrase(key), row, menu)
            yield message(f"check-in {asked.purpose}, then {key}", drawn)
            again = _as_slack_gives_it_back(drawn)
            for then, its_row, its_menu in _turns(locale):
                more = check_ins.in_between(locale, again, locale.phrase(then), its_row, its_menu)
                yield message(f"check-in {asked.purpose}, then {key}, then {then}", more)


def _asked(locale: Locale) -> Iterator[Question]:
    """Every question: by stage, by how much is wanted, with and without a line, with every number of steps done."""
    titles = [locale.card(step, "none").title for step in STEPS]
    lines = ["", *(locale.encouragement("somebody", number) for number in range(len(_bank(locale))))]
    for purpose, stage, softly, link in product(PURPOSES, STAGES, (False, True), ("", ARCHIVE)):
        for number in range(5):
            done = tuple(titles[:number])
            yield Question(SOME_ID, purpose, stage, softly, lines[(number + 1) % len(lines)], done, link)
    for purpose, line in product(PURPOSES, lines):
        yield Question(SOME_ID, purpose, encouragement=line, link=ARCHIVE)


def _bank(locale: Locale) -> list[str]:
    return [name for name in locale.texts if name.startswith("encouragements:")]


def _askings(locale: Locale) -> Iterator[Question]:
    """One of each that differs in what it asks."""
    line = max((locale.encouragement("somebody", number) for number in range(len(_bank(locale)))), key=len)
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
    return [[], [stop], [turn_on], [undo], [steps, stop]]


def _turns(locale: Locale) -> list[tuple[str, list[Element], presses.Choice | None]]:
    steps = [presses.ShowSteps(SOME_ID).button(locale.phrase("labels.show_steps"))]
    return [
        ("replies.ok", steps, None),
        ("replies.so_so", steps, None),
        ("replies.rough", check_ins.rough(locale, SOME_ID), None),
        ("replies.news", check_ins.news(locale, SOME_ID), None),
        ("replies.interview_when", check_ins.interview_days(locale, SOME_ID), presses.InterviewDay(SOME_ID)),
        ("replies.snooze_when", check_ins.snooze_days(locale, SOME_ID), presses.SnoozeUntil(SOME_ID)),
    ]


def _as_slack_gives_it_back(drawn: Message) -> dict[str, Any]:
    """Slack names every block that had no name of its own."""
    named = [{"block_id": f"b{number}"} | block for number, block in enumerate(drawn.blocks)]
    return drawn.payload() | {"blocks": named}


# the answer to the command, and what else can be typed


def answers(locale: Locale) -> Iterator[Picture]:
    yield message("pointer", rejected.pointer(locale, link=APP))
    yield message("pointer to the same thread", rejected.pointer(locale, link=APP, repeated=SOME_ID))
    for command in (COMMAND, "/nextstep"):
        yield message("usage", rejected.usage(locale, command=command), names_the_command=True)
        yield message("no history", rejected.history(locale, [], command=command), names_the_command=True)
    for said, on in product(("menu.said", "menu.stopped", "menu.turned_on"), (False, True)):
        yield message(f"{said}, check-ins {on}", direct_messages.menu(locale, said=said, check_ins_on=on))
    for name, number in product(("", *STRANGE), (1, 5, 10)):
        stages = (STAGES * 2)[:number]
        lines = [(day, stage, name) for day, stage in zip(days(locale), stages, strict=False)]
        drawn = rejected.history(locale, lines, command=COMMAND)
        yield message(f"history of {number} named {name!r}", drawn, *([name] if name else []))


def forms(locale: Locale) -> Iterator[Picture]:
    yield view("form of a new thread", rejected.form(locale))
    yield view("form sent", rejected.started(locale, link=APP))
    for key in ("rejected.slow", "rejected.broken"):
        yield view(f"form told {key}", rejected.told(locale, rejected.sentence(locale, key)))


# talk, preferences, privacy, home


def talk_pages(locale: Locale) -> Iterator[Picture]:
    """Every country with lines of its own, wherever else somebody may be, and nowhere."""
    offered = crisis.countries()
    for country in (None, "", "INT", "ZZ", "xx", *(each.code for each in offered), *(c.code.lower() for c in offered)):
        page = talk.page(locale, crisis.lines(country), offered, country=country)
        yield message(f"talk in {country}", page)
        yield view(f"talk in {country}, as a view", talk.view(locale, page))


def preference_forms(locale: Locale) -> Iterator[Picture]:
    """Every zone people live in, aliases the menus leave out, and none."""
    aliases = ("US/Eastern", "Asia/Calcutta", "UTC", "Etc/GMT+12", "GB", "America/Argentina/ComodRivadavia", "Japan")
    zones = (None, "Not/A_Zone", *aliases, *sorted(every_zone()))
    for number, zone in enumerate(zones):
        hour = preferences.HOURS[number % 3]
        drawn = preferences.form(locale, hour=hour, zone=zone, zones=by_region(zone))
        yield view(f"check-in times at {hour} in {zone}", drawn)
    for day in (None, *days(locale)):
        yield view(f"times saved, next {day}", preferences.saved(locale, day=day, hour="18:30"))


def privacy_pages(locale: Locale) -> Iterator[Picture]:
    contacts = (None, "help@riverside.example", "<mailto:a@b.example|us> & *others*")
    for operator, contact, command in product(OPERATORS, contacts, (COMMAND, "/nextstep")):
        page = privacy.who(locale, operator=operator, contact=contact, command=command)
        yield message("who can see this", page, names_the_command=True)
        yield view("who can see this, as a view", privacy.view(locale, page), names_the_command=True)
    yield message("delete?", privacy.ask_to_delete(locale))
    for operator in OPERATORS:
        yield message("deleted", privacy.deleted(locale, operator=operator))


def homes(locale: Locale) -> Iterator[Picture]:
    titles = ("", *(locale.card(step, stage).title for step in STEPS for stage in STAGES))
    for title, day, on, threads, link, operator in product(
        dict.fromkeys(titles), ("", *days(locale)[:2]), (False, True), (False, True), ("", ARCHIVE), OPERATORS
    ):
        standing = Standing(title, day, "10:00", check_ins_on=on, has_threads=threads, link=link)
        yield view(f"home {standing}", home.home(locale, standing, operator=operator))


ROOMS: dict[str, Room] = {
    "cards": cards, "parents": parents, "named parents": named_parents, "check-ins": questions,
    "answered check-ins": folded, "check-ins answered in place": in_between, "answers": answers, "forms": forms,
    "talk": talk_pages, "preferences": preference_forms, "privacy": privacy_pages, "home": homes,
}  # fmt: skip


@cache
def room(name: str) -> tuple[Picture, ...]:
    return tuple(ROOMS[name](english()))
