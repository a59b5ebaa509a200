"""One plain sentence, wherever a handler has nothing else to show: as a message, as a view, in place of a view."""

from __future__ import annotations

from typing import Any

from messages import blocks
from messages.blocks import Message, escape
from messages.forms import Reading, Rejection
from messages.locale import Locale


def sentence(locale: Locale, key: str, **values: str) -> Message:
    """The phrase as a message."""
    return line(locale.phrase(key, **{name: escape(value) for name, value in values.items()}))


def line(text: str) -> Message:
    return Message(text, (blocks.section(text),))


def not_opened(locale: Locale) -> Message:
    """Where Slack's three seconds for a view were over."""
    return sentence(locale, "sentences.not_opened")


def page(locale: Locale, message: Message, *, title: str = "sentences.page_title") -> dict[str, Any]:
    """A sentence where a press on Home has no message to answer in. ``title`` is the key of its heading."""
    return Reading().view(title=locale.phrase(title), blocks=list(message.blocks), close=locale.phrase("labels.close"))


def told(locale: Locale, message: Message) -> dict[str, Any]:
    """The sentence that says why a form could not be taken."""
    return Rejection().view(
        title=locale.phrase("sentences.told_title"), blocks=list(message.blocks), close=locale.phrase("labels.close")
    )
