"""App Home: the one next step, other open steps, the next check-in, the plan; below, folded, everything else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from messages import blocks, history, home_presses, presses, privacy, step_presses
from messages.blocks import Block, Element
from messages.history import Shelf
from messages.locale import Locale

MOST_STEPS = 100  # options a menu holds


@dataclass(frozen=True)
class Waiting:
    """A step that waits. ``name`` is company and role as typed."""

    journey: str
    step: str
    title: str
    name: str = ""
    day: str = ""


@dataclass(frozen=True)
class Checking:
    """The next check-in. ``on`` and ``day`` are written days; ``paused`` is the day a pause ends."""

    day: str = ""
    hour: str = ""
    on: bool = True
    paused: str = ""
    interview: str = ""  # the written day of an interview to come
    hello: str = ""  # the written day of the one reminder they asked for, to say hello to people from a thread
    none_here: bool = False  # the career center switched them off for everybody


@dataclass(frozen=True)
class Standing:
    """Where a member is. ``waiting`` are the open steps, the next one first; ``plan`` is the one kept last."""

    waiting: Sequence[Waiting] = ()
    checking: Checking = field(default_factory=Checking)
    has_threads: bool = False
    newest: str = ""  # the newest thread
    plan: Sequence[str] = ()
    plan_of: str = ""  # its thread
    has_kept: bool = False  # words of their own
    has_pattern: bool = False
    shelf: Shelf | None = None  # the history, unfolded
    undo: history.Undo | None = None
    closes: str = ""  # the written day on which whoever runs this ends it


def home(locale: Locale, standing: Standing, *, operator: str, more: Sequence[Block] = ()) -> dict[str, Any]:
    """``more`` is what somebody of staff sees besides."""
    notice = locale.phrase("thread.notice", operator=blocks.escape(operator))
    shown = [
        *_ending(locale, standing, operator),
        *([] if standing.has_threads else [blocks.section(locale.phrase("home.welcome"))]),
        *_next(locale, standing),
        blocks.actions(*_doors(locale, standing)),
        *(_check_ins(locale, standing.checking) if standing.has_threads else []),
        *_plan(locale, standing),
        blocks.divider(),
        *history.undo(locale, standing.undo),
        *(history.shelf(locale, standing.shelf) if standing.shelf else []),
        blocks.actions(*_folded(locale, standing)),
        blocks.actions(*_rights(locale)),
        *more,
        blocks.small(" ".join((locale.phrase("home.private"), notice))),
    ]
    page = {"page": standing.shelf.page} if standing.shelf else {}
    return {"type": "home", "private_metadata": json.dumps(page), "blocks": shown}


def _ending(locale: Locale, standing: Standing, operator: str) -> list[Block]:
    """On top, and also for who pressed Stop and got no notice."""
    if not standing.closes:
        return []
    return [blocks.section(locale.phrase("home.closes", operator=blocks.escape(operator), day=standing.closes))]


def page_of(view: Mapping[str, Any]) -> int | None:
    """Which page of the history is unfolded on this Home; None where it is folded."""
    try:
        return int(json.loads(view.get("private_metadata") or "{}")["page"])
    except (KeyError, TypeError, ValueError):
        return None


def _next(locale: Locale, standing: Standing) -> list[Block]:
    if not standing.has_threads:
        return []
    if not standing.waiting:
        return [blocks.section(locale.phrase("home.all_done"))]
    first, *others = standing.waiting
    row = blocks.actions(
        home_presses.OpenStep(first.journey, first.step).button(locale.phrase("labels.open_step"), style="primary"),
        home_presses.HomeDone(first.journey, first.step).button(locale.phrase("labels.done")),
        home_presses.HomeNotNow(first.journey, first.step).button(locale.phrase("labels.not_now")),
    )
    named = [blocks.quoted(first.name)] if first.name else []
    return [
        blocks.section(locale.phrase("home.next_step", title=first.title)), *named, row, *_others(locale, others)
    ]  # fmt: skip


def _others(locale: Locale, others: Sequence[Waiting]) -> list[Block]:
    """A menu, so that hundreds of them are one line."""
    if not others:
        return []
    options = [
        blocks.option(
            blocks.shorten(" · ".join(filter(None, (each.title, each.name or each.day))), blocks.BUTTON_LENGTH),
            f"{each.journey}/{each.step}",
        )
        for each in others[:MOST_STEPS]
    ]
    menu = home_presses.ChooseStep()
    return [blocks.actions(blocks.select(menu.id, locale.phrase("home.other_steps"), options))]


def _doors(locale: Locale, standing: Standing) -> list[Element]:
    begin = presses.Begin().button(locale.phrase("labels.begin"), style=None if standing.waiting else "primary")
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    answer = step_presses.OpenFeedback(standing.newest).button(locale.phrase("labels.got_answer"))
    applied = home_presses.HomeApplied().button(locale.phrase("labels.applied"))
    return [begin, talk, *([answer] if standing.newest else []), *([applied] if standing.has_threads else [])]


def _check_ins(locale: Locale, checking: Checking) -> list[Block]:
    drawn: list[Block] = [blocks.divider()]
    if checking.interview:
        prepare = home_presses.Prepare().button(locale.phrase("labels.prepare"))
        drawn.append(blocks.section(locale.phrase("home.interview", day=checking.interview), accessory=prepare))
    drawn.append(blocks.section(_check_in(locale, checking)))
    return drawn if checking.none_here else [*drawn, _controls(locale, checking)]


def _check_in(locale: Locale, checking: Checking) -> str:
    if checking.none_here:
        return locale.phrase("thread.check_ins_none_here")
    if not checking.on:
        return locale.phrase("home.check_ins_off")
    lines = [locale.phrase("home.paused", day=checking.paused)] if checking.paused else []
    if checking.day:
        lines.append(locale.phrase("home.next_check_in", day=checking.day, hour=checking.hour))
    if checking.hello:
        lines.append(locale.phrase("home.hello", day=checking.hello))
    if not checking.day and not checking.hello:
        lines.append(locale.phrase("home.no_check_in"))
    return "\n".join(lines)


def _controls(locale: Locale, checking: Checking) -> Block:
    turn_on = presses.HomeTurnOn().button(locale.phrase("labels.turn_on"))
    stop = presses.HomeStop().button(locale.phrase("labels.stop"))
    if not checking.on:
        return blocks.actions(turn_on)
    if not checking.day:
        return blocks.actions(*([turn_on] if checking.paused else []), stop)
    later = home_presses.HomeSnooze().button(locale.phrase("labels.snooze"), label=locale.phrase("home.snooze_label"))
    menu = home_presses.AnotherDay()
    day = blocks.datepicker(menu.id, locale.phrase("home.another_day"))
    again = [turn_on] if checking.paused else []
    return blocks.actions(later, day, stop, *again)


def _plan(locale: Locale, standing: Standing) -> list[Block]:
    """What they kept stays within reach, also when every thread was removed."""
    mine = step_presses.ShowKept().button(locale.phrase("labels.my_plans"))
    if not standing.plan:
        return [blocks.divider(), blocks.actions(mine)] if standing.has_kept else []
    change = step_presses.OpenPlan(standing.plan_of).button(locale.phrase("labels.change_plan"))
    heading = blocks.section(locale.phrase("home.plan"))
    return [blocks.divider(), heading, *blocks.written(*standing.plan), blocks.actions(change, mine)]


def _folded(locale: Locale, standing: Standing) -> list[Element]:
    unfold = home_presses.Unfold().button(locale.phrase("labels.history"))
    fold = home_presses.Fold().button(locale.phrase("labels.fold"))
    pattern = home_presses.OpenPattern().button(locale.phrase("labels.pattern"))
    settings = presses.ChangeTime().button(locale.phrase("labels.settings"))
    shown = [fold if standing.shelf else unfold] if standing.has_threads or standing.shelf else []
    return [*shown, *([pattern] if standing.has_pattern else []), settings]


def _rights(locale: Locale) -> list[Element]:
    return [
        presses.WhoCanSee().button(locale.phrase("labels.who")),
        home_presses.TakeCopy().button(locale.phrase("labels.copy")),
        privacy.delete_button(locale, style=None),  # nothing on Home shouts
    ]
