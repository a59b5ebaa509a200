"""What operators are told in a channel of theirs: that messages are late. It names nobody."""

from __future__ import annotations

from messages import blocks
from messages.blocks import Message
from messages.locale import Locale


def stall(locale: Locale, minutes: int) -> Message:
    """``minutes``: for how long the oldest has been waiting."""
    lines = [locale.phrase("operators.stall", minutes=minutes), locale.phrase("operators.once")]
    return Message("\n".join(lines), tuple(map(blocks.section, lines)))
