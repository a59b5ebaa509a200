"""Who can see this, and what is said around deleting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import COMMAND, GENTLE_COMMAND, OPERATORS, Picture, message, view
from messages import privacy
from messages.locale import Locale


def pages(locale: Locale) -> Iterator[Picture]:
    contacts = (None, "help@riverside.example", "<mailto:a@b.example|us> & *others*")
    for operator, contact, command in product(OPERATORS, contacts, (COMMAND, GENTLE_COMMAND)):
        page = privacy.who(locale, operator=operator, contact=contact, command=command)
        yield message("who can see this", page, names_the_command=True, ephemeral=True)
        yield view("who can see this, as a view", privacy.view(locale, page), names_the_command=True)
    yield message("delete?", privacy.ask_to_delete(locale), ephemeral=True)
    for operator in OPERATORS:
        yield message("deleted", privacy.deleted(locale, operator=operator), ephemeral=True)
