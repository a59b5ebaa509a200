"""Lines to call, by country: loads crisis.toml and shows only what a source stands behind.

By country, never by language. The international line is always there and always last.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from messages.blocks import escape
from messages.lint import Finding

FILE = Path(__file__).parent / "crisis.toml"
INTERNATIONAL = "INT"
SHOWN = ("high", "medium-high")
CONFIDENCES = (*SHOWN, "medium", "low")
STALE_AFTER = timedelta(days=180)
NEEDED = ("country", "name", "name_en", "how", "hours", "source_url", "verified_at", "verified_how", "confidence")
REMEDY = "Open the organisation's own page, then set verified_at and verified_how."


@dataclass(frozen=True)
class Line:
    """One organisation to call. ``how`` is a whole sentence; ``emergency`` is empty on the international line.

    ``free`` is None and ``languages`` empty where the source does not say.
    """

    country: str
    name: str
    name_en: str
    how: str
    hours: str
    source_url: str
    verified_at: date
    verified_how: str
    confidence: str
    emergency: str = ""
    call: str | None = None
    text: str | None = None
    chat_url: str | None = None
    url: str | None = None
    free: bool | None = None
    languages: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.confidence in SHOWN


class Country(NamedTuple):
    """A country with lines of its own, as a picker offers it."""

    code: str
    name: str


def lines(country: str | None, file: Path = FILE) -> tuple[Line, ...]:
    """The lines of a country with the international one last; only that one for a country nobody vouches for."""
    wanted = (country or "").upper()
    every = [line for line in _lines(file) if line.is_shown]
    own = [line for line in every if line.country == wanted != INTERNATIONAL]
    return (*own, *(line for line in every if line.country == INTERNATIONAL))


def of_the_center(counseling: str) -> tuple[Line, ...]:
    """The counseling line staff set up: its name on the first line, how to reach it on the others. None is no line."""
    name, _, how = map(escape, counseling.partition("\n"))
    return (Line("", name, name, how, "", "", date.min, "set by staff", SHOWN[0]),) if name and how else ()


def countries(file: Path = FILE) -> list[Country]:
    """The countries a picker offers, by name."""
    covered = {line.country for line in _lines(file) if line.is_shown}
    named: Mapping[str, str] = _read(file)["countries"]
    offered = (Country(code, name) for code, name in named.items() if code in covered)
    return sorted(offered, key=lambda country: country.name)


def findings(today: date, file: Path = FILE) -> list[Finding]:
    """What a release must not go out with: a stale or unsourced row, or no international line."""
    return list(_findings(today, file))


def read_again() -> None:
    """Lets an edited file show, without a new start."""
    _read.cache_clear()
    _lines.cache_clear()


@cache
def _lines(file: Path) -> tuple[Line, ...]:
    return tuple(_line(row) for row in _read(file)["lines"])


def _line(row: Mapping[str, Any]) -> Line:
    return Line(**{**row, "languages": tuple(row.get("languages", ()))})


@cache
def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _findings(today: date, file: Path) -> Iterator[Finding]:
    try:
        read = _read(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        yield Finding(file.name, None, f"The file cannot be read: {wrong}.", "Restore it from the release.")
        return
    rows = read.get("lines", [])
    for row in rows:
        who = f"{row.get('country', '?')}, {row.get('name', '?')}"
        yield from (Finding(file.name, None, f"{who}: {what}", remedy) for what, remedy in _wrong(row, read, today))
    if not any(row.get("country") == INTERNATIONAL and row.get("confidence") in SHOWN for row in rows):
        yield Finding(file.name, None, "The international line is missing.", "Add findahelpline.com as country INT.")


def _wrong(row: Mapping[str, Any], read: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    missing = [name for name in NEEDED if not row.get(name)]
    strange = sorted(row.keys() - Line.__dataclass_fields__.keys())
    for name in missing:
        yield f"{name} is missing.", "Add it, or leave the row out."
    for name in strange:
        yield f"{name} is a name nothing reads.", "Mend its spelling, or delete it."
    if missing or strange:
        return
    international = row["country"] == INTERNATIONAL
    if not international and not row.get("emergency"):
        yield "emergency is missing.", "Add the country's emergency number."
    if not international and row["country"] not in read.get("countries", {}):
        yield "The country has no name.", "Add it under [countries]."
    if row["confidence"] not in CONFIDENCES:
        yield f"confidence “{row['confidence']}” is none we know.", f"Use one of: {', '.join(CONFIDENCES)}."
    if any(row.get(name) and not _in(row[name], row["how"]) for name in ("call", "text")):
        yield "how does not say the number in call or text.", "Write the number into how."
    yield from _age(row["verified_at"], today)


def _in(numbers: str, sentence: str) -> bool:
    return all(number in sentence for number in re.split(r" or ", numbers))


def _age(verified: object, today: date) -> Iterator[tuple[str, str]]:
    if not isinstance(verified, date):
        yield "verified_at is no date.", "Write it as 2026-10-05, without quotes."
    elif verified > today:
        yield f"verified_at {verified} lies ahead.", "Write the day the page was read."
    elif today - verified > STALE_AFTER:
        yield f"It was last checked on {verified}, more than {STALE_AFTER.days} days ago.", REMEDY
