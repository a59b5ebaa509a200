"""The form of the check-in times, in every zone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.countries import by_letter, every_zone, guess
from bot.gallery.picture import Picture, days, view
from bot.zones import by_region
from messages import preferences
from messages.locale import Locale
from messages.preferences import Choices, Times


def forms(locale: Locale) -> Iterator[Picture]:
    """Every zone people live in, aliases the menus leave out, and none."""
    aliases = ("US/Eastern", "Asia/Calcutta", "UTC", "Etc/GMT+12", "GB", "America/Argentina/ComodRivadavia", "Japan")
    zones = (None, "Not/A_Zone", *aliases, *sorted(every_zone()))
    for number, zone in enumerate(zones):
        hour = preferences.HOURS[number % 3]
        country = guess(zone) if number % 2 else None
        choices = Choices(by_region(zone), by_letter())
        drawn = preferences.form(locale, Times(hour, zone, country), choices)
        yield view(f"check-in times at {hour} in {zone}", drawn)
    for day in (None, *days(locale)):
        yield view(f"times saved, next {day}", preferences.saved(locale, day=day, hour="18:30"))
