"""The guide for everyone in a career center's channel."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import OPERATORS, Picture, message
from messages import guide
from messages.locale import STEPS, Locale


def guides(locale: Locale) -> Iterator[Picture]:
    yield message("the guide, offered to staff", guide.ask(locale, place="<#C0JOBSEARCH>"), ephemeral=True)
    for operator, dry_run in product(OPERATORS, (False, True)):
        yield message("the guide", guide.parent(locale, operator=operator, dry_run=dry_run))
    for step, line in product(STEPS, ("", "<https://careers.example.edu/desk|Our desk>")):
        yield message(f"the guide's card {step}", guide.card(locale, step, from_center=line))
