"""Someone to talk to, in every country with lines of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bot.gallery.picture import Picture, message, view
from messages import coaching, crisis, sharing, talk
from messages.locale import Locale


def pages(locale: Locale) -> Iterator[Picture]:
    """Every country with lines of its own, wherever else somebody may be, and nowhere."""
    offered = crisis.countries()
    for country in (None, "", "INT", "ZZ", "xx", *(each.code for each in offered), *(c.code.lower() for c in offered)):
        page = talk.page(locale, crisis.lines(country), offered, country=country)
        doors = [*coaching.doors(locale, coach=True, counselor=True), *sharing.doors(locale)]
        there = talk.page(locale, crisis.lines(country), offered, country=country, doors=doors)
        yield message(f"talk in {country}", page, ephemeral=True)
        yield view(f"talk in {country}, where there is a coach", talk.view(locale, there))
        yield view(f"talk in {country}, as a view", talk.view(locale, page))
