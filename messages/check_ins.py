"""Check-ins: the question, one purpose each, and what it turns into once it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from messages import blocks, keep_in_touch, presses, step_presses
from messages.blocks import Block, Element, Message
from messages.locale import Locale

CLOSE = ("final_round", "offer_withdrawn")
UNSEEN = ("no_reply", "automated")  # nobody had met them yet
WAITING = ("no_reply", "ghosted")  # there was no news to ask about


@dataclass(frozen=True)
class Question:
    """One check-in as it is drawn. ``encouragement`` is empty on the first; ``link`` leads back to the thread."""

    check_in: str
    purpose: str
    stage: str = "none"
    softly: bool = False  # the member asked for less
    encouragement: str = ""
    steps: tuple[str, ...] = ()  # titles of what was done
    link: str = ""
    journey: str = ""  # the thread it is about, where it is about one
    has_plan: bool = False  # the next step is planned already
    applied: bool = False  # said so in this series
    kept: bool = False  # there are words of their own to open
    weekly: bool = False  # one message a week, for many noes
    open_steps: tuple[str, ...] = ()  # titles of what is dealt and not settled, over all threads


@dataclass(frozen=True)
class Turn:
    """What a press turns a check-in into until more is said. ``menu`` carries the check-in where a day is picked.

    ``without`` is the id of the lasting button that would make no sense here, or stands among ``buttons`` already.
    """

    check_in: str
    reply: str
    buttons: tuple[Element, ...]
    menu: presses.Choice | None = None
    without: str = ""


def question(locale: Locale, asked: Question) -> Message:
    """The check-in as it arrives, with one row for its purpose and the same three buttons on every one."""
    lines = _lines(locale, asked)
    buttons = _once(_answers(locale, asked), linked=bool(asked.link))
    answers = [blocks.actions(*buttons)] if buttons else []
    return Message("\n".join(lines), (*_drawn(locale, asked, lines), *answers, _always(locale, asked.check_in)))


def folded(locale: Locale, asked: Question, reply: str, buttons: list[Element]) -> Message:
    """An answered check-in: what was asked, the reply in place, and what can still be done."""
    lines = _lines(locale, asked)
    kept = _once(buttons, linked=bool(asked.link))
    row = blocks.actions(*kept, presses.Talk().button(locale.phrase("labels.talk")))
    return _with_reply(_drawn(locale, asked, lines), lines, reply, row)


def in_between(locale: Locale, pressed: Mapping[str, Any], turn: Turn) -> Message:
    """The pressed message with a reply that is kept nowhere. What it asked stays above, as Slack gave it back."""
    asked = list(takewhile(lambda block: block["type"] not in ("divider", "actions"), pressed["blocks"]))
    lines = [block["text"]["text"] for block in asked if block["type"] == "section"]
    buttons = _once(turn.buttons, linked=any(block["type"] == "context" for block in asked))
    row = blocks.actions(*buttons, presses.Back(turn.check_in).button(locale.phrase("labels.back")))
    named = row | ({"block_id": turn.menu.block_id} if turn.menu else {})
    return _with_reply(asked, lines, turn.reply, named, _always(locale, turn.check_in, without=turn.without))


def okay(locale: Locale, check_in: str) -> Turn:
    return Turn(check_in, locale.phrase("replies.ok"), (_steps(locale, check_in),))


def so_so(locale: Locale, check_in: str) -> Turn:
    return Turn(check_in, locale.phrase("replies.so_so"), (_steps(locale, check_in),))


def rough(locale: Locale, check_in: str) -> Turn:
    """After a rough day: people who listen, less, one hello, or nothing. Only the choice is kept."""
    buttons = (
        presses.Talk().button(locale.phrase("labels.talk"), style="primary"),
        presses.Quieter(check_in).button(locale.phrase("labels.quieter")),
        presses.OneHello(check_in).button(locale.phrase("labels.hello")),
    )
    return Turn(check_in, locale.phrase("replies.rough"), buttons, without=presses.Talk.id)


def news(locale: Locale, check_in: str) -> Turn:
    buttons = (
        presses.Interview(check_in).button(locale.phrase("labels.interview")),
        presses.Offer(check_in).button(locale.phrase("labels.offer")),
        presses.AnotherNo(check_in).button(locale.phrase("labels.another_no")),
    )
    return Turn(check_in, locale.phrase("replies.news"), buttons)


def interview_days(locale: Locale, check_in: str) -> Turn:
    buttons = (
        blocks.datepicker(presses.InterviewDay.id, locale.phrase("replies.interview_day")),
        presses.NoInterviewDay(check_in).button(locale.phrase("labels.no_date")),
    )
    return Turn(check_in, locale.phrase("replies.interview_when"), buttons, menu=presses.InterviewDay(check_in))


def snooze_days(locale: Locale, check_in: str) -> Turn:
    buttons = (
        blocks.datepicker(presses.SnoozeUntil.id, locale.phrase("replies.snooze_day")),
        presses.SnoozeTwoDays(check_in).button(locale.phrase("labels.snooze_two_days")),
        presses.SnoozeWeek(check_in).button(locale.phrase("labels.snooze_week")),
    )
    reply, menu = locale.phrase("replies.snooze_when"), presses.SnoozeUntil(check_in)
    return Turn(check_in, reply, buttons, menu=menu, without=presses.Snooze.id)


def off(locale: Locale) -> Message:
    """What ``pause`` says when there is nothing to pause."""
    return _with_the_way_back(locale, "check_ins.off")


def stopped(locale: Locale) -> Message:
    """What ``stop`` says."""
    return _with_the_way_back(locale, "replies.stopped")


def _with_the_way_back(locale: Locale, key: str) -> Message:
    line = locale.phrase(key)
    turn_on = presses.TurnOn().button(locale.phrase("labels.turn_on"))
    return Message(line, (blocks.section(line), blocks.actions(turn_on)))


def _with_reply(asked: list[Block], lines: list[str], reply: str, *rows: Block) -> Message:
    return Message("\n".join([*lines, reply]), (*asked, blocks.divider(), blocks.section(reply), *rows))


def _always(locale: Locale, check_in: str, *, without: str = "") -> Block:
    every = (
        presses.Snooze(check_in).button(locale.phrase("labels.snooze")),
        presses.Talk().button(locale.phrase("labels.talk")),
        presses.Stop(check_in).button(locale.phrase("labels.stop")),
    )
    return blocks.actions(*(each for each in every if each["action_id"] != without))


def _steps(locale: Locale, check_in: str) -> Element:
    return presses.ShowSteps(check_in).button(locale.phrase("labels.show_steps"))


def _once(buttons: Sequence[Element], *, linked: bool) -> list[Element]:
    """One way to the steps is enough: the button stands in where there is no link."""
    return [each for each in buttons if not (linked and each["action_id"] == presses.ShowSteps.id)]


def _lines(locale: Locale, asked: Question) -> list[str]:
    return [*([asked.encouragement] if asked.encouragement else []), _ask(locale, asked)]


def _ask(locale: Locale, asked: Question) -> str:
    if asked.purpose == "day_14":
        return _closing(locale, asked)
    if asked.purpose == "keep_in_touch":
        return keep_in_touch.ask(locale)
    if asked.purpose == "day_7" and asked.weekly:
        return _digest(locale, asked)
    return locale.phrase(f"check_ins.{asked.purpose}{_variant(asked)}")


def _variant(asked: Question) -> str:
    """Which wording of the same question fits."""
    match asked.purpose:
        case "day_1" if asked.stage in CLOSE:
            return "_close"
        case "day_1" if asked.stage in WAITING:
            return "_waiting"
        case "interview":
            return "_close" if asked.stage in CLOSE else "_first" if asked.stage in UNSEEN else ""
        case "day_3" if asked.has_plan:
            return "_has_plan"
        case "day_7" if asked.softly:
            return "_soft"
        case _:
            return ""


def _closing(locale: Locale, asked: Question) -> str:
    """What was done, and a light line of the reminder; not for who has applied, or asked for less."""
    number, titles = len(asked.steps), ", ".join(asked.steps)
    done = locale.count("check_ins.day_14_steps", number, steps=titles) if number else ""
    wish = "applied" if asked.applied else "soft" if asked.softly else "apply"
    last = locale.phrase("check_ins.day_14"), done or locale.phrase("check_ins.day_14_nothing")
    return "\n".join([*last, locale.phrase(f"check_ins.day_14_{wish}")])


def _digest(locale: Locale, asked: Question) -> str:
    """The reminder for somebody with many noes: one step for the week, whatever thread it belongs to."""
    still = [locale.phrase("check_ins.day_7_weekly_open", steps=", ".join(asked.open_steps))]
    parts = [locale.phrase(f"check_ins.day_7_weekly{part}") for part in ("", "_apply", "_break")]
    return "\n".join([parts[0], *(still if asked.open_steps else []), *parts[1:]])


def _drawn(locale: Locale, asked: Question, lines: list[str]) -> list[Block]:
    link = f"<{asked.link}|{locale.phrase('check_ins.steps_link')}>"
    return [*map(blocks.section, lines), *([blocks.small(link)] if asked.link else [])]


def _answers(locale: Locale, asked: Question) -> list[Element]:
    def button(press: type[presses.OnCheckIn], label: str) -> Element:
        return press(asked.check_in).button(locale.phrase(f"labels.{label}"))

    steps = _steps(locale, asked.check_in)
    to_open = [step_presses.ShowKept().button(locale.phrase("labels.open_plan"))] if asked.kept else []
    rows: dict[str, list[Element]] = {
        "day_1": [button(presses.Okay, "ok"), button(presses.SoSo, "so_so"), button(presses.Rough, "rough"), steps],
        "day_3": [*_about_plan(locale, asked), button(presses.NotThisWeek, "not_this_week"), *to_open, steps],
        "day_7": [
            *([] if asked.softly else [button(presses.Applied, "applied")]),
            button(presses.NotYet, "not_now_soft" if asked.softly else "not_yet"), button(presses.News, "news"),
            *to_open,
        ],
        "day_14": [button(presses.News, "news"), *to_open, steps],
        "interview": [
            button(presses.StillWaiting, "still_waiting"), button(presses.Interview, "interview"),
            button(presses.Offer, "offer"), button(presses.AnotherNo, "another_no"),
        ],
        "hello": [*to_open, steps],
        "keep_in_touch": keep_in_touch.answers(locale, asked.check_in, asked.journey),
    }  # fmt: skip
    return rows[asked.purpose]


def _about_plan(locale: Locale, asked: Question) -> list[Element]:
    """A plan that stands can be moved; where there is none, one can be made."""
    good = locale.phrase("labels.plan_good" if asked.has_plan else "labels.plan_set")
    plan_set = presses.PlanSet(asked.check_in).button(good)
    opened = step_presses.OpenPlanFrom(asked.check_in)
    if asked.has_plan:
        return [plan_set, opened.button(locale.phrase("labels.move_plan"))]
    return [opened.button(locale.phrase("labels.make_plan")), plan_set]
