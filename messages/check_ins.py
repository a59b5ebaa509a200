"""Check-ins: the question, one purpose each, and what it turns into once it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from messages import blocks, presses
from messages.blocks import Block, Element, Message
from messages.locale import Locale

CLOSE = ("final_round", "offer_withdrawn")


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


def question(locale: Locale, asked: Question) -> Message:
    """The check-in as it arrives, with one row for its purpose and the same three buttons on every one."""
    lines = _lines(locale, asked)
    answers = blocks.actions(*_answers(locale, asked))
    always = blocks.actions(
        presses.Snooze(asked.check_in).button(locale.phrase("labels.snooze")),
        presses.Talk().button(locale.phrase("labels.talk")),
        presses.Stop(asked.check_in).button(locale.phrase("labels.stop")),
    )
    return Message("\n".join(lines), (*_drawn(locale, asked, lines), answers, always))


def folded(locale: Locale, asked: Question, reply: str, buttons: list[Element]) -> Message:
    """An answered check-in: what was asked, the reply in place, and what can still be done."""
    lines = _lines(locale, asked)
    return _with_reply(locale, _drawn(locale, asked, lines), lines, reply, buttons)


def in_between(
    locale: Locale, pressed: Mapping[str, Any], reply: str, buttons: list[Element], menu: presses.Choice | None = None
) -> Message:
    """The pressed message with a reply that is kept nowhere. What it asked stays above, as Slack gave it back."""
    asked = list(takewhile(lambda block: block["type"] not in ("divider", "actions"), pressed["blocks"]))
    lines = [block["text"]["text"] for block in asked if block["type"] == "section"]
    message = _with_reply(locale, asked, lines, reply, buttons)
    if menu is None:
        return message
    return Message(message.text, (*message.blocks[:-1], message.blocks[-1] | {"block_id": menu.block_id}))


def _with_reply(locale: Locale, asked: list[Block], lines: list[str], reply: str, buttons: list[Element]) -> Message:
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    row = [*buttons, *([] if any(each["action_id"] == presses.Talk.id for each in buttons) else [talk])]
    drawn = (*asked, blocks.divider(), blocks.section(reply), blocks.actions(*row))
    return Message("\n".join([*lines, reply]), drawn)


def rough(locale: Locale, check_in: str) -> list[Element]:
    """After a rough day: less, one hello, or nothing. Only the choice is kept."""
    return [
        presses.Talk().button(locale.phrase("labels.talk"), style="primary"),
        presses.Quieter(check_in).button(locale.phrase("labels.quieter")),
        presses.OneHello(check_in).button(locale.phrase("labels.hello")),
        presses.Stop(check_in).button(locale.phrase("labels.stop")),
    ]


def news(locale: Locale, check_in: str) -> list[Element]:
    return [
        presses.Interview(check_in).button(locale.phrase("labels.interview")),
        presses.Offer(check_in).button(locale.phrase("labels.offer")),
        presses.AnotherNo(check_in).button(locale.phrase("labels.another_no")),
    ]


def interview_days(locale: Locale, check_in: str) -> list[Element]:
    return [
        blocks.datepicker(presses.InterviewDay.id, locale.phrase("replies.interview_day")),
        presses.NoInterviewDay(check_in).button(locale.phrase("labels.no_date")),
    ]


def snooze_days(locale: Locale, check_in: str) -> list[Element]:
    return [
        blocks.datepicker(presses.SnoozeUntil.id, locale.phrase("replies.snooze_day")),
        presses.SnoozeTwoDays(check_in).button(locale.phrase("labels.snooze_two_days")),
        presses.SnoozeWeek(check_in).button(locale.phrase("labels.snooze_week")),
    ]


def _lines(locale: Locale, asked: Question) -> list[str]:
    return [*([asked.encouragement] if asked.encouragement else []), _ask(locale, asked)]


def _ask(locale: Locale, asked: Question) -> str:
    if asked.purpose == "day_1" and asked.stage in CLOSE:
        return locale.phrase("check_ins.day_1_close")
    if asked.purpose == "day_7" and asked.softly:
        return locale.phrase("check_ins.day_7_soft")
    if asked.purpose == "day_14":
        steps = ", ".join(asked.steps)
        return locale.phrase("check_ins.day_14", steps=steps) if steps else locale.phrase("check_ins.day_14_nothing")
    return locale.phrase(f"check_ins.{asked.purpose}")


def _drawn(locale: Locale, asked: Question, lines: list[str]) -> list[Block]:
    link = f"<{asked.link}|{locale.phrase('check_ins.steps_link')}>"
    return [*map(blocks.section, lines), *([blocks.small(link)] if asked.link else [])]


def _answers(locale: Locale, asked: Question) -> list[Element]:
    def button(press: type[presses.OnCheckIn], label: str) -> Element:
        return press(asked.check_in).button(locale.phrase(f"labels.{label}"))

    steps = presses.ShowSteps(asked.check_in).button(locale.phrase("labels.show_steps"))
    rows: dict[str, list[Element]] = {
        "day_1": [button(presses.Okay, "ok"), button(presses.SoSo, "so_so"), button(presses.Rough, "rough"), steps],
        "day_3": [button(presses.PlanSet, "plan_set"), button(presses.NotThisWeek, "not_this_week"), steps],
        "day_7": [button(presses.Applied, "applied"), button(presses.NotYet, "not_yet"), button(presses.News, "news")],
        "day_14": [button(presses.News, "news"), steps],
        "interview": [
            button(presses.StillWaiting, "still_waiting"), button(presses.Interview, "interview"),
            button(presses.Offer, "offer"), button(presses.AnotherNo, "another_no"),
        ],
        "hello": [steps],
    }  # fmt: skip
    return rows[asked.purpose]
