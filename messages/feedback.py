"""An answer that came back: what to take along from it, and kind words where it was vague or harsh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from messages import blocks, keeping, presses
from messages.blocks import Block, Element
from messages.forms import Feedback
from messages.locale import Locale

STEP = "ask_for_feedback"
FIELDS = ("keep", "try")
HOW = ("vague", "harsh")
LONGEST = 300  # characters in each field


def form(
    locale: Locale, asked: Feedback, *, operator: str, words: Mapping[str, str], about: Sequence[Element] = ()
) -> dict[str, Any]:
    """``about`` are the threads it may be about, where there is more than the one it was opened for."""
    which = blocks.select("thread", locale.phrase("feedback.thread_label"), about, initial=asked.journey)
    how = blocks.checkboxes("how", [blocks.option(locale.phrase(f"feedback.{each}_box"), each) for each in HOW])
    drawn: list[Block] = [
        blocks.section(locale.phrase("feedback.intro")),
        *([blocks.field(locale.phrase("feedback.thread_label"), which, optional=False)] if about else []),
        *(_typed(locale, name, words) for name in FIELDS),
        blocks.field(locale.phrase("feedback.how_label"), how),
        keeping.box(locale, "feedback", operator=operator),
    ]
    return asked.view(
        title=locale.phrase("labels.got_answer"), blocks=drawn, submit=locale.phrase("labels.go_on"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def lines(locale: Locale, words: Mapping[str, str]) -> list[str]:
    return [locale.phrase(f"feedback.line_{name}", words=words[name]) for name in FIELDS if words.get(name)]


def kindly(locale: Locale, how: Sequence[str], *, offered: bool = False) -> list[Block]:
    """About the answer itself, for the boxes that were ticked. After a harsh one people who listen, if not offered."""
    said = [blocks.section(locale.phrase(f"feedback.{each}")) for each in HOW if each in how]
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    return [*said, *([blocks.actions(talk)] if "harsh" in how and not offered else [])]


def _typed(locale: Locale, name: str, words: Mapping[str, str]) -> Block:
    element = blocks.text_input(name, max_length=LONGEST, initial=words.get(name))
    return blocks.field(locale.phrase(f"feedback.{name}_label"), element)
