"""Proofreading what situations change: are the texts known, and does no card say what must not stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from messages import lint
from messages.lint import Banned, Finding
from messages.locale import STAGES, STEPS, Card, Locale
from messages.shelf import Shelf, Text
from messages.situations import FILE, LINKED, SITUATIONS, fit

PARTS = ("line", "body", "do", "for_all")
LINK_NAME = "phrases:situations.link"


def wanted(reference: Shelf) -> frozenset[str]:
    """What every language says: the English of each step. What is for one stage alone depends on the cards."""
    return frozenset(key for key in reference.table(f"{FILE}:") if len(key.split(".")) == 3)


def is_known(key: str) -> bool:
    match key.split("."):
        case ["links", situation]:
            return situation in LINKED
        case [situation, step, part]:
            return situation in SITUATIONS and step in STEPS and part in PARTS
        case [situation, step, stage, part]:
            return situation in SITUATIONS and step in STEPS and stage in STAGES and part in PARTS
    return False


def findings(code: str, shelf: Shelf) -> Iterator[Finding]:
    """Every card as one, two or all situations leave it, held against ``[beside]`` in ``banned.toml``."""
    locale = Locale(code, {LINK_NAME: ""} | {name: text.words for name, text in shelf.texts.items() if text.words})
    written = {text.words: (name, text) for name, text in shelf.texts.items() if name.startswith("cards/")}
    for card, situation in product(_cards(locale), LINKED):
        banned = Banned(phrases=shelf.table(f"banned:beside.{situation}."))
        for ticked in (each for each in gatherings() if situation in each):
            fitted = fit(locale, card, ticked)
            for words in (fitted.body, fitted.do, *fitted.lines):
                yield from _beside(situation, banned, *written.get(words, ("", None)))


def gatherings() -> list[tuple[str, ...]]:
    """Each situation alone, each two, and all."""
    return [(each,) for each in SITUATIONS] + [*combinations(SITUATIONS, 2), SITUATIONS]


def _cards(locale: Locale) -> Iterator[Card]:
    """Those that are whole; what is missing is told elsewhere."""
    for step, stage in product(STEPS, STAGES):
        try:
            yield locale.card(step, stage)
        except KeyError:
            continue


def _beside(situation: str, banned: Banned, name: str, text: Text | None) -> Iterator[Finding]:
    if text is None:
        return
    for flaw in lint.banned_in(text.words, banned):
        what = f"“{name.split(':')[1]}”: “{flaw.fragment}” stands beside the words of “{situation}”."
        remedy = f"{flaw.remedy} Or write a body for this stage in {FILE}.toml."
        yield Finding(text.file, text.line, what, remedy)
