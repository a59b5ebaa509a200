"""A member's copy as files and as text: JSON for programs, CSV for a spreadsheet, lines for people. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Gathered = Mapping[str, Sequence[Mapping[str, Any]]]

HEAD = ("section", "number", "field", "value")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
PART = 2800  # characters of one message of text


def as_json(gathered: Gathered) -> bytes:
    return json.dumps(gathered, ensure_ascii=False, indent=2).encode()


def as_csv(gathered: Gathered) -> bytes:
    """One line a value. With a byte-order mark, so that a spreadsheet reads every script; no cell is a formula."""
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(HEAD)
    for section, number, field, value in _values(gathered):
        lines.writerow((section, number, field, _harmless(value)))
    return file.getvalue().encode("utf-8-sig")


def as_parts(gathered: Gathered) -> list[str]:
    """The same in plain lines, in as many parts as messages are needed."""
    parts, room = [""], PART
    for section, number, field, value in _values(gathered):
        for line in _lines(f"{section} {number}, {field}: {value}"):
            if len(line) + 1 > room:
                parts.append("")
                room = PART
            parts[-1] += line + "\n"
            room -= len(line) + 1
    return parts


def _values(gathered: Gathered) -> Iterator[tuple[str, int, str, str]]:
    for section, entries in gathered.items():
        for number, entry in enumerate(entries, 1):
            for field, value in _flat(entry):
                if value is not None:
                    yield section, number, field, str(value)


def _flat(entry: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in entry.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def _harmless(value: str) -> str:
    """A spreadsheet would work out what begins like a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _lines(text: str) -> list[str]:
    return [text[at : at + PART - 1] for at in range(0, len(text), PART - 1)]
