"""The buttons and menus of a thread and its check-ins, by noun. Other nouns have a ``…_presses`` of their own.

Ids are an API: a card from last year can still be pressed. They are ``<noun>.<verb>``, written once and never
renamed; a new field needs a default; a class that is no longer drawn moves to the bottom, under "retired".
"""

from __future__ import annotations

from dataclasses import dataclass

from messages.press import Choice, OldPress, Press

__all__ = ["Choice", "OldPress", "Press"]

# rejected


@dataclass(frozen=True)
class AnotherOne(Press, id="rejected.another"):
    """The button that says it is another one: a second thread although the same words were typed a moment ago."""

    journey: str


@dataclass(frozen=True)
class Begin(Press, id="rejected.open"):
    """The Home button that opens the form of ``Rejection``."""


# situations, and several noes at once


@dataclass(frozen=True)
class OpenSituations(Press, id="situations.open"):
    journey: str


class OpenSeveral(Press, id="several.open"):
    """The form for several noes; from the form for one it takes along what was typed there."""


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
class YesCheckIn(Press, id="check_ins.yes"):
    """From whoever wanted to be asked first."""

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


class Back(OnCheckIn, id="check_ins.back"): ...


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
