"""What members read when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.gallery.picture import GENTLE_COMMAND, OPERATORS, Picture, message
from messages import closing
from messages.locale import Locale

LAST_DAY = date(2027, 3, 1)


def notices(locale: Locale) -> Iterator[Picture]:
    for operator in OPERATORS:
        drawn = closing.notice(locale, day=LAST_DAY, operator=operator, command=GENTLE_COMMAND)
        yield message(f"the end, told by {operator}", drawn)
