"""The rules of words: what a text may not say, how long and how hard it may be, and what Slack would show raw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter

from messages.plurals import CLASSES
from messages.reading import grade, plain, sentences, words

__all__ = ["Banned", "Finding", "Flaw", "banned_in", "flaws", "grade", "limit", "placeholders"]

SECTION, HEADER, LABEL = 3000, 150, 75  # Slack's
MODAL_TITLE, BUTTON = 24, 24  # Slack's, and ours: a longer button is cut on a phone
LONGER_BUTTON = 34  # other languages need up to 40 % more room than English
HARDEST_GRADE = 7.0
LONGEST_SENTENCE = 20
SHORT_ANSWER = 3  # words
GRADED_FROM = 12  # words; below, one long word decides the grade

ONE_EMOJI = (
    "(?:[\U0001f000-\U0001faff\u2705\u274c\u274e\u2728\u2b50\u2b55\u23e9-\u23f3\u2614\u2615\u26a1\u2753-\u2757"
    "\u2795-\u2797]|[\u2600-\u27bf]\ufe0f|:[a-z][a-z0-9_+-]*:)[\ufe0f\U0001f3fb-\U0001f3ff]*"
)
EMOJI = re.compile(f"{ONE_EMOJI}(?:\u200d{ONE_EMOJI})*")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]")
DIRECTION_MARKS = "\u200e\u200f"  # what a language from right to left may need
ANGLE = re.compile(r"<(?!(?:https?://|mailto:|\{)[^<>\s]*(?:\|[^<>]+)?>|!date\^)")
SIMPLE_NAME = re.compile(r"[a-z][a-z0-9_]*")
STRUCTURE = (
    (re.compile(r"\*\*"), "shows two stars to Slack", "Write *bold* with one star on each side."),
    (re.compile(r"\[[^\]]+\]\([^)]*\)"), "is a Markdown link, which Slack shows raw", "Write <https://…|words>."),
    (re.compile(r"^#{1,6} ", re.M), "begins a line with #, which Slack shows raw", "Write *the heading* in bold."),
    (CONTROL, "holds an invisible control character", "Type the line anew."),
    (ANGLE, "holds a < that is no link", "Write <https://…|words> for a link, and no mentions."),
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What is wrong in which file, and the remedy."""

    file: str
    line: int | None
    what: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what} {self.remedy}"


@dataclass(frozen=True)
class Flaw:
    """A rule broken by a text; ``fragment`` is the part that breaks it, where there is one."""

    what: str
    remedy: str
    fragment: str = ""


@dataclass(frozen=True)
class Banned:
    """The phrases of one language that never go out, each with what to write instead."""

    phrases: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    violence: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Every phrase with why it is banned and its remedy."""
        for table, why in (
            (self.phrases, "is a banned phrase."),
            (self.dates, "is untrue when the message is read on another day."),
            (self.violence, "is an idiom of violence."),
        ):
            yield from ((phrase, why, remedy) for phrase, remedy in table.items())


def flaws(text: str, *, longest: int = SECTION, banned: Banned | None = None, english: bool = True) -> Iterator[Flaw]:
    """Every rule the text breaks. Grade and syllables are counted for English only."""
    if not text.strip():
        yield Flaw("The text is empty.", "Write it, or leave the line out.")
        return
    yield from _length(text, longest)
    yield from _structure(text)
    yield from _marks(text)
    yield from _emoji(text)
    yield from _placeholders(text)
    yield from banned_in(text, banned or Banned())
    yield from _sentences(text)
    if english:
        yield from _grade(text)


def limit(key: str, *, english: bool = True) -> int:
    """The longest text a key may hold. A ``…_label`` names a field or is read aloud; buttons lie under ``labels``."""
    *tables, name = key.split(".")
    if name in CLASSES and len(tables) > 1:
        name = tables.pop()
    if "labels" in tables or name == "label" or name.startswith("label_"):
        return BUTTON if english else LONGER_BUTTON
    if name.endswith("_title"):
        return MODAL_TITLE
    if name.endswith("_label"):
        return LABEL
    return HEADER if name.endswith("_header") else SECTION


def placeholders(text: str) -> frozenset[str]:
    """The names in braces; nothing when the braces do not close."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset()


def _length(text: str, longest: int) -> Iterator[Flaw]:
    length = len(re.sub(r"[{}]", "", text))
    if length > longest:
        yield Flaw(f"The text has {length} characters, the most is {longest}.", "Shorten it.")


def _structure(text: str) -> Iterator[Flaw]:
    for pattern, what, remedy in STRUCTURE:
        if found := pattern.search(text):
            yield Flaw(f"The text {what}.", remedy, found[0])


def _marks(text: str) -> Iterator[Flaw]:
    """A bold, italic or code mark that never closes would be shown as it is."""
    bare = re.sub(r"\{[^{}]*\}|<[^<>]*>|:[a-z0-9_+-]+:|(?<=\w)[*_](?=\w)", "", text)
    for line in bare.replace("**", "").splitlines():
        for mark in "*_`":
            if line.count(mark) % 2:
                yield Flaw(f"A {mark} is opened and not closed on its line.", f"Close it, or drop the {mark}.", mark)


def _emoji(text: str) -> Iterator[Flaw]:
    found = EMOJI.findall(text)
    if len(found) > 1:
        yield Flaw(f"The text has {len(found)} emoji.", "Keep one at most, at the end.", found[1])
    elif found and text.strip() == found[0]:
        yield Flaw("The text is nothing but an emoji.", "Say it in words: a screen reader reads the emoji's name.")
    elif found and not text.rstrip().endswith(found[0]) and not _is_label(text, found[0]):
        yield Flaw("The emoji is not at the end.", "Move it to the end.", found[0])


def _is_label(text: str, emoji: str) -> bool:
    """A short answer such as "🙂 OK" may begin with its emoji."""
    return text.lstrip(DIRECTION_MARKS).startswith(emoji) and len(words(text)) <= SHORT_ANSWER


def _placeholders(text: str) -> Iterator[Flaw]:
    try:
        fields = list(Formatter().parse(text))
    except ValueError:
        yield Flaw("A brace { or } stands alone.", "Write {name} for a placeholder, and no other braces.")
        return
    for _, name, spec, conversion in fields:
        if name is not None and (spec or conversion or not SIMPLE_NAME.fullmatch(name)):
            yield Flaw(f"{{{name}}} is no plain placeholder.", "Write a name in small letters, such as {date}.", "{")


def banned_in(text: str, banned: Banned) -> Iterator[Flaw]:
    """The phrases it says that it may not say, in any letters."""
    said = " ".join(plain(text).replace("\u2019", "'").lower().split())
    for phrase, why, remedy in banned:
        if (sought := phrase.lower()) in said and re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", said):
            yield Flaw(f"“{phrase}” {why}", remedy, phrase)


def _sentences(text: str) -> Iterator[Flaw]:
    for sentence in sentences(text):
        if (length := len(words(sentence))) > LONGEST_SENTENCE:
            what = f"“{' '.join(sentence.split()[:5])} …” has {length} words, the most is {LONGEST_SENTENCE}."
            yield Flaw(what, "Make two sentences of it.", " ".join(sentence.split()[:5]))


def _grade(text: str) -> Iterator[Flaw]:
    if len(words(text)) >= GRADED_FROM and (hard := grade(text)) > HARDEST_GRADE:
        what = f"The reading grade is {hard:.1f}, the most is {HARDEST_GRADE:.0f}."
        yield Flaw(what, "Use shorter sentences and shorter words.")
