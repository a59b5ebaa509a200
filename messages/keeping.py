"""A member's own words: the box that keeps them, the page that shows them, and what it says about where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from messages import blocks
from messages.blocks import Block, Element
from messages.forms import Reading, StepDone
from messages.locale import Locale

BOX = "keep_it"


def box(locale: Locale, noun: str, *, operator: str) -> Block:
    """Without a tick to begin with: nothing is kept unless it is asked for."""
    boxes = blocks.checkboxes(BOX, [blocks.option(locale.phrase("keeping.yes"), BOX)])
    return blocks.field(
        locale.phrase(f"{noun}.keep_it_label"), boxes, hint=locale.phrase("keeping.hint", operator=operator)
    )


def result(
    locale: Locale, noun: str, lines: Sequence[str], *, kept: str, settles: StepDone | None,
    about: Sequence[Block] = (), more: Sequence[Block] = (),
) -> dict[str, Any]:  # fmt: skip
    """The form turned into what it was for, ready to copy. ``kept`` is one of kept, kept_before, not_kept.

    ``about`` is said of it, ``more`` comes last. **Done** settles the step; where it is settled there is only Close.
    """
    where = [blocks.small(locale.phrase(f"keeping.{kept}"))] if lines else []
    drawn = [*blocks.written(*lines), *where, *about]
    if not drawn:
        drawn, settles = [blocks.section(locale.phrase(f"{noun}.nothing"))], None
    return (settles or Reading()).view(
        title=locale.phrase(f"{noun}.result_title"), blocks=[*drawn, *more],
        submit=locale.phrase("labels.done") if settles else None, close=locale.phrase("labels.close"),
    )  # fmt: skip


def threads(found: Iterable[tuple[str, str, str]]) -> list[Element]:
    """Options of a menu of threads, each as (journey, day, name)."""
    return [
        blocks.option(blocks.shorten(" · ".join(filter(None, (day, name))), blocks.BUTTON_LENGTH), journey)
        for journey, day, name in found
    ]
