"""Every button and menu: a class with its id and what it carries, that draws itself and reads itself back.

Ids are an API: a card from last year can still be pressed. They are ``<noun>.<verb>``, written once and never
renamed; a new field needs a default; a class that is no longer drawn moves to the bottom, under "retired".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Self

from messages import blocks
from messages.blocks import Element


class OldPress(Exception):
    """A press whose load cannot be read: a card of another version, or a forged one."""


@dataclass(frozen=True)
class Press:
    """Base of every press. ``value`` is typed JSON in Slack's field of at most 2000 characters."""

    id: ClassVar[str]

    def __init_subclass__(cls, *, id: str) -> None:
        super().__init_subclass__()
        cls.id = id

    @property
    def value(self) -> str:
        packed = json.dumps(asdict(self), separators=(",", ":"))
        assert len(packed) <= blocks.VALUE_LENGTH, f"{type(self).__name__} carries more than Slack keeps"
        return packed

    def button(self, text: str, *, style: str | None = None, label: str | None = None) -> Element:
        return blocks.button(text, self.id, self.value, style=style, label=label)

    @classmethod
    def read(cls, action: Mapping[str, Any]) -> Self:
        """The press as it was drawn. Raises OldPress when it is not one of ours any more."""
        try:
            carried = json.loads(cls.carried(action))
            known = {each.name: carried[each.name] for each in fields(cls) if each.name in carried}
            press = cls(**known)
        except (TypeError, ValueError, KeyError) as unreadable:
            raise OldPress from unreadable
        if any(not isinstance(getattr(press, each.name), str) for each in fields(cls)):
            raise OldPress
        return press

    @classmethod
    def carried(cls, action: Mapping[str, Any]) -> str:
        return str(action["value"])


@dataclass(frozen=True)
class Choice(Press, id=""):
    """A menu or date picker. What it belongs to travels in its block id, what was chosen in the action."""

    @property
    def block_id(self) -> str:
        return self.value

    @classmethod
    def carried(cls, action: Mapping[str, Any]) -> str:
        return str(action["block_id"])

    @classmethod
    def chosen(cls, action: Mapping[str, Any]) -> str | None:
        """The chosen option's value, or the picked date as ``YYYY-MM-DD``."""
        option = action.get("selected_option") or {}
        return option.get("value") or action.get("selected_date")


# rejected


@dataclass(frozen=True)
class AnotherOne(Press, id="rejected.another"):
    """ "It's another one": a second thread although the same words were typed a moment ago."""

    journey: str


@dataclass(frozen=True)
class Begin(Press, id="rejected.open"):
    """The Home button that opens the form of ``Rejection``."""


# thread


@dataclass(frozen=True)
class Done(Press, id="thread.done"):
    journey: str
    step: str


@dataclass(frozen=True)
class NotNow(Press, id="thread.not_now"):
    journey: str
    step: str


@dataclass(frozen=True)
class Reopen(Press, id="thread.reopen"):
    journey: str
    step: str


@dataclass(frozen=True)
class ShowAll(Press, id="thread.show_all"):
    journey: str


@dataclass(frozen=True)
class ChooseStage(Choice, id="thread.stage"):
    journey: str


@dataclass(frozen=True)
class Remove(Press, id="thread.remove"):
    journey: str


@dataclass(frozen=True)
class Restore(Press, id="thread.restore"):
    journey: str


# check-ins


@dataclass(frozen=True)
class OnCheckIn(Press, id=""):
    """A button under a check-in."""

    check_in: str


@dataclass(frozen=True)
class OnlyOne(Press, id="check_ins.only_one"):
    journey: str


@dataclass(frozen=True)
class NoCheckIns(Press, id="check_ins.none"):
    journey: str


@dataclass(frozen=True)
class TurnOn(Press, id="check_ins.turn_on"):
    """Starts check-ins again; ``journey`` or ``check_in`` is the message it was drawn on, either may be empty."""

    journey: str = ""
    check_in: str = ""


@dataclass(frozen=True)
class Stop(Press, id="check_ins.stop"):
    check_in: str = ""


# How it is today is answered in words and never stored. Each answer has an id of its own: Slack wants the ids within
# one row of buttons to differ.


class Okay(OnCheckIn, id="check_ins.ok"): ...


class SoSo(OnCheckIn, id="check_ins.so_so"): ...


class Rough(OnCheckIn, id="check_ins.rough"): ...


class Quieter(OnCheckIn, id="check_ins.quieter"): ...


class OneHello(OnCheckIn, id="check_ins.hello"): ...


@dataclass(frozen=True)
class ShowSteps(Press, id="check_ins.steps"):
    check_in: str = ""


class Applied(OnCheckIn, id="check_ins.applied"): ...


class NotYet(OnCheckIn, id="check_ins.not_yet"): ...


class PlanSet(OnCheckIn, id="check_ins.plan_set"): ...


class NotThisWeek(OnCheckIn, id="check_ins.not_this_week"): ...


class StillWaiting(OnCheckIn, id="check_ins.still_waiting"): ...


class News(OnCheckIn, id="check_ins.news"): ...


class Interview(OnCheckIn, id="check_ins.interview"): ...


@dataclass(frozen=True)
class InterviewDay(Choice, id="check_ins.interview_day"):
    check_in: str


class NoInterviewDay(OnCheckIn, id="check_ins.no_interview_day"): ...


class Offer(OnCheckIn, id="check_ins.offer"): ...


class UndoOffer(OnCheckIn, id="check_ins.undo_offer"): ...


class AnotherNo(OnCheckIn, id="check_ins.another_no"): ...


class Snooze(OnCheckIn, id="check_ins.snooze"): ...


class SnoozeTwoDays(OnCheckIn, id="check_ins.snooze_two_days"): ...


class SnoozeWeek(OnCheckIn, id="check_ins.snooze_week"): ...


@dataclass(frozen=True)
class SnoozeUntil(Choice, id="check_ins.snooze_until"):
    check_in: str


# home: what is pressed there is redrawn there, so it has ids of its own


@dataclass(frozen=True)
class HomeStop(Press, id="home.stop"):
    pass


@dataclass(frozen=True)
class HomeTurnOn(Press, id="home.turn_on"):
    pass


# talk, preferences, privacy


@dataclass(frozen=True)
class Talk(Press, id="talk.open"):
    """Someone to talk to. On every card, message and page."""


@dataclass(frozen=True)
class TalkCountry(Choice, id="talk.country"):
    """Another country's lines, shown in the same place."""


@dataclass(frozen=True)
class ChangeTime(Press, id="preferences.open"):
    journey: str = ""


@dataclass(frozen=True)
class WhoCanSee(Press, id="privacy.who"):
    pass


@dataclass(frozen=True)
class DeleteAll(Press, id="privacy.delete"):
    pass
