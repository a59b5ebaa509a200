"""What the forms of the steps do alike: words are kept where their box was ticked, and **Done** settles the step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.steps import State, Step
from bot.store.values import Journey, Member, NoteKind
from bot.tools import Tools
from messages.forms import StepDone, ticked
from messages.keeping import BOX


async def keep_ticked(
    tools: Tools, member: Member, view: Mapping[str, Any], journey: str, kind: NoteKind, words: Mapping[str, str]
) -> str:
    """What became of the words: kept, not_kept, or kept_before where only earlier ones are kept."""
    if words and BOX in ticked(view, BOX):
        await tools.store.notes.keep(member.who, journey, kind, words, now=tools.clock.now())
        return "kept"
    before = await tools.store.notes.find(member.who, journey, kind)
    return "kept_before" if before else "not_kept"


def to_settle(journey: Journey, step: str) -> StepDone | None:
    """What **Done** under a result settles; nothing where that is done already."""
    return None if journey.states[Step(step)] is State.DONE else StepDone(journey.id, step)
