"""The career center in the channel: how the bot introduces itself there."""

from __future__ import annotations

from typing import Any

from messages import blocks, presses
from messages.blocks import Message, escape
from messages.forms import Reading
from messages.locale import Locale


def told(locale: Locale, key: str) -> dict[str, Any]:
    """One line over the page, for what shows itself elsewhere."""
    return Reading().view(
        title=locale.phrase("center.view_title"), blocks=[blocks.section(locale.phrase(key))],
        close=locale.phrase("labels.back"),
    )  # fmt: skip


def hello(locale: Locale, *, operator: str, dry_run: bool) -> Message:
    """The first post. It names what the bot is for and no command with a hard word."""
    above = [locale.phrase("center.dry_run")] if dry_run else []
    lines = [locale.phrase("center.hello"), locale.phrase("center.hello_private", operator=escape(operator))]
    buttons = (
        presses.Begin().button(locale.phrase("labels.begin")), presses.Talk().button(locale.phrase("labels.talk")),
        presses.WhoCanSee().button(locale.phrase("labels.who")),
    )  # fmt: skip
    drawn = (*map(blocks.small, above), *map(blocks.section, lines), blocks.actions(*buttons))
    return Message("\n".join([*above, *lines]), drawn)
