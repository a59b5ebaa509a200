"""If-then plans: the form, what it turns into, what became of the reminder, and the page of what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from bot.gallery.picture import OPERATORS, SOME_ID, STRANGE, Picture, days, view
from bot.gallery.reflection import SOME_WORDS as GAME_PLAN
from messages import blocks, keeping, plans
from messages.forms import Plan, StepDone
from messages.locale import Locale
from messages.plans import Kept, Reminder

SOME_WORDS = {
    "act": "give one role a half hour.", "day": "2026-12-01", "time": "09:30", "place": "the library",
    "another_no": "take a walk.",
}  # fmt: skip
LINES = {"keep": "Clear slides.", "try": "One story with a number."}
KEEPINGS = ("kept", "kept_before", "not_kept")


def forms(locale: Locale) -> Iterator[Picture]:
    for words, hour, operator in product(({}, SOME_WORDS), ("10:00", "18:30"), OPERATORS):
        drawn = plans.form(locale, Plan(SOME_ID), operator=operator, hour=hour, words=words)
        yield view(f"plan around {hour}{', filled in' * bool(words)}", drawn)


def results(locale: Locale) -> Iterator[Picture]:
    """Every choice of fields, with every fate of the reminder; strange words."""
    some = [dict(each) for many in range(6) for each in combinations(SOME_WORDS.items(), many)]
    for words, kept, done in product(some, KEEPINGS, (False, True)):
        yield _result(locale, words, kept, done, None)
    for reminder, kept in product(_reminders(locale), KEEPINGS):
        yield _result(locale, SOME_WORDS, kept, False, reminder)
    for name in STRANGE:
        yield _result(locale, {"act": name, "place": name, "another_no": name * 3}, "kept", False, None)


def mine(locale: Locale) -> Iterator[Picture]:
    """Nothing, each kind and all of them, of one thread and of several."""
    every = {"plan": SOME_WORDS, "game_plan": GAME_PLAN, "feedback": LINES}
    some = [dict(each) for many in (1, 2, 3) for each in combinations(every.items(), many)]
    for operator in OPERATORS:
        yield view("nothing kept", plans.mine(locale, [], operator=operator))
    for notes, day, name in product(some, days(locale)[:2], ("", *STRANGE)):
        drawn = plans.mine(locale, [Kept(SOME_ID, day, name, notes)], operator=OPERATORS[0])
        yield view(f"kept {', '.join(notes)} of {name!r}", drawn, *([name] if name else []))
    several = [Kept(f"{SOME_ID}{number}", day, "株式会社 7", every) for number, day in enumerate(days(locale))]
    for each in several:
        yield view("kept of several", plans.mine(locale, several, chosen=each.journey, operator=OPERATORS[0]))


def _reminders(locale: Locale) -> list[Reminder]:
    day = days(locale)[0]
    return [Reminder(), Reminder(off=True), *(Reminder(day, "18:30", as_chosen) for as_chosen in (True, False))]


def _result(locale: Locale, words: dict[str, str], kept: str, done: bool, reminder: Reminder | None) -> Picture:
    settles = None if done else StepDone(SOME_ID, plans.STEP)
    about = [blocks.section(plans.reminded(locale, reminder))] if reminder else []
    lines = plans.lines(locale, words)
    drawn = keeping.result(locale, "plans", lines, kept=kept, settles=settles, about=about)
    told = f"plan of {', '.join(words) or 'nothing'}, {kept}{', step done' * done}{f', {reminder}' if reminder else ''}"
    return view(told, drawn, *(words[name] for name in ("act", "another_no") if name in words))
