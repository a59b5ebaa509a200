"""The four steps and the eight stages: the ids every room uses, and what happens to a step."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """The seed article's four topics, in the order they are dealt."""

    BE_PROFESSIONAL = "be_professional"
    STAY_POSITIVE = "stay_positive"
    ASK_FOR_FEEDBACK = "ask_for_feedback"
    DONT_DWELL = "dont_dwell"


class Stage(StrEnum):
    """How far an application got. ``NONE`` is a member who did not say."""

    NONE = "none"
    NO_REPLY = "no_reply"
    AUTOMATED = "automated"
    RECRUITER_CALL = "recruiter_call"
    INTERVIEW = "interview"
    GHOSTED = "ghosted"
    FINAL_ROUND = "final_round"
    OFFER_WITHDRAWN = "offer_withdrawn"


class State(StrEnum):
    """Of one step: not dealt yet, dealt, done, or put aside."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    NOT_NOW = "not_now"


# The stage that sets the tone of a series is the one that got furthest: closeness asks for the softest words.
CLOSENESS = [
    Stage.NONE, Stage.NO_REPLY, Stage.AUTOMATED, Stage.RECRUITER_CALL, Stage.GHOSTED, Stage.INTERVIEW,
    Stage.FINAL_ROUND, Stage.OFFER_WITHDRAWN,
]  # fmt: skip


def closest(stages: list[Stage]) -> Stage:
    return max(stages, key=CLOSENESS.index, default=Stage.NONE)


def next_waiting(states: dict[Step, State]) -> Step | None:
    """The step to deal next: the first one not dealt yet."""
    return next((step for step in Step if states[step] is State.WAITING), None)
