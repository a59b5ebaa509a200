"""The files of one language as they stand on disk, an operator's laid over ours: texts with their file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from messages.emails import EMAILS
from messages.lint import Finding
from messages.locale import STAGES, STEPS

TOML_FILES = (
    "phrases",
    "encouragements",
    "banned",
    "dates",
    "posts",
    "scrub",
    "cards/openings",
    "cards/situations",
    "emails/facts",
)
CARD_FILES = tuple(f"cards/{step}/{stage}" for step in STEPS for stage in STAGES)
EMAIL_FILES = tuple(f"emails/{name}" for name in EMAILS)
CARD_HEAD = re.compile(r"\+\+\+\n(?P<head>.*?)^\+\+\+\n(?P<body>.*)", re.S | re.M)
FENCE = "+++"
SHIPPED = Path(__file__).parent / "locales"


@dataclass(frozen=True)
class Text:
    """One text and where it was written, for the finding that may have to name it."""

    words: str
    file: str
    line: int | None = None
    raw: str = ""  # as it stands in the file, where that takes several lines

    def line_with(self, fragment: str) -> int | None:
        """The line on which a fragment of the text stands, or else the one on which the text begins."""
        sought = fragment.lower()
        found = (number for number, line in enumerate(self.raw.splitlines()) if sought and sought in line.lower())
        return self.line and self.line + next(found, 0)

    @property
    def is_shipped(self) -> bool:
        """Ours, not an operator's."""
        return self.file.startswith(f"{shown(SHIPPED)}/")


@dataclass
class Shelf:
    """Every text of one language under ``<file>:<key>``, and what was wrong with the files themselves."""

    texts: dict[str, Text] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)

    def read(self, folder: Path) -> None:
        """Lay the folder's files over what is there: a card or draft replaces all of it, a TOML file its own keys."""
        for name in TOML_FILES:
            if (path := folder / f"{name}.toml").is_file():
                self._lay(name, path, read_toml)
        for name in CARD_FILES:
            if (path := folder / f"{name}.md").is_file():
                self._lay(name, path, read_card)
        for name in EMAIL_FILES:
            if (path := folder / f"{name}.md").is_file():
                self._lay(name, path, read_email)

    def table(self, prefix: str) -> dict[str, str]:
        """The texts under a prefix, such as ``banned:phrases.``, by what comes after it."""
        return {name.removeprefix(prefix): text.words for name, text in self.texts.items() if name.startswith(prefix)}

    def _lay(self, name: str, path: Path, read: Callable[[Path], Iterator[tuple[str, Text]]]) -> None:
        self.files.add(name)
        try:
            texts = dict(read(path))
        except UnreadableFile as unreadable:
            self.findings.append(unreadable.finding)
            self.unreadable.add(name)
            return
        if path.suffix == ".md":
            self.texts = {key: text for key, text in self.texts.items() if not key.startswith(f"{name}:")}
        self.texts |= {f"{name}:{key}": text for key, text in texts.items()}


class UnreadableFile(Exception):
    """A file that is no text, no TOML or no card."""

    def __init__(self, path: Path, line: int | None, what: str, remedy: str) -> None:
        super().__init__(what)
        self.finding = Finding(shown(path), line, what, remedy)


def shown(path: Path) -> str:
    """A shipped file by its place in the checkout, any other by its full path."""
    home = Path(__file__).parent.parent
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def read_toml(path: Path) -> Iterator[tuple[str, Text]]:
    source = contents(path)
    for key, words in flat(path, parsed(path, source)):
        yield key, Text(words, shown(path), line_of(source, key))


def read_card(path: Path) -> Iterator[tuple[str, Text]]:
    """A card is a TOML head between two lines of +++ and then the body; a paragraph may be wrapped over lines."""
    card = headed(path, "card", "title, seed_title and do")
    yield from read_head(path, card["head"])
    body = "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", card["body"].strip()))
    yield "body", Text(body, shown(path), card["head"].count("\n") + 3, card["body"])


def read_email(path: Path) -> Iterator[tuple[str, Text]]:
    """A draft has a head like a card; then each line is a sentence of its own, and empty lines part paragraphs."""
    draft = headed(path, "draft", "title, hint and subject")
    yield from read_head(path, draft["head"])
    paragraph, number = 1, 0
    for line, words in enumerate(draft["body"].splitlines(), start=draft["head"].count("\n") + 3):
        paragraph, number = (paragraph, number + 1) if words.strip() else (paragraph + 1, 0)
        if words.strip():
            yield f"body.{paragraph:02}.{number:02}", Text(" ".join(words.split()), shown(path), line)


def headed(path: Path, what: str, parts: str) -> re.Match[str]:
    source = contents(path)
    found = CARD_HEAD.fullmatch(source if source.endswith("\n") else f"{source}\n")
    if found is None:
        remedy = f"Begin with a line {FENCE}, then {parts}, then {FENCE} and the text."
        raise UnreadableFile(path, 1, f"The {what} has no head between two lines of {FENCE}.", remedy)
    return found


def read_head(path: Path, head: str) -> Iterator[tuple[str, Text]]:
    for key, words in flat(path, parsed(path, head, above=1)):
        yield key, Text(words, shown(path), (line_of(head, key) or 0) + 1)


def contents(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UnreadableFile(path, None, "The file is not UTF-8 text.", "Save it as UTF-8.") from wrong
    except OSError as wrong:
        what = f"The file cannot be read ({wrong.strerror})."
        raise UnreadableFile(path, None, what, "Let the bot's user read it.") from wrong


def parsed(path: Path, source: str, *, above: int = 0) -> dict[str, object]:
    """The TOML, where ``above`` lines of the file stand before it."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as wrong:
        said = re.search(r"at line (\d+)", str(wrong))
        line = int(said[1]) if said else max(1, source.rstrip("\n").count("\n") + 1)
        reason = re.sub(r" \(at .*\)$", "", str(wrong))
        remedy = 'Write name = "text", with every quote closed and a " inside a text as \\".'
        raise UnreadableFile(path, line + above, f"The TOML is not valid: {reason}.", remedy) from wrong


def flat(path: Path, table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the tables as ``table.key``."""
    for name, value in table.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from flat(path, value, f"{key}.")
        elif isinstance(value, str):
            yield key, value
        else:
            raise UnreadableFile(path, None, f"“{key}” is not text.", "Put it in quotes.")


def line_of(source: str, key: str) -> int | None:
    """The line that sets the key: under its own table's heading, or inside a table written on one line."""
    table, _, name = key.rpartition(".")
    return placed(source).get(key) or (line_of(source, table) if table and name else None)


@lru_cache(maxsize=1)
def placed(source: str) -> Mapping[str, int]:
    """The first line of each key of a TOML file; the file at hand is asked about all of its keys in a row."""
    heading, lines = "", dict[str, int]()
    for number, line in enumerate(source.splitlines(), start=1):
        if opened := re.match(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", line):
            heading = opened[1].strip()
        elif found := re.match(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""", line):
            said = next(part for part in found.groups() if part)
            lines.setdefault(".".join(filter(None, (heading, said))), number)
    return lines
