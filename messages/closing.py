"""What members read when whoever runs the bot ends it."""

from __future__ import annotations

from datetime import date

from messages import blocks, presses
from messages.blocks import Message, escape
from messages.locale import Locale


def notice(locale: Locale, *, day: date, operator: str, command: str) -> Message:
    """``command`` is the one that names nothing."""
    values = {"day": locale.day(day), "year": day.year, "operator": escape(operator), "command": command}
    lines = [locale.phrase(f"closing.{part}", **values) for part in ("ends", "deleted", "copy", "stop")]
    buttons = (
        presses.WhoCanSee().button(locale.phrase("labels.who")),
        presses.Talk().button(locale.phrase("labels.talk")),
    )
    return Message("\n".join(lines), (*map(blocks.section, lines), blocks.actions(*buttons)))
