"""Before an interview: what was kept that helps, and one line for a question that often comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from messages import blocks, feedback, presses, reflection
from messages.blocks import Block
from messages.forms import Reading
from messages.locale import Locale


def view(locale: Locale, *, game_plan: Mapping[str, str], answer: Mapping[str, str]) -> dict[str, Any]:
    """``game_plan`` and ``answer`` are the member's own words by field; either may be empty."""
    drawn = [
        blocks.section(locale.phrase("interview.intro")),
        *_kept(locale, "mine_game_plan", reflection.lines(locale, game_plan)),
        *_kept(locale, "mine_feedback", feedback.lines(locale, answer)),
        *([] if game_plan or answer else [blocks.section(locale.phrase("interview.nothing"))]),
        blocks.section(locale.phrase("interview.line")),
        blocks.actions(presses.Talk().button(locale.phrase("labels.talk"))),
    ]
    return Reading().view(
        title=locale.phrase("interview.view_title"), blocks=drawn, close=locale.phrase("labels.close")
    )


def _kept(locale: Locale, heading: str, lines: list[str]) -> list[Block]:
    return [blocks.section(locale.phrase(f"plans.{heading}")), *blocks.written(*lines)] if lines else []
