"""What whoever installed the app reads first."""

from __future__ import annotations

from messages import blocks, presses
from messages.blocks import Message, escape
from messages.center_presses import OpenCenter
from messages.locale import Locale


def welcome(locale: Locale, *, operator: str, command: str) -> Message:
    """What it does, what it does not, and where to begin."""
    values = {"operator": escape(operator), "command": command}
    lines = [locale.phrase(f"install.{part}", **values) for part in ("hello", "tell", "quiet", "staff")]
    return Message(
        "\n".join(lines),
        (
            *map(blocks.section, lines),
            blocks.actions(
                OpenCenter().button(locale.phrase("labels.center")),
                presses.Begin().button(locale.phrase("labels.begin")),
                presses.WhoCanSee().button(locale.phrase("labels.who")),
                presses.Talk().button(locale.phrase("labels.talk")),
            ),
        ),
    )
