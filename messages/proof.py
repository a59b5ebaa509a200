"""Proofreading one language: is every text there, does it hold to the rules of words, is every card a card.

A finding names the file of whoever can mend it: where an operator's text and ours do not go together, theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from messages import card_proof, email_proof, lint, situation_proof
from messages.lint import Banned, Finding, Flaw
from messages.locale import LINES, MANY, MONTHS, POSTS, STAGES, STAND_INS, STEPS, WEEKDAYS
from messages.plurals import numbers
from messages.shelf import CARD_FILES, EMAIL_FILES, TOML_FILES, Shelf, Text, shown
from messages.situations import FILE as SITUATIONS_FILE

SMALLEST_BANK = 8
BANS = ("phrases", "dates", "violence")
CARD_PARTS = frozenset({"title", "seed_title", "do", "body"})
DATE_PARTS = frozenset({"day", *(f"weekdays.{each}" for each in WEEKDAYS), *(f"months.{each}" for each in MONTHS)})
DAY_HOLDS = frozenset({"weekday", "day", "month"})


@dataclass(frozen=True)
class Proof:
    """One language under the pencil. ``reference`` is the English we ship: it says which phrases there are.

    ``folder`` is where a file that is missing would have to be written.
    """

    code: str
    shelf: Shelf
    reference: Shelf
    folder: Path

    @property
    def is_english(self) -> bool:
        return self.code.split("-", maxsplit=1)[0] == "en"

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with it."""
        yield from self.shelf.findings
        yield from self._missing()
        yield from self._unknown()
        yield from self._placeholders()
        yield from self._worded()
        yield from self._cards()
        yield from self._titles()
        yield from self._bank()
        yield from email_proof.findings(self.shelf)
        yield from situation_proof.findings(self.code, self.shelf)

    def _missing(self) -> Iterator[Finding]:
        for file in (*TOML_FILES, *CARD_FILES, *EMAIL_FILES):
            name = f"{file}.{'toml' if file in TOML_FILES else 'md'}"
            if file not in self.shelf.files:
                yield Finding(shown(self.folder / name), None, "The file is missing.", f"Write it, as in en/{name}.")
            elif file not in self.shelf.unreadable:
                yield from self._missing_keys(file, shown(self.folder / name))

    def _missing_keys(self, file: str, place: str) -> Iterator[Finding]:
        written = (text for name, text in self.shelf.texts.items() if name.startswith(f"{file}:"))
        place = next((text.file for text in written if not text.is_shipped), place)
        for key in sorted(self._wanted(file) - self.shelf.table(f"{file}:").keys()):
            said = sorted(numbers(self.code).get(key.rpartition(".")[2], ()))[:3] if self._counted(key) else ()
            remedy = f"Add it: it goes with {', '.join(map(str, said))} and the like." if said else "Add it."
            yield Finding(place, None, f"“{key}” is missing.", remedy)

    def _wanted(self, file: str) -> frozenset[str]:
        if file in CARD_FILES:
            return CARD_PARTS
        if file in EMAIL_FILES:
            return email_proof.PARTS
        wanted = {
            "cards/openings": frozenset((*STAGES, MANY)), "dates": DATE_PARTS, "phrases": self._phrases,
            "emails/facts": frozenset(self.reference.table("emails/facts:")),
            "scrub": frozenset(self.reference.table("scrub:")),
            SITUATIONS_FILE: situation_proof.wanted(self.reference),
        }  # fmt: skip
        return wanted.get(file, frozenset())

    @cached_property
    def _phrases(self) -> frozenset[str]:
        """The keys of English; those with a number in them once for each plural class of this language."""
        english = self.reference.table("phrases:")
        plain = {key for key in english if not self._counted(key)}
        tables = {key.removesuffix(".other") for key in english.keys() - plain if key.endswith(".other")}
        return frozenset(plain | {f"{table}.{form}" for table in tables for form in numbers(self.code)})

    def _counted(self, key: str) -> Text | None:
        """The ``other`` of the English table of plural classes the key belongs to, if it belongs to one."""
        table, texts = f"phrases:{key.rpartition('.')[0]}", self.reference.texts
        return texts.get(f"{table}.other") if f"{table}.one" in texts else None

    def _unknown(self) -> Iterator[Finding]:
        for name, text in self.shelf.texts.items():
            file, key = name.split(":", 1)
            if file != "banned" and not self._is_known(file, key):
                yield Finding(
                    text.file, text.line, f"“{key}” is a name nothing reads.", "Mend its spelling, or delete it."
                )

    def _is_known(self, file: str, key: str) -> bool:
        if file == "encouragements":
            table, _, name = key.partition(".")
            return table == LINES or (table in STAND_INS and f"{file}:{LINES}.{name}" in self.shelf.texts)
        if file == SITUATIONS_FILE:
            return situation_proof.is_known(key)
        if file == POSTS:
            return "." not in key
        is_spare = file == "phrases" and key.endswith(".other") and self._counted(key) is not None
        if file in EMAIL_FILES:
            return email_proof.is_known(key)
        return is_spare or key in self._wanted(file) or (file in CARD_FILES and key == "link")

    def _placeholders(self) -> Iterator[Finding]:
        for name, text in self.shelf.texts.items():
            file, key = name.split(":", 1)
            if file == "banned":
                continue
            wanted, optional = self._holds(file, key)
            held = lint.placeholders(text.words)
            for extra in sorted(held - wanted - optional):
                allowed = ", ".join(f"{{{each}}}" for each in sorted(wanted | optional)) or "none"
                what = f"{{{extra}}} in “{key}” is a placeholder nothing fills."
                yield Finding(text.file, text.line, what, f"Allowed here: {allowed}.")
            for lost in sorted(wanted - held):
                yield Finding(text.file, text.line, f"“{key}” has lost its placeholder {{{lost}}}.", "Put it back.")

    def _holds(self, file: str, key: str) -> tuple[frozenset[str], frozenset[str]]:
        """The placeholders a text must hold, and those it may. A class of one number alone may leave ``{n}`` out."""
        if file == "dates":
            return (DAY_HOLDS if key == "day" else frozenset()), frozenset()
        if file in EMAIL_FILES:
            return frozenset(), email_proof.may_hold(key, self.reference)
        if file != "phrases":
            return frozenset(), frozenset()
        if counted := self._counted(key):
            held = lint.placeholders(counted.words)
            alone = len(numbers(self.code).get(key.rpartition(".")[2], ())) == 1
            return held - {"n"} if alone else held, frozenset({"n"})
        english = self.reference.texts.get(f"phrases:{key}")
        return lint.placeholders(english.words) if english else frozenset(), frozenset()

    def _worded(self) -> Iterator[Finding]:
        never = banned(self.shelf)
        seed_titles = set(self.shelf.table("banned:seed_titles.").values())
        for name, text in self.shelf.texts.items():
            file, key = name.split(":", 1)
            if (
                file in {"banned", "dates", "scrub"}
                or _is_link(file, key)
                or (file in {"encouragements", POSTS} and not text.words)
            ):
                continue
            rules = Banned() if text.words in seed_titles else never
            longest = lint.limit(key, english=self.is_english) if file == "phrases" else _longest(file, key)
            for flaw in lint.flaws(text.words, longest=longest, banned=rules, english=self.is_english):
                yield self._ban(text, flaw) or _finding(text, key, flaw)

    def _ban(self, text: Text, flaw: Flaw) -> Finding | None:
        """A phrase an operator bans and we say: theirs is the line to look at."""
        bans = (self.shelf.texts.get(f"banned:{table}.{flaw.fragment}") for table in BANS)
        ban = next((each for each in bans if each and not each.is_shipped), None)
        if ban is None or not text.is_shipped:
            return None
        what = f"“{flaw.fragment}” is banned here, and {text.file}:{text.line} says it."
        return Finding(ban.file, ban.line, what, "Write that text anew in a file of yours, or allow the phrase.")

    def _cards(self) -> Iterator[Finding]:
        for file in CARD_FILES:
            for key in (*sorted(CARD_PARTS), "link"):
                if text := self.shelf.texts.get(f"{file}:{key}"):
                    yield from (_finding(text, key, flaw) for flaw in card_proof.flaws(key, text.words))
        for key in self.shelf.table(f"{SITUATIONS_FILE}:"):
            text = self.shelf.texts[f"{SITUATIONS_FILE}:{key}"]
            part = "link" if _is_link(SITUATIONS_FILE, key) else key.rpartition(".")[2]
            yield from (_finding(text, key, flaw) for flaw in card_proof.flaws(part, text.words) if text.words)

    def _titles(self) -> Iterator[Finding]:
        """The eight cards of a step share their titles."""
        for step in STEPS:
            first = self.shelf.texts.get(f"cards/{step}/{STAGES[0]}:title")
            seed = self.shelf.texts.get(f"banned:seed_titles.{step}")
            for stage in STAGES:
                card = f"cards/{step}/{stage}"
                what = "The title is not the one of this step's other cards."
                if first is not None:
                    remedy = f"Use the title in {step}/{STAGES[0]}.md."
                    yield from self._same(f"{card}:title", first, Flaw(what, remedy))
                what = "This is not the seed article's title."
                yield from self._same(
                    f"{card}:seed_title", seed, Flaw(what, "Use the one under [seed_titles] in banned.toml.")
                )

    def _same(self, name: str, title: Text | None, flaw: Flaw) -> Iterator[Finding]:
        text = self.shelf.texts.get(name)
        if text is None or (title is not None and text.words == title.words):
            return
        if title is not None and text.is_shipped and not title.is_shipped:
            kept = f"Write it in all {len(STAGES)} cards of this step, or keep “{text.words}”."
            yield _finding(title, name.split(":")[1], Flaw(flaw.what, kept))
        else:
            yield _finding(text, name.split(":")[1], flaw)

    def _bank(self) -> Iterator[Finding]:
        lines = {name: text for name, text in self.shelf.texts.items() if name.startswith(f"encouragements:{LINES}.")}
        said = sum(bool(text.words) for text in lines.values())
        if "encouragements" in self.shelf.files - self.shelf.unreadable and said < SMALLEST_BANK:
            place = next((text for text in lines.values() if not text.is_shipped), None)
            file, line = (place.file, place.line) if place else (shown(self.folder / "encouragements.toml"), None)
            remedy = f"Keep at least {SMALLEST_BANK}, so that a series does not say one twice."
            yield Finding(file, line, f"There are {said} encouragements.", remedy)


def banned(shelf: Shelf) -> Banned:
    """What nobody may write in this language, with what to write instead."""
    return Banned(*(shelf.table(f"banned:{table}.") for table in BANS))


def _is_link(file: str, key: str) -> bool:
    return key == "link" or (file == SITUATIONS_FILE and key.startswith("links."))


def _longest(file: str, key: str) -> int:
    if file.startswith("emails/"):
        return email_proof.longest(key)
    return lint.HEADER if key in {"title", "seed_title", "do"} else lint.SECTION


def _finding(text: Text, key: str, flaw: Flaw) -> Finding:
    return Finding(text.file, text.line_with(flaw.fragment), f"“{key}”: {flaw.what}", flaw.remedy)
