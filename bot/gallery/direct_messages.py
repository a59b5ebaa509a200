"""What is answered to a word in the direct messages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import Picture, message
from messages import direct_messages
from messages.locale import Locale


def menus(locale: Locale) -> Iterator[Picture]:
    for said, on in product(("menu.said", "menu.stopped", "menu.turned_on"), (False, True)):
        yield message(f"{said}, check-ins {on}", direct_messages.menu(locale, said=said, check_ins_on=on))
