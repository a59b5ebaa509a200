"""What whoever installs the app is sent."""

from __future__ import annotations

from collections.abc import Iterator

from bot.gallery.picture import GENTLE_COMMAND, OPERATORS, Picture, message
from messages import install
from messages.locale import Locale


def welcomes(locale: Locale) -> Iterator[Picture]:
    for operator in OPERATORS:
        yield message(f"welcome, run by {operator}", install.welcome(locale, operator=operator, command=GENTLE_COMMAND))
