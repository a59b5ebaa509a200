"""The gallery of ``bot.gallery`` in English, each room drawn once for a whole run of tests."""

from __future__ import annotations

from functools import cache

from bot.gallery import ROOMS, Picture
from bot.gallery.picture import COMMAND, OPERATORS
from messages.library import Library
from messages.locale import Locale

__all__ = ["COMMAND", "OPERATORS", "ROOMS", "Picture", "english", "room"]


@cache
def english() -> Locale:
    return Library.load().locale("en")


@cache
def room(name: str) -> tuple[Picture, ...]:
    return tuple(ROOMS[name](english()))
