"""The form of the settings, in every zone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.countries import by_letter, every_zone, guess
from bot.gallery.picture import Picture, days, view
from bot.zones import by_region
from messages import preferences
from messages.locale import Locale
from messages.preferences import Choices, Times

LANGUAGES = {"en": "English", "de": "Deutsch", "ar": "العربية"}


def forms(locale: Locale) -> Iterator[Picture]:
    """Every zone people live in, aliases the menus leave out, and none."""
    aliases = ("US/Eastern", "Asia/Calcutta", "UTC", "Etc/GMT+12", "GB", "America/Argentina/ComodRivadavia", "Japan")
    zones = (None, "Not/A_Zone", *aliases, *sorted(every_zone()))
    for number, zone in enumerate(zones):
        hour = preferences.HOURS[number % 3]
        country = guess(zone) if number % 2 else None
        choices = Choices(by_region(zone), by_letter(), LANGUAGES)
        language, ask = (None, *LANGUAGES)[number % 4], bool(number % 5)
        cadence, weekends = preferences.CADENCES[number % 2], bool(number % 3)
        today = Times(hour, zone, country, weekends, cadence, ask, language)
        drawn = preferences.form(locale, today, choices)
        yield view(f"check-in times at {hour} in {zone}", drawn)
    for day in (None, *days(locale)):
        yield view(f"times saved, next {day}", preferences.saved(locale, day=day, hour="18:30"))
