"""What a member ticked about the situation behind a thread: for the words of its cards, in memory, a day at most."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.values import Journey
from bot.tools import Tools
from messages.locale import MANY


def hold(tools: Tools, journey: Journey, ticked: Sequence[str]) -> None:
    """Nothing ticked is nothing held."""
    if ticked:
        tools.held.put(_key(journey), tuple(ticked), now=tools.clock.now())
    else:
        tools.held.drop(_key(journey))


def ticked_for(tools: Tools, journey: Journey) -> tuple[str, ...]:
    """Empty a day later, and after a restart."""
    return tools.held.get(_key(journey), now=tools.clock.now()) or ()


def shown_on(tools: Tools, journey: Journey) -> tuple[str, ...]:
    """What the cards are worded for: what was ticked, and the short form where the thread has it."""
    return (*ticked_for(tools, journey), *([MANY] if journey.short else []))


def _key(journey: Journey) -> tuple[str, ...]:
    return (*journey.who, "situations", journey.id)
