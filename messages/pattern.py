"""Show my pattern: where noes came and which steps were done, drawn and in words; one change to test, or a break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from messages import blocks, home_presses, presses
from messages.blocks import Block, Message
from messages.forms import Reading
from messages.locale import STAGES, STEPS, Locale

# Stages that ask for the same change.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "before": ("no_reply", "automated"),
    "call": ("recruiter_call",),
    "talks": ("interview", "ghosted"),
    "final": ("final_round",),
    "offer": ("offer_withdrawn",),
}
MIXED = "mixed"


@dataclass(frozen=True)
class Pattern:
    """How many noes came at each stage that was said, and how often each step was done."""

    stages: Mapping[str, int]
    steps: Mapping[str, int]


def view(locale: Locale, pattern: Pattern, *, drawn: bool = False) -> dict[str, Any]:
    """In words. ``drawn``: its chart is on the way to the member's own messages, where Slack draws one."""
    draw = home_presses.DrawPattern().button(locale.phrase("labels.draw_pattern"))
    way = [blocks.section(locale.phrase("pattern.drawn"))] if drawn else []
    row = blocks.actions(
        *([] if drawn else [draw]),
        home_presses.BreakWeek().button(locale.phrase("labels.break_week")),
        home_presses.BreakTwoWeeks().button(locale.phrase("labels.break_two_weeks")),
        presses.Talk().button(locale.phrase("labels.talk")),
    )
    return _reading(locale, [*map(blocks.section, _lines(locale, pattern)), *way, row])


def message(locale: Locale, pattern: Pattern) -> Message:
    """With the chart, and the same in words. Where Slack does not draw it, the words are all there."""
    intro, *others = _lines(locale, pattern)
    noes = {locale.phrase(f"pattern_stages.{each}"): pattern.stages[each] for each in _met(pattern)}
    chart = blocks.bar_chart(locale.phrase("pattern.chart"), locale.phrase("pattern.noes"), noes)
    talk = blocks.actions(presses.Talk().button(locale.phrase("labels.talk")))
    return Message("\n".join([intro, *others]), (blocks.section(intro), chart, *map(blocks.section, others), talk))


def on_a_break(locale: Locale, *, until: str) -> dict[str, Any]:
    """What it turns into. ``until`` is a written day; empty where check-ins are off anyway."""
    line = locale.phrase("replies.paused", day=until) if until else locale.phrase("check_ins.off")
    return _reading(locale, [blocks.section(line)])


def stands_out(pattern: Pattern) -> str:
    """The group with more than half of the noes, or mixed."""
    every = sum(pattern.stages.values())
    sizes = {group: sum(pattern.stages.get(stage, 0) for stage in stages) for group, stages in GROUPS.items()}
    return next((group for group, size in sizes.items() if size * 2 > every), MIXED)


def _reading(locale: Locale, drawn: list[Block]) -> dict[str, Any]:
    return Reading().view(title=locale.phrase("pattern.view_title"), blocks=drawn, close=locale.phrase("labels.close"))


def _lines(locale: Locale, pattern: Pattern) -> list[str]:
    came = [(locale.phrase(f"stages.{each}"), pattern.stages[each]) for each in _met(pattern)]
    done = [(locale.card(step, "none").title, pattern.steps[step]) for step in STEPS if pattern.steps.get(step)]
    return [
        locale.phrase("pattern.intro"), _counted(locale, "where", came),
        *([_counted(locale, "steps", done)] if done else []),
        locale.phrase(f"pattern.change_{stands_out(pattern)}"), locale.phrase("pattern.break"),
    ]  # fmt: skip


def _counted(locale: Locale, heading: str, found: list[tuple[str, int]]) -> str:
    lines = [locale.phrase("pattern.line", what=what, n=n) for what, n in found]
    return "\n".join([locale.phrase(f"pattern.{heading}"), *lines])


def _met(pattern: Pattern) -> list[str]:
    return [stage for stage in STAGES if pattern.stages.get(stage)]
