"""The numbers of a career center: none yet, some, a full year."""

from __future__ import annotations

from collections.abc import Iterator

from bot.gallery.picture import Picture, message, view
from messages import numbers
from messages.locale import Locale

MONTHS = [f"2027-{month:02}" for month in range(12, 0, -1)]
FULL = {cell: 10 + 5 * place for place, cell in enumerate(numbers.CELLS)}
YEARS: dict[str, numbers.Released] = {
    "none": {}, "none that may be shown": {"2027-01": {}}, "one": {"2027-01": {"began": 10}},
    "some": {"2027-02": {}, "2027-01": {"began": 25, "did": 15, "stage.no_reply": 10}},
    "a full year": dict.fromkeys(MONTHS, FULL),
}  # fmt: skip


def pages(locale: Locale) -> Iterator[Picture]:
    for name, released in YEARS.items():
        yield view(f"numbers, {name}", numbers.view(locale, released))
        yield message(f"numbers as a message, {name}", numbers.chart(locale, released))
