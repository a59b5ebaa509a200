"""What staff of a career center see: the notes, and the bot's first words in their channel."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import OPERATORS, Picture, message
from messages import center, staff
from messages.locale import Locale

CHANNEL, SOMEBODY = "<#C0JOBSEARCH>", "<@U0ALEX00001>"


def notes(locale: Locale) -> Iterator[Picture]:
    for about in (*staff.TROUBLES, "no_text"):
        place = SOMEBODY if about == "staff_gone" else CHANNEL
        yield message(f"note to staff about {about}", staff.note(locale, about, place))


def hellos(locale: Locale) -> Iterator[Picture]:
    for operator, dry_run in product(OPERATORS, (False, True)):
        drawn = center.hello(locale, operator=operator, dry_run=dry_run)
        yield message(f"hello in the channel{', a dry run' if dry_run else ''}", drawn)
