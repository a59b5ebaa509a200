"""What operators are told."""

from __future__ import annotations

from collections.abc import Iterator

from bot.gallery.picture import Picture, message
from messages import operators
from messages.locale import Locale


def notes(locale: Locale) -> Iterator[Picture]:
    for minutes in (15, 90, 2880):
        yield message(f"a stall of {minutes} minutes", operators.stall(locale, minutes))
