"""More about my situation: the form, and what the boxes ticked in it change on a card. They change nothing else."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from messages import blocks, presses
from messages.forms import Situation
from messages.locale import MANY, Card, Locale

# Where two of them have words for the same place on a card, the first one's stand there.
SITUATIONS = ("unfair", "laid_off", "visa", "student", MANY)
LINKED = ("visa", "unfair")  # those an operator may give a page of their own
BOXES = "situations"
FILE = "cards/situations"


def form(locale: Locale, journey: str, *, ticked: Collection[str] = ()) -> dict[str, Any]:
    """Any number of boxes, with what is done with them said above."""
    options = [blocks.option(locale.phrase(f"situations.{each}"), each) for each in reversed(SITUATIONS)]
    several = presses.OpenSeveral().button(locale.phrase("labels.several"))
    shown = [
        blocks.section(locale.phrase("situations.intro")),
        blocks.field(locale.phrase("situations.boxes_label"), blocks.checkboxes(BOXES, options, ticked=[*ticked])),
        blocks.actions(several),
    ]
    return Situation(journey).view(
        title=locale.phrase("situations.view_title"), blocks=shown, submit=locale.phrase("labels.change_words"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def linked(locale: Locale, links: Mapping[str, str]) -> Locale:
    """The words with a career center's own pages, by the situation each is for."""
    pages = {f"{FILE}:links.{situation}": link for situation, link in links.items()}
    return replace(locale, texts=ChainMap(pages, dict(locale.texts))) if pages else locale


def fit(locale: Locale, card: Card, ticked: Collection[str]) -> Card:
    """The card in words for these situations.

    One an operator gave a link is everybody's: its line for all stands on every card, with the bodies that go with
    it, and what only those who ticked it would get is left out. So a card tells nobody what its reader ticked.
    """
    linked = [each for each in SITUATIONS if _link(locale, each)]
    own = [each for each in SITUATIONS if each in ticked and each not in linked]
    bodies = (_text(locale, card, each, "body", in_general=each in own) for each in SITUATIONS if each in own + linked)
    deeds = (_text(locale, card, each, "do") for each in own)
    lines = (_text(locale, card, each, "line") for each in own)
    return replace(
        card,
        body=next(filter(None, bodies), card.body),
        do=next(filter(None, deeds), card.do),
        lines=(*filter(None, lines), *_for_all(locale, card, linked)),
    )


def _for_all(locale: Locale, card: Card, linked: list[str]) -> Iterator[str]:
    for situation in linked:
        if line := _text(locale, card, situation, "for_all"):
            yield f"{line} <{_link(locale, situation)}|{locale.phrase('situations.link')}>"


def _text(locale: Locale, card: Card, situation: str, part: str, *, in_general: bool = True) -> str:
    """What the situation says in this part of the card: at its stage, else ``in_general`` at its step."""
    step = f"{FILE}:{situation}.{card.step}"
    general = locale.texts.get(f"{step}.{part}", "") if in_general else ""
    return locale.texts.get(f"{step}.{card.stage}.{part}", general)


def _link(locale: Locale, situation: str) -> str:
    return locale.texts.get(f"{FILE}:links.{situation}", "")
