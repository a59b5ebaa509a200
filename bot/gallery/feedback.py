"""An answer that came back: the form, and what it turns into."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import OPERATORS, SOME_ID, STRANGE, Picture, days, view
from messages import feedback, keeping
from messages.forms import Feedback, StepDone
from messages.locale import Locale

SOME_WORDS = {"keep": "Clear slides.", "try": "One story with a number."}
HOWS = ((), ("vague",), ("harsh",), ("vague", "harsh"))


def forms(locale: Locale) -> Iterator[Picture]:
    named = keeping.threads((f"{SOME_ID}{number}", day, "株式会社 7") for number, day in enumerate(days(locale)))
    for words, about, operator in product(({}, SOME_WORDS), ([], named), OPERATORS):
        drawn = feedback.form(locale, Feedback(f"{SOME_ID}0"), operator=operator, words=words, about=about)
        yield view(f"an answer{', filled in' * bool(words)}, {len(about)} threads", drawn)


def results(locale: Locale) -> Iterator[Picture]:
    some: list[dict[str, str]] = [{}, {"keep": "Clear slides."}, {"try": "One story."}, SOME_WORDS]
    for words, how, kept, done in product(some, HOWS, ("kept", "kept_before", "not_kept"), (False, True)):
        yield _result(locale, words, how, kept, done)
    for name in STRANGE:
        yield _result(locale, dict.fromkeys(feedback.FIELDS, name * 3), (), "kept", False)


def _result(locale: Locale, words: dict[str, str], how: tuple[str, ...], kept: str, done: bool) -> Picture:
    settles, about = None if done else StepDone(SOME_ID, feedback.STEP), feedback.kindly(locale, how)
    lines = feedback.lines(locale, words)
    drawn = keeping.result(locale, "feedback", lines, kept=kept, settles=settles, about=about)
    told = f"answer of {', '.join(words) or 'nothing'}, {', '.join(how) or 'no box'}, {kept}{', step done' * done}"
    return view(told, drawn, *words.values())
