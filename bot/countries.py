"""The countries and the time zones in them, as the tz database says: which there are, and which one a zone lies in."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

COMMENT = "#"


class Country(NamedTuple):
    """``code`` has two letters; ``name`` is the English one."""

    code: str
    name: str


def guess(zone: str | None) -> str | None:
    """The two-letter code of the zone's country; None for aliases and zones of no country.

    Good enough to show the lines to call there, never to move a check-in: a member can live elsewhere.
    """
    return _by_zone().get(zone or "")


def every_zone() -> frozenset[str]:
    """Every zone that lies in a country: the ones people live in."""
    return frozenset(_by_zone())


def find_country(code: str | None) -> str | None:
    """The code when it is one of a country; anything else is no country."""
    return code if code in _names() else None


@cache
def by_letter() -> dict[str, tuple[Country, ...]]:
    """Every country under the first letter of its name, in order, as a menu offers them."""
    letters: dict[str, tuple[Country, ...]] = {}
    for plain, code, name in sorted((_plain(name), code, name) for code, name in _names().items()):
        letters[plain[0]] = (*letters.get(plain[0], ()), Country(code, name))
    return letters


@cache
def _by_zone() -> dict[str, str]:
    return {zone: country for country, _, zone, *_ in _rows("zone.tab")}


@cache
def _names() -> dict[str, str]:
    return dict(_rows("iso3166.tab"))


def _rows(table: str) -> list[list[str]]:
    lines = files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith(COMMENT)]


def _plain(name: str) -> str:
    """Without its marks, so that Åland stands under A."""
    return unicodedata.normalize("NFKD", name)
