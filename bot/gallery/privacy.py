"""Who can see this, and what is said around deleting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.facts import MEMBER
from bot.gallery.picture import COMMAND, GENTLE_COMMAND, OPERATORS, STRANGE, Picture, message, view
from messages import privacy
from messages.locale import Locale
from messages.privacy import House


def pages(locale: Locale) -> Iterator[Picture]:
    contacts = (None, "help@riverside.example", "<mailto:a@b.example|us> & *others*")
    for operator, contact, command in product(OPERATORS, contacts, (COMMAND, GENTLE_COMMAND)):
        page = privacy.who(locale, MEMBER, House(operator, contact), command=command)
        yield message("who can see this", page, names_the_command=True, ephemeral=True)
        yield view("who can see this, as a view", privacy.view(locale, page), names_the_command=True)
    for anything in (True, False):
        asked = privacy.copy_asked(locale, anything=anything)
        yield message("a copy was asked for", asked, ephemeral=True)
        yield view("a copy was asked for, as a view", privacy.copy_page(locale, asked))
    for number, name in enumerate(STRANGE, 1):
        yield message(f"part {number} of a copy", privacy.copy_part(locale, name, number, len(STRANGE)), name)
    yield message("delete?", privacy.ask_to_delete(locale), ephemeral=True)
    for operator in OPERATORS:
        receipt = privacy.deleted(locale, operator=operator)
        yield message("deleted", receipt, ephemeral=True)
        yield view("deleted, as a view", privacy.receipt(locale, receipt))
