"""Someone to talk to: the same page for everybody, always one press away. Fixed words, no assessment, no record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from messages import blocks, presses
from messages.blocks import Block, Message
from messages.crisis import Country, Line
from messages.forms import Reading
from messages.locale import Locale


def page(
    locale: Locale, lines: Sequence[Line], countries: Sequence[Country], *, country: str | None,
    doors: Sequence[blocks.Element] = (),
) -> Message:  # fmt: skip
    """Lines of a country, the international one last, and a menu of the other countries.

    ``doors`` lead to people of the career center, where there are some.
    """
    intro, honest = locale.phrase("talk.intro"), locale.phrase("talk.honest")
    said = [intro, *emergency(locale, lines), *(line(locale, each) for each in lines)]
    menu = presses.TalkCountry()
    choose = blocks.actions(_countries(locale, countries, country, menu)) | {"block_id": menu.block_id}
    center = [locale.phrase("coaching.doors")] if doors else []
    at_hand = [*map(blocks.section, center), blocks.actions(*doors)] if doors else []
    drawn: list[Block] = [*map(blocks.section, said), choose, *at_hand, blocks.small(honest)]
    return Message("\n".join([*said, *center, honest]), tuple(drawn))


def view(locale: Locale, shown: Message) -> dict[str, Any]:
    return Reading().view(
        title=locale.phrase("talk.view_title"), blocks=list(shown.blocks), close=locale.phrase("labels.close")
    )


def line(locale: Locale, shown: Line) -> str:
    """One organisation: its name, how to reach it, when."""
    how = f"{shown.how}\n{shown.hours}" if shown.hours else shown.how
    return locale.phrase("talk.line", name=shown.name, how=how)


def emergency(locale: Locale, lines: Sequence[Line]) -> list[str]:
    """The country's emergency number, where there is a country."""
    number = next((each.emergency for each in lines if each.emergency), None)
    return [locale.phrase("talk.emergency", number=number)] if number else []


def _countries(
    locale: Locale, countries: Sequence[Country], chosen: str | None, menu: presses.TalkCountry
) -> blocks.Element:
    options = [blocks.option(locale.phrase("talk.international"), "INT")]
    options += [blocks.option(country.name, country.code) for country in countries]
    return blocks.select(menu.id, locale.phrase("talk.country"), options, initial=chosen)
