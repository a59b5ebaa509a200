"""The buttons and menus of Home. What is pressed there is drawn anew there, so they have ids of their own."""

from __future__ import annotations

from dataclasses import dataclass

from messages.press import Choice, Press

# steps


@dataclass(frozen=True)
class OpenStep(Press, id="home.open_step"):
    """The card of a step, dealt again where Slack may have hidden its thread."""

    journey: str
    step: str


class ChooseStep(Choice, id="home.choose_step"):
    """Another open step; its value is journey and step with a slash between."""


@dataclass(frozen=True)
class HomeDone(Press, id="home.done"):
    journey: str
    step: str


@dataclass(frozen=True)
class HomeNotNow(Press, id="home.not_now"):
    journey: str
    step: str


# check-ins


class HomeSnooze(Press, id="home.snooze"):
    """The next check-in comes two days later than planned."""


class AnotherDay(Choice, id="home.another_day"):
    """The next check-in comes on the picked day."""


class HomeApplied(Press, id="home.applied"):
    """Applied somewhere: the reminder to keep applying is not needed."""


# history


@dataclass(frozen=True)
class Unfold(Press, id="history.unfold"):
    """Shows a page of the history; ``page`` counts from 0."""

    page: str = "0"


@dataclass(frozen=True)
class Newer(Press, id="history.newer"):
    page: str


@dataclass(frozen=True)
class Older(Press, id="history.older"):
    page: str


class Fold(Press, id="history.fold"): ...


@dataclass(frozen=True)
class OfEntry(Choice, id="history.entry"):
    """What can be done with one no: change, merge, delete."""

    journey: str


@dataclass(frozen=True)
class UndoEntry(Press, id="history.undo"):
    """Takes back a deletion, or puts two noes apart again."""

    journey: str


# pattern


class OpenPattern(Press, id="pattern.open"): ...


class DrawPattern(Press, id="pattern.draw"):
    """The chart of it, in the member's own messages: only there Slack draws one."""


class BreakWeek(Press, id="pattern.break_week"): ...


class BreakTwoWeeks(Press, id="pattern.break_two_weeks"): ...


# interview


class Prepare(Press, id="interview.prepare"):
    """Everything kept that helps before an interview, in one place."""


# privacy


class TakeCopy(Press, id="privacy.copy"): ...
