"""App Home: the one next step, the next check-in, and the doors that are always open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from messages import blocks, presses, step_presses
from messages.locale import Locale


@dataclass(frozen=True)
class Standing:
    """Where a member is. ``next_step`` is a title; ``next_day`` a written day; either may be empty."""

    next_step: str = ""
    next_day: str = ""
    hour: str = ""
    check_ins_on: bool = True
    has_threads: bool = False
    link: str = ""  # to the thread of the next step
    newest: str = ""  # the newest thread
    has_kept: bool = False  # words of their own


def home(locale: Locale, standing: Standing, *, operator: str) -> dict[str, Any]:
    begin = presses.Begin().button(locale.phrase("labels.begin"), style="primary")
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    who = presses.WhoCanSee().button(locale.phrase("labels.who"))
    notice = locale.phrase("thread.notice", operator=blocks.escape(operator))
    shown = [
        blocks.section(locale.phrase("home.welcome")),
        blocks.actions(begin, talk, who),
        *(_standing(locale, standing) if standing.has_threads else []),
        *_own_words(locale, standing),
        blocks.small(" ".join((locale.phrase("home.private"), notice))),
    ]
    return {"type": "home", "blocks": shown}


def _standing(locale: Locale, standing: Standing) -> list[blocks.Block]:
    key = "home.next_step" if standing.next_step else "home.all_done"
    step = locale.phrase(key, title=standing.next_step)
    way = f"\n<{standing.link}|{locale.phrase('rejected.pointer_link')}>" if standing.link else ""
    switch = presses.HomeStop() if standing.check_ins_on else presses.HomeTurnOn()
    label = locale.phrase("labels.stop" if standing.check_ins_on else "labels.turn_on")
    change = presses.ChangeTime().button(locale.phrase("labels.change_time"))
    return [
        blocks.divider(),
        blocks.section(step + way),
        blocks.section(_check_in(locale, standing)),
        blocks.actions(change, switch.button(label)),
    ]


def _own_words(locale: Locale, standing: Standing) -> list[blocks.Block]:
    """What they kept stays within reach, also when every thread was removed."""
    answer = step_presses.OpenFeedback(standing.newest).button(locale.phrase("labels.got_answer"))
    mine = step_presses.ShowKept().button(locale.phrase("labels.my_plans"))
    row = [*([answer] if standing.newest else []), *([mine] if standing.has_kept else [])]
    return [blocks.actions(*row)] if row else []


def _check_in(locale: Locale, standing: Standing) -> str:
    if not standing.check_ins_on:
        return locale.phrase("home.check_ins_off")
    if not standing.next_day:
        return locale.phrase("home.no_check_in")
    return locale.phrase("home.next_check_in", day=standing.next_day, hour=standing.hour)
