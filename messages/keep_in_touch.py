"""Keeping in touch: the offer of one note, on a card where people were met, and what that note says months later."""

from __future__ import annotations

from messages import blocks, emails, presses, step_presses
from messages.blocks import Element, Message
from messages.locale import Locale

STEP, STAGE = "dont_dwell", "final_round"  # where it is offered
DRAFTS = ("keep_news", "keep_advice", "keep_new_role")
DRAFTED_ON = "be_professional"  # the step whose drafts these are


def offered(locale: Locale, journey: str, stage: str, step: str, *, asked: bool) -> tuple[list[str], list[Element]]:
    """The line and the button on the card, both empty on every other. Once asked for, it can be called off."""
    if step != STEP or not (stage == STAGE or asked):
        return [], []
    if asked:
        drop = step_presses.NoKeepInTouch(journey).button(locale.phrase("labels.no_keep_in_touch"))
        return [locale.phrase("keep_in_touch.asked")], [drop]
    ask = step_presses.KeepInTouch(journey).button(locale.phrase("labels.keep_in_touch"))
    return [locale.phrase("keep_in_touch.offer")], [ask]


def ask(locale: Locale) -> str:
    """The note: which of the drafts fits when."""
    fitting = [
        locale.phrase(f"keep_in_touch.{each}", title=emails.email(locale, each).title) for each in DRAFTS
    ]  # fmt: skip
    return "\n".join([locale.phrase("keep_in_touch.note"), *fitting])


def answers(locale: Locale, check_in: str, journey: str) -> list[Element]:
    """The draft, with the one for news first, and no hello this time."""
    draft = step_presses.OpenDraft(journey, DRAFTED_ON, DRAFTS[0]).button(locale.phrase("labels.draft_note"))
    return [draft, step_presses.SkipKeepInTouch(check_in).button(locale.phrase("labels.skip_keep_in_touch"))]


def off(locale: Locale) -> Message:
    """Why none can be planned: check-ins are off."""
    line = locale.phrase("keep_in_touch.off")
    turn_on = presses.TurnOn().button(locale.phrase("labels.turn_on"))
    return Message(line, (blocks.section(line), blocks.actions(turn_on)))
