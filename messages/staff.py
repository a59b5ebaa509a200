"""What staff of a career center are told: one clear note for what only they can mend."""

from __future__ import annotations

from messages import blocks
from messages.blocks import Message
from messages.center_presses import OpenCenter, TryAgain
from messages.locale import Locale

# What a note can be about. Whatever else Slack says gets the sentence that names its code.
TROUBLES = (
    "not_in_channel", "is_archived", "channel_not_found", "missing_scope", "ratelimited", "restricted_action",
    "staff_gone", "coach_gone", "sharing_waits",
)  # fmt: skip
PASSES_BY_ITSELF = ("ratelimited", "staff_gone", "coach_gone", "sharing_waits")


def note(locale: Locale, about: str, place: str) -> Message:
    """``place`` is the channel, or the person a note is about, as Slack marks it up."""
    line = trouble(locale, about, place)
    waits = [] if about in PASSES_BY_ITSELF else [locale.phrase("staff.waits")]
    buttons = [] if about in PASSES_BY_ITSELF else [TryAgain().button(locale.phrase("labels.center_try_again"))]
    buttons.append(OpenCenter().button(locale.phrase("labels.center")))
    shown = [line, *waits]
    return Message("\n".join(shown), (*map(blocks.section, shown), blocks.actions(*buttons)))


def trouble(locale: Locale, about: str, place: str) -> str:
    """What is wrong with a channel and what to do about it, in one or two sentences."""
    known = next((each for each in TROUBLES if about.startswith(each)), "other")
    return locale.phrase(f"trouble.{known}", place=place, error=about)
