"""Three questions about what happened, and the game plan they turn into: the plan is shown, not the diary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from messages import blocks, keeping, step_presses
from messages.blocks import Block, Element
from messages.forms import Reflection
from messages.locale import Locale

STEP = "stay_positive"
FIELDS = ("keep", "try", "next", "another_no")
IN_TWO_MINUTES = ("next", "another_no")
LONGEST = 2000  # characters in each field
# Whoever was never met is asked about the application; after a withdrawn offer, about what was earned on the way.
BEFORE_ANY_TALK = ("none", "no_reply", "automated")


def form(
    locale: Locale, asked: Reflection, *, operator: str, words: Mapping[str, str], short: bool = False
) -> dict[str, Any]:
    """All of it optional. ``short``: only the third question, and whatever has words in it already."""
    group = _group(asked.stage)
    shown = [name for name in FIELDS if not short or name in IN_TWO_MINUTES or words.get(name)]
    drawn: list[Block] = [
        blocks.section(locale.phrase("reflection.intro_short" if short else "reflection.intro")),
        blocks.small(locale.phrase(f"reflection.{group}_friend")),
        blocks.actions(_other_length(locale, short)),
        *(_question(locale, group, name, words.get(name)) for name in shown),
        keeping.box(locale, "reflection", operator=operator),
    ]
    return asked.view(
        title=locale.phrase("reflection.view_title"), blocks=drawn, submit=locale.phrase("labels.see_game_plan"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def lines(locale: Locale, words: Mapping[str, str]) -> list[str]:
    """The game plan, a line for each answer there is."""
    return [locale.phrase(f"reflection.line_{name}", words=words[name]) for name in FIELDS if words.get(name)]


def _question(locale: Locale, group: str, name: str, words: str | None) -> Block:
    if name == "another_no":
        label, example = locale.phrase("plans.another_no_label"), locale.phrase("plans.another_no_example")
    else:
        label = locale.phrase(f"reflection.{group}_{name}_label")
        example = locale.phrase(f"reflection.{group}_next_example") if name == "next" else ""
    element = blocks.text_input(name, placeholder=example, max_length=LONGEST, multiline=True, initial=words)
    return blocks.field(label, element)


def _other_length(locale: Locale, short: bool) -> Element:
    if short:
        return step_presses.AllThree().button(locale.phrase("labels.all_three"))
    return step_presses.TwoMinutes().button(locale.phrase("labels.two_minutes"))


def _group(stage: str) -> str:
    if stage == "offer_withdrawn":
        return "offer"
    return "before" if stage in BEFORE_ANY_TALK else "after"
