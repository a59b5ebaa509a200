"""Settings: when check-ins come, how many, and whether to ask first; the zone, the country and the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages import blocks
from messages.blocks import Block, escape
from messages.forms import CheckInTimes, Reading
from messages.locale import Locale

HOURS = ("morning", "lunch", "evening")
DAYS = ("business_days", "weekends_too")
CADENCES = ("usual", "only_one")
ASK = "ask"
AS_IN_SLACK = "as_in_slack"


@dataclass(frozen=True)
class Times:
    """What counts for a member today. ``country`` has two letters; ``language`` is a code, or None for Slack's."""

    hour: str
    zone: str | None = None
    country: str | None = None
    weekends: bool = False
    cadence: str = "usual"
    ask_first: bool = False
    language: str | None = None


@dataclass(frozen=True)
class Choices:
    """What the menus hold: zones by region, countries as code and name by letter, languages by code."""

    zones: Mapping[str, Sequence[str]]
    countries: Mapping[str, Sequence[tuple[str, str]]]
    languages: Mapping[str, str]


def form(locale: Locale, today: Times, choices: Choices, *, home: bool = False) -> dict[str, Any]:
    """What counts today is chosen already, where it is among the choices. ``home``: the form was opened from there."""
    days = DAYS[today.weekends]
    fields = [
        _menu(locale, "hour", HOURS, today.hour),
        _menu(locale, "days", DAYS, days, hint=locale.phrase("preferences.days_hint")),
        _menu(locale, "cadence", CADENCES, today.cadence),
        _ask_first(locale, ticked=today.ask_first),
        _zone_field(locale, today.zone, choices.zones),
        _country_field(locale, today.country, choices.countries),
        _language_field(locale, today.language, choices.languages),
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


def _menu(locale: Locale, name: str, values: Sequence[str], chosen: str, *, hint: str | None = None) -> Block:
    """A menu with a few values, each of which has a phrase, and one of them always chosen."""
    options = [blocks.option(locale.phrase(f"preferences.{each}"), each) for each in values]
    label = locale.phrase(f"preferences.{name}_label")
    return blocks.field(label, blocks.select(name, label, options, initial=chosen), optional=False, hint=hint)


def _ask_first(locale: Locale, *, ticked: bool) -> Block:
    box = blocks.option(locale.phrase("preferences.ask_box"), ASK)
    boxes = blocks.checkboxes(ASK, [box], ticked=[ASK] if ticked else [])
    return blocks.field(locale.phrase("preferences.ask_label"), boxes)


def _zone_field(locale: Locale, zone: str | None, zones: Mapping[str, Sequence[str]]) -> Block:
    groups = {region: [_zone(name) for name in names] for region, names in zones.items()}
    menu = blocks.grouped_select("zone", locale.phrase("preferences.zone_example"), groups, initial=zone)
    hint = locale.phrase("preferences.zone_hint", zone=zone.replace("_", " ")) if zone else None
    return blocks.field(locale.phrase("preferences.zone_label"), menu, hint=hint)


def _country_field(locale: Locale, country: str | None, countries: Mapping[str, Sequence[tuple[str, str]]]) -> Block:
    groups = {letter: [blocks.option(name, code) for code, name in each] for letter, each in countries.items()}
    menu = blocks.grouped_select("country", locale.phrase("preferences.country_example"), groups, initial=country)
    hint = locale.phrase("preferences.country_hint")
    return blocks.field(locale.phrase("preferences.country_label"), menu, hint=hint)


def _language_field(locale: Locale, language: str | None, languages: Mapping[str, str]) -> Block:
    label = locale.phrase("preferences.language_label")
    options = [blocks.option(locale.phrase("preferences.as_in_slack"), AS_IN_SLACK)]
    options += [blocks.option(name, code) for code, name in sorted(languages.items())]
    chosen = language if language in languages else AS_IN_SLACK
    return blocks.field(label, blocks.select("language", label, options, initial=chosen), optional=False)


def _zone(name: str) -> blocks.Element:
    return blocks.option(name.replace("_", " "), name)
