"""The buttons of the steps' tools, and of what a member kept with them. What every press is stands in ``press``."""

from __future__ import annotations

from dataclasses import dataclass

from messages.press import Choice, Press
from messages.presses import OnCheckIn

# reflection


@dataclass(frozen=True)
class OpenReflection(Press, id="reflection.open"):
    journey: str


# The form itself carries what these two need.


class TwoMinutes(Press, id="reflection.two_minutes"): ...


class AllThree(Press, id="reflection.all_three"): ...


# plans


@dataclass(frozen=True)
class OpenPlan(Press, id="plans.open"):
    journey: str


class OpenPlanFrom(OnCheckIn, id="plans.open_from"):
    """Make my plan or move it, under a check-in: for the thread of the plan kept last, else the newest."""


class ShowKept(Press, id="plans.show"):
    """Everything the member kept of their own words."""


class KeptOf(Choice, id="plans.thread"):
    """Another thread, while reading what was kept."""


@dataclass(frozen=True)
class Discard(Press, id="plans.discard"):
    """``note`` is one of plan, game_plan, feedback."""

    journey: str
    note: str


# feedback


@dataclass(frozen=True)
class OpenFeedback(Press, id="feedback.open"):
    journey: str


# keeping in touch


@dataclass(frozen=True)
class KeepInTouch(Press, id="keep_in_touch.ask"):
    """One note, two to three months after the thread began."""

    journey: str


@dataclass(frozen=True)
class NoKeepInTouch(Press, id="keep_in_touch.drop"):
    """Not after all."""

    journey: str


class SkipKeepInTouch(OnCheckIn, id="keep_in_touch.skip"):
    """No hello this time, under the note."""


# drafts; but for the first, what belongs to them is carried by the form they stand in


@dataclass(frozen=True)
class OpenDraft(Press, id="drafts.open"):
    """``email`` is the draft to begin with; empty, the one that fits best."""

    journey: str
    step: str
    email: str = ""


class WhichDraft(Choice, id="drafts.which"):
    """Another draft, while filling one in."""


class ChangeDraft(Press, id="drafts.change"): ...


class SendDraft(Press, id="drafts.send"):
    """Into the member's own messages, after a warning."""
