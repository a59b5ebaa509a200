"""If … then …: one next step with a day and a time, and what was kept of a member's own words, to read and discard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages import blocks, feedback, keeping, reflection, step_presses
from messages.blocks import Block, Element
from messages.forms import Plan, Reading
from messages.locale import Locale

STEP = "dont_dwell"
FIELDS = ("act", "day", "time", "place", "another_no")
LONGEST = 300  # characters in each field
REMIND = "remind"
# What can be kept of one thread, in the order it is shown.
NOTES = ("plan", "game_plan", "feedback")


@dataclass(frozen=True)
class Reminder:
    """What became of "Remind me then". ``day`` is the written day of the next check-in, empty where none is planned."""

    day: str = ""
    hour: str = ""
    as_chosen: bool = True
    off: bool = False


@dataclass(frozen=True)
class Kept:
    """What is kept of one thread: ``notes`` by kind, each by the name of its field. ``name`` is as it was typed."""

    journey: str
    day: str
    name: str
    notes: Mapping[str, Mapping[str, str]]


def form(locale: Locale, asked: Plan, *, operator: str, hour: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Everything may stay empty. ``hour`` is the one of the member's check-ins."""
    remind = blocks.checkboxes(REMIND, [blocks.option(locale.phrase("plans.remind_yes"), REMIND)])
    drawn: list[Block] = [
        blocks.section(locale.phrase("plans.intro")),
        _typed(locale, "act", words, hint=locale.phrase("plans.act_hint")),
        blocks.field(
            locale.phrase("plans.day_label"),
            blocks.datepicker("day", locale.phrase("plans.day_example"), initial=words.get("day")),
        ),
        blocks.field(
            locale.phrase("plans.time_label"),
            blocks.timepicker("time", locale.phrase("plans.time_example"), initial=words.get("time")),
        ),
        blocks.field(
            locale.phrase("plans.remind_label"), remind, hint=locale.phrase("plans.remind_hint", hour=hour)
        ),
        _typed(locale, "place", words),
        _typed(locale, "another_no", words, example=locale.phrase("plans.another_no_example")),
        keeping.box(locale, "plans", operator=operator),
    ]  # fmt: skip
    return asked.view(
        title=locale.phrase("plans.view_title"), blocks=drawn, submit=locale.phrase("labels.see_plan"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def lines(locale: Locale, words: Mapping[str, str]) -> list[str]:
    """The plan as it is read aloud; what was left empty is left out."""
    when, act, another_no = _when(locale, words), words.get("act", ""), words.get("another_no", "")
    key = "line" if when and act else "line_act" if act else "line_when"
    first = [locale.phrase(f"plans.{key}", when=when, act=act)] if when or act else []
    return [*first, *([locale.phrase("plans.line_another_no", act=another_no)] if another_no else [])]


def reminded(locale: Locale, reminder: Reminder) -> str:
    if not reminder.day:
        return locale.phrase("plans.not_reminded_off" if reminder.off else "plans.not_reminded")
    key = "plans.reminded" if reminder.as_chosen else "plans.reminded_near"
    return locale.phrase(key, day=reminder.day, hour=reminder.hour)


def mine(locale: Locale, kept: Sequence[Kept], *, chosen: str = "", operator: str) -> dict[str, Any]:
    """Everything kept, one thread at a time: the ``chosen`` one, else the first."""
    shown = next((each for each in kept if each.journey == chosen), kept[0] if kept else None)
    intro = locale.phrase("plans.mine_intro", operator=blocks.escape(operator))
    drawn = [blocks.section(intro if shown else locale.phrase("plans.mine_empty"))]
    if shown and len(kept) > 1:
        drawn.append(_choose(locale, kept, shown.journey))
    drawn += _thread(locale, shown) if shown else []
    return Reading().view(title=locale.phrase("plans.mine_title"), blocks=drawn, close=locale.phrase("labels.close"))


def _choose(locale: Locale, kept: Iterable[Kept], chosen: str) -> Block:
    menu, options = step_presses.KeptOf(), keeping.threads((each.journey, each.day, each.name) for each in kept)
    select = blocks.select(menu.id, locale.phrase("plans.mine_thread"), options, initial=chosen)
    return blocks.actions(select) | {"block_id": menu.block_id}


def _thread(locale: Locale, kept: Kept) -> list[Block]:
    drawn = [blocks.quoted(" · ".join(filter(None, (kept.day, kept.name))))]
    for note in NOTES:
        if words := kept.notes.get(note):
            discard = _discard(locale, kept.journey, note)
            heading = blocks.section(locale.phrase(f"plans.mine_{note}"))
            drawn += [heading, *blocks.written(*_spoken(locale, note, words)), blocks.actions(discard)]
    return drawn


def _spoken(locale: Locale, note: str, words: Mapping[str, str]) -> list[str]:
    say = {"plan": lines, "game_plan": reflection.lines, "feedback": feedback.lines}[note]
    return say(locale, words)


def _discard(locale: Locale, journey: str, note: str) -> Element:
    sure = blocks.confirm(
        locale.phrase("plans.discard_title"), locale.phrase("plans.discard_sure"), locale.phrase("labels.discard"),
        locale.phrase("labels.cancel"), style="danger",
    )  # fmt: skip
    return step_presses.Discard(journey, note).button(locale.phrase(f"labels.discard_{note}")) | {"confirm": sure}


def _typed(locale: Locale, name: str, words: Mapping[str, str], *, hint: str | None = None, example: str = "") -> Block:
    element = blocks.text_input(name, placeholder=example, max_length=LONGEST, initial=words.get(name))
    return blocks.field(locale.phrase(f"plans.{name}_label"), element, hint=hint)


def _when(locale: Locale, words: Mapping[str, str]) -> str:
    day = locale.day(date.fromisoformat(words["day"])) if words.get("day") else ""
    return ", ".join(filter(None, (day, words.get("time"), words.get("place"))))
