"""Every card in every situation, the boxes that lead there, and the form for several noes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from bot.gallery.picture import SOME_ID, STRANGE, Picture, message, view
from messages import several, situations, thread
from messages.locale import STAGES, STEPS, Locale
from messages.situations import FILE, LINKED, SITUATIONS
from messages.thread import Thread

PAGE = "https://riverside.example/advice"


def cards(locale: Locale) -> Iterator[Picture]:
    """Each step at each stage, with every choice of boxes: by itself, and where an operator gave pages of their own."""
    linked = replace(locale, texts={**locale.texts, **{f"{FILE}:links.{each}": PAGE for each in LINKED}})
    boxes = [each for number in range(len(SITUATIONS) + 1) for each in combinations(SITUATIONS, number)]
    for (words, told), stage, step, ticked in product(((locale, ""), (linked, ", linked")), STAGES, STEPS, boxes):
        states = dict.fromkeys(STEPS, "waiting") | {step: "open"}
        drawn = thread.card(words, Thread(SOME_ID, stage, states, situations=ticked), step)
        yield message(f"{step} at {stage} for {', '.join(ticked) or 'anybody'}{told}", drawn, stage=stage)


def forms(locale: Locale) -> Iterator[Picture]:
    for ticked in ((), *((each,) for each in SITUATIONS), SITUATIONS):
        yield view(f"boxes, {', '.join(ticked) or 'none'} ticked", situations.form(locale, SOME_ID, ticked=ticked))
    for begun in ("", *STRANGE):
        yield view(
            f"several noes, begun with {begun!r}", several.form(locale, begun=begun), *([begun] if begun else [])
        )
