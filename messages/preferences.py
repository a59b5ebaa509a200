"""When check-ins come: the hour, the zone and the country whose holidays are left out, in one small form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages import blocks
from messages.blocks import escape
from messages.forms import CheckInTimes, Reading
from messages.locale import Locale

HOURS = ("morning", "lunch", "evening")


@dataclass(frozen=True)
class Times:
    """What counts for a member today. ``country`` has two letters."""

    hour: str
    zone: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Choices:
    """What the menus hold: zones by region, countries as code and name by letter."""

    zones: Mapping[str, Sequence[str]]
    countries: Mapping[str, Sequence[tuple[str, str]]]


def form(locale: Locale, today: Times, choices: Choices, *, home: bool = False) -> dict[str, Any]:
    """What counts today is chosen already, where it is among the choices. ``home``: the form was opened from there."""
    hours = [blocks.option(locale.phrase(f"preferences.{each}"), each) for each in HOURS]
    fields = [
        blocks.field(
            locale.phrase("preferences.hour_label"),
            blocks.select("hour", locale.phrase("preferences.hour_label"), hours, initial=today.hour),
            optional=False,
        ),
        _zone_field(locale, today.zone, choices.zones),
        _country_field(locale, today.country, choices.countries),
    ]
    return CheckInTimes(home=home).view(
        title=locale.phrase("preferences.view_title"), blocks=fields, submit=locale.phrase("labels.save"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def saved(locale: Locale, *, day: str | None, hour: str) -> dict[str, Any]:
    key = "preferences.saved" if day else "preferences.saved_off"
    line = locale.phrase(key, **({"day": day, "hour": escape(hour)} if day else {}))
    return Reading().view(
        title=locale.phrase("preferences.saved_title"), blocks=[blocks.section(line)],
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def _zone_field(locale: Locale, zone: str | None, zones: Mapping[str, Sequence[str]]) -> blocks.Block:
    groups = {region: [_zone(name) for name in names] for region, names in zones.items()}
    menu = blocks.grouped_select("zone", locale.phrase("preferences.zone_example"), groups, initial=zone)
    hint = locale.phrase("preferences.zone_hint", zone=zone.replace("_", " ")) if zone else None
    return blocks.field(locale.phrase("preferences.zone_label"), menu, hint=hint)


def _country_field(
    locale: Locale, country: str | None, countries: Mapping[str, Sequence[tuple[str, str]]]
) -> blocks.Block:  # fmt: skip
    groups = {letter: [blocks.option(name, code) for code, name in each] for letter, each in countries.items()}
    menu = blocks.grouped_select("country", locale.phrase("preferences.country_example"), groups, initial=country)
    hint = locale.phrase("preferences.country_hint")
    return blocks.field(locale.phrase("preferences.country_label"), menu, hint=hint)


def _zone(name: str) -> blocks.Element:
    return blocks.option(name.replace("_", " "), name)
