"""The phrases that call for people who listen: what ``distress.toml`` holds, and whether it can be relied on.

They are looked for in ``bot/distress.py``. English is looked for in every language: people write in more than one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from messages.lint import Finding
from messages.locale import Locale
from messages.shelf import Text, UnreadableFile, read_toml

NAME = "distress.toml"
ENGLISH = "en"
# Each table and the groups it must have; None where a group may have any name.
TABLES: Mapping[str, tuple[str, ...] | None] = {
    "strong": None, "soft": None, "idioms": None, "negations": None, "fillers": None, "spellings": None,
    "job_search": ("subjects", "strains"), "third_person": ("forms", "people", "own", "breaks"),
}  # fmt: skip
EITHER = ("strong.", "soft.", "third_person.forms")  # a phrase may stand in one of these only
SHORTEST = 3  # letters; less than that is found everywhere


class Phrases(NamedTuple):
    """The tables of one language and of English, as written; ``spellings`` are pairs (written, meant)."""

    strong: tuple[str, ...]
    soft: tuple[str, ...]
    idioms: tuple[str, ...]
    negations: tuple[str, ...]
    fillers: tuple[str, ...]
    subjects: tuple[str, ...]
    strains: tuple[str, ...]
    forms: tuple[str, ...]
    people: tuple[str, ...]
    own: tuple[str, ...]
    breaks: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...]


def phrases(locale: Locale) -> Phrases:
    """What is to be looked for in what somebody of this language wrote."""
    lines = partial(_lines, locale)
    return Phrases(
        strong=lines("strong"), soft=lines("soft"), idioms=lines("idioms"), negations=lines("negations"),
        fillers=lines("fillers"), subjects=lines("job_search.subjects"), strains=lines("job_search.strains"),
        forms=lines("third_person.forms"), people=lines("third_person.people"), own=lines("third_person.own"),
        breaks=lines("third_person.breaks"), spellings=tuple(dict(_under(locale, "spellings")).items()),
    )  # fmt: skip


def texts(code: str, folders: Sequence[Path]) -> dict[str, str]:
    """A language's phrases under ``distress:<language>:<key>``, the English ones beside them."""
    read = {language: _read(language, folders)[0] for language in dict.fromkeys((ENGLISH, code))}
    return {
        f"distress:{language}:{key}": text.words
        for language, found in read.items() for key, text in found.items() if text.words
    }  # fmt: skip


def findings(code: str, folders: Sequence[Path]) -> Iterator[Finding]:
    """A name nothing reads, a phrase that is found everywhere, one that stands in two tables."""
    listed, unreadable = _read(code, folders)
    yield from unreadable
    tables = [line for key, text in listed.items() if key.startswith(EITHER) for line in _split(text.words)]
    twice = {line for line, times in Counter(tables).items() if times > 1}
    for key, text in listed.items():
        for what, remedy in _wrong(key, text.words, twice):
            yield Finding(text.file, text.line, f"“{key}”: {what}", remedy)


def _read(code: str, folders: Sequence[Path]) -> tuple[dict[str, Text], list[Finding]]:
    """An operator's group stands in for ours of the same name, a region's for its language's."""
    found: dict[str, Text] = {}
    unreadable: list[Finding] = []
    for name in dict.fromkeys((code.split("-", maxsplit=1)[0], code)):
        for path in (folder / name / NAME for folder in folders):
            try:
                found |= dict(read_toml(path)) if path.is_file() else {}
            except UnreadableFile as wrong:
                unreadable.append(wrong.finding)
    return found, unreadable


def _wrong(key: str, written: str, twice: set[str]) -> Iterator[tuple[str, str]]:
    table, _, group = key.partition(".")
    groups = TABLES.get(table, ())
    if not group or (groups is not None and group not in groups):
        yield "This is a name nothing reads.", f"Use a table of ours: {', '.join(TABLES)}."
    for line in _split(written) if key.startswith(EITHER) else ():
        if line.isascii() and len(re.sub(r"[^a-z]", "", line.lower())) < SHORTEST:
            yield f"“{line}” is too short: it would be found everywhere.", "Write the whole phrase, or leave it out."
        if line in twice:
            yield f"“{line}” stands in two places.", "Keep one."


def _lines(locale: Locale, table: str) -> tuple[str, ...]:
    """Every line of a table, or of one group of it, once."""
    return tuple(dict.fromkeys(line for _, words in _under(locale, table) for line in _split(words)))


def _under(locale: Locale, table: str) -> Iterator[tuple[str, str]]:
    """Every text of a table by its key, English first: the language's own comes after it."""
    for place in dict.fromkeys(f"distress:{language}:{table}." for language in (ENGLISH, locale.code)):
        named = ((f"{name}.", words) for name, words in locale.texts.items())
        yield from ((name.removeprefix(place)[:-1], words) for name, words in named if name.startswith(place))


def _split(written: str) -> list[str]:
    return [line.strip().lower() for line in written.splitlines() if line.strip()]
