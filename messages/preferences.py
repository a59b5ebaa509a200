"""When check-ins come: the hour and the zone, in one small form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from messages import blocks
from messages.blocks import escape
from messages.forms import CheckInTimes, Reading
from messages.locale import Locale

HOURS = ("morning", "lunch", "evening")


def form(locale: Locale, *, hour: str, zone: str | None, zones: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """``zones`` by region; the member's own is chosen already when it is among them."""
    hours = [blocks.option(locale.phrase(f"preferences.{each}"), each) for each in HOURS]
    groups = {region: [_zone(name) for name in names] for region, names in zones.items()}
    hint = locale.phrase("preferences.zone_hint", zone=zone.replace("_", " ")) if zone else None
    fields = [
        blocks.field(
            locale.phrase("preferences.hour_label"),
            blocks.select("hour", locale.phrase("preferences.hour_label"), hours, initial=hour),
            optional=False,
        ),
        blocks.field(
            locale.phrase("preferences.zone_label"),
            blocks.grouped_select("zone", locale.phrase("preferences.zone_example"), groups, initial=zone),
            hint=hint,
        ),
    ]
    return CheckInTimes().view(
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


def _zone(name: str) -> blocks.Element:
    return blocks.option(name.replace("_", " "), name)
