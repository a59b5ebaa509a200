"""Three questions at every stage, in both lengths, and the game plans they turn into."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import OPERATORS, SOME_ID, STRANGE, Picture, view
from messages import keeping, reflection
from messages.forms import Reflection, StepDone
from messages.locale import STAGES, Locale

SOME_WORDS = {
    "keep": "My story about the shop.", "try": "Shorter answers.",
    "next": "If they ask about pay, then I name a range.",
    "another_no": "I call Sam.",
}  # fmt: skip


def forms(locale: Locale) -> Iterator[Picture]:
    for stage, short, words, operator in product(STAGES, (False, True), ({}, SOME_WORDS), OPERATORS):
        asked = Reflection(SOME_ID, stage)
        drawn = reflection.form(locale, asked, operator=operator, words=words, short=short)
        told = f"questions at {stage}{', short' * short}{', filled in' * bool(words)}"
        yield view(told, drawn, stage=stage)


def game_plans(locale: Locale) -> Iterator[Picture]:
    """Every line alone, all of them and none; kept or not; strange words."""
    some = [dict(list(SOME_WORDS.items())[:number]) for number in range(5)]
    alone = [{name: words} for name, words in SOME_WORDS.items()]
    for words, kept, done in product([*some, *alone], ("kept", "kept_before", "not_kept"), (False, True)):
        yield _result(locale, words, kept, done)
    for name in STRANGE:
        yield _result(locale, dict.fromkeys(reflection.FIELDS, name * 20), "kept", done=False)


def _result(locale: Locale, words: dict[str, str], kept: str, done: bool) -> Picture:
    settles = None if done else StepDone(SOME_ID, reflection.STEP)
    drawn = keeping.result(locale, "reflection", reflection.lines(locale, words), kept=kept, settles=settles)
    return view(f"game plan of {', '.join(words) or 'nothing'}, {kept}{', step done' * done}", drawn, *words.values())
