"""Which country a time zone lies in, as the tz database says. Only ever a guess: a member can say otherwise."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

COMMENT = "#"


def guess(zone: str | None) -> str | None:
    """The two-letter code of the zone's country; None for aliases and zones of no country."""
    return _countries().get(zone or "")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith(COMMENT))
    return {zone: country for country, _, zone, *_ in rows}


def every_zone() -> frozenset[str]:
    """Every zone that lies in a country: the ones people live in."""
    return frozenset(_countries())
