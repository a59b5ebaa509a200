"""The time zones a member can choose from: by region, as many as Slack's menus hold."""

from __future__ import annotations

from functools import lru_cache

from bot.calendars import find_zone
from bot.countries import every_zone

LONGEST_GROUP = 100  # options in one group of a menu (Block Kit reference)


def by_region(own: str | None = None) -> dict[str, list[str]]:
    """Region to zone names, in order. The member's own comes first where the tables would leave it out."""
    regions = {name: list(zones) for name, zones in _regions().items()}
    if own and find_zone(own) and not any(own in zones for zones in regions.values()):
        regions = {own.partition("/")[0] + " ": [own], **regions}
    return regions


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    regions: dict[str, list[str]] = {}
    for zone in sorted(every_zone()):
        group = regions.setdefault(zone.partition("/")[0], [])
        group.append(zone)
    return {name: part for region, zones in regions.items() for name, part in _parts(region, zones)}


def _parts(region: str, zones: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """A region with more zones than one group holds is told apart by its letters."""
    chunks = [zones[at : at + LONGEST_GROUP] for at in range(0, len(zones), LONGEST_GROUP)]
    if len(chunks) == 1:
        return [(region, tuple(zones))]
    return [(f"{region} {_letter(chunk[0])}–{_letter(chunk[-1])}", tuple(chunk)) for chunk in chunks]


def _letter(zone: str) -> str:
    return zone.partition("/")[2][:1]
