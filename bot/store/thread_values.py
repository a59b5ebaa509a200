"""What the messages of a thread are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.center import Center
from bot.store.values import Journey, Member


@dataclass(frozen=True)
class ParentFacts:
    """A thread and what its first message is drawn from."""

    journey: Journey
    member: Member
    names: list[str]  # of all noes told with it
    planned: list[datetime]  # the check-ins to come
    begun: bool  # one of them has gone out
    waits_for_yes: bool  # there are none until the member wants them


@dataclass(frozen=True)
class CardFacts:
    """A thread and what each of its cards is drawn from."""

    journey: Journey
    member: Member
    center: Center
    keeps_in_touch: bool
