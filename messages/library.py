"""Loads every language with the operator's own words laid over it, checks all of it, hands out a Locale.

The bot starts with good words or says what is wrong with them; it never stumbles over a text later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from messages import distress
from messages.lint import Finding
from messages.locale import Card, Locale
from messages.proof import Proof, banned
from messages.shelf import CARD_FILES, EMAIL_FILES, SHIPPED, TOML_FILES, Shelf, shown

__all__ = ["SHIPPED", "Card", "Finding", "Library", "Locale", "WordsError", "findings"]

ENGLISH = "en"
READ_ELSEWHERE = ("distress.toml",)  # in a language's folder, each read and proofed by its own room
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class WordsError(Exception):
    """The words cannot go out as they are. ``findings`` says where and what to do."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Library:
    """Every language, by its code in small letters."""

    locales: Mapping[str, Locale]

    @classmethod
    def load(cls, words_dir: Path | None = None) -> Library:
        """The checked words. Raises WordsError with every finding."""
        shelves = _shelves(words_dir)
        if wrong := _unlike(_findings(shelves, words_dir)):
            raise WordsError(wrong)
        folders = _folders(words_dir)
        return cls(
            {
                code.lower(): Locale(code, _spoken(shelf) | distress.texts(code, folders), banned(shelf))
                for code, shelf in shelves.items()
            }
        )

    @property
    def language_names(self) -> dict[str, str]:
        """Each language's code with its name in itself."""
        return {each.code: each.phrase("preferences.language_name") for each in self.locales.values()}

    def locale(self, code: str | None) -> Locale:
        """Slack's code (``en-GB``, ``es-LA``) to words: exactly it, else its language, else English."""
        wanted = (code or ENGLISH).replace("_", "-").lower()
        language = wanted.split("-", maxsplit=1)[0]
        return self.locales.get(wanted) or self.locales.get(language) or self.locales[ENGLISH]


def findings(words_dir: Path | None = None) -> list[Finding]:
    """Everything wrong with the words, for ``content check``."""
    return _unlike(_findings(_shelves(words_dir), words_dir))


def _unlike(found: Iterator[Finding]) -> list[Finding]:
    """Each once, though a regional language inherits the mistakes of its language."""
    return list(dict.fromkeys(found))


def _findings(shelves: Mapping[str, Shelf], words_dir: Path | None) -> Iterator[Finding]:
    reference = _shelf(ENGLISH, [SHIPPED])
    for folder in (SHIPPED, words_dir) if words_dir is not None else (SHIPPED,):
        yield from _strangers(folder)
    for code, shelf in shelves.items():
        own = (words_dir or SHIPPED) / code
        yield from Proof(code, shelf, reference, own if own.is_dir() else SHIPPED / code).findings()
        yield from distress.findings(code, _folders(words_dir))


def _folders(words_dir: Path | None) -> list[Path]:
    return [SHIPPED, words_dir] if words_dir is not None and words_dir.is_dir() else [SHIPPED]


def _shelves(words_dir: Path | None) -> dict[str, Shelf]:
    folders = _folders(words_dir)
    codes = {
        each.name for folder in folders for each in folder.iterdir() if each.is_dir() and CODE.fullmatch(each.name)
    }
    return {code: _shelf(code, folders) for code in sorted(codes)}


def _shelf(code: str, folders: Sequence[Path]) -> Shelf:
    """One language: a regional one such as ``fr-CA`` lies over its language, the operator's words over ours."""
    shelf = Shelf()
    for name in dict.fromkeys((code.split("-", maxsplit=1)[0], code)):
        for folder in folders:
            shelf.read(folder / name)
    return shelf


def _spoken(shelf: Shelf) -> dict[str, str]:
    """What people may read. An encouragement an operator emptied is left out."""
    return {name: text.words for name, text in shelf.texts.items() if text.words and not name.startswith("banned:")}


def _strangers(folder: Path) -> Iterator[Finding]:
    """Files in our folder or the operator's that nothing reads: most likely a slip in a name."""
    if not folder.is_dir():
        yield Finding(str(folder), None, "There is no such folder of words.", "Create it, or unset WORDS_DIR.")
        return
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        ours_to_read = path.suffix in {".toml", ".md"} and not place.name.startswith("README")
        if ours_to_read and not any(part.startswith(".") for part in place.parts) and not _is_read(place):
            remedy = "Name it like a file of ours, such as en/phrases.toml or en/cards/dont_dwell/none.md."
            yield Finding(shown(path), None, "Nothing reads this file.", remedy)


def _is_read(place: Path) -> bool:
    if len(place.parts) == 1 or not CODE.fullmatch(place.parts[0]):
        return False
    inside = Path(*place.parts[1:])
    ours = {f"{name}.toml" for name in TOML_FILES} | {f"{name}.md" for name in (*CARD_FILES, *EMAIL_FILES)}
    return inside.as_posix() in ours or inside.as_posix().startswith(READ_ELSEWHERE)
