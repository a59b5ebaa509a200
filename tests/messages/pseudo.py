"""Languages nobody speaks, made of the English words: longer, accented, or written from right to left.

They show what a translation will meet before there is one: room for longer words, letters that are no ASCII, plural
classes English does not have, and English that stands in the code instead of a file.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from messages import lint
from messages.library import SHIPPED
from messages.plurals import numbers
from messages.shelf import read_toml

ENGLISH = SHIPPED / "en"
GROWTH = 0.4
RIGHT_TO_LEFT_MARK = "\u200f"
KEPT = re.compile(r"(\{[^{}]*\}|<[^<>|]*\|?|`[^`]*`|slack://\S+|https?://\S+)")
WORD = re.compile(r"[A-Za-z]+")
ACCENTED = str.maketrans("acdeilnorstuyzACDEILNORSTUYZ", "áćďéíłñóřšťúýžÁĆĎÉÍŁÑÓŘŠŤÚÝŽ")
ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهفغحيزكلمنعصقرشتثوطسيض")
HEAD = ("title", "seed_title", "hint", "subject", "subject_plain")
NOT_SAID = ("slack.app_link", "links.")  # addresses

Say = Callable[[str], str]


def accented(text: str) -> str:
    return text.translate(ACCENTED)


def right_to_left(text: str) -> str:
    return text.lower().translate(ARABIC)


def write_language(folder: Path, code: str, say: Say, mark: str = "") -> None:
    """A whole language under ``folder``, each word through ``say`` and two fifths longer where there is room."""
    shutil.copytree(ENGLISH, folder / code)
    for path in sorted(ENGLISH.rglob("*.toml")):
        if path.name not in ("distress.toml", "banned.toml"):
            texts = dict(_in_classes(code, {key: text.words for key, text in read_toml(path)}))
            lines = [f"{_written(key)} = {_quoted(_said(key, words, say, mark))}" for key, words in texts.items()]
            (folder / code / path.relative_to(ENGLISH)).write_text("\n".join(lines), "utf-8")
    for path in sorted(ENGLISH.rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("+++\n", 2)
        texts = {key: _said(key, words, say, mark) for key, words in tomllib.loads(head).items()}
        head = "\n".join(f"{key} = {_quoted(words)}" for key, words in texts.items())
        page = f"+++\n{head}\n+++\n{_grown(body, say, GROWTH)}"
        (folder / code / path.relative_to(ENGLISH)).write_text(page, "utf-8")
    _write_seed_titles(folder / code / "banned.toml", say, mark)


def _in_classes(code: str, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A table of English plural classes as a table of those the language has."""
    for key, words in texts.items():
        table, _, form = key.rpartition(".")
        if form == "other" and f"{table}.one" in texts:
            yield from ((f"{table}.{each}", words) for each in numbers(code))
        elif not (form == "one" and f"{table}.other" in texts):
            yield key, words


def _said(key: str, text: str, say: Say, mark: str) -> str:
    if not text or key.startswith(NOT_SAID):
        return text
    longest = lint.LABEL if key in HEAD else lint.HEADER if key == "do" else lint.limit(key, english=False)
    for growth in (GROWTH, GROWTH / 2, 0):
        if _length(grown := mark + _grown(text, say, growth)) <= longest:
            return grown
    return _grown(text, say, 0)


def _grown(text: str, say: Say, growth: float) -> str:
    def anew(word: re.Match[str]) -> str:
        return say(_longer(word[0], growth))

    return "".join(part if KEPT.fullmatch(part) else WORD.sub(anew, part) for part in KEPT.split(text))


def _length(text: str) -> int:
    return len(re.sub(r"[{}]", "", text))


def _longer(word: str, growth: float) -> str:
    return word + word[-1] * round(len(word) * growth)


def _write_seed_titles(path: Path, say: Say, mark: str) -> None:
    """What is banned stays: nobody says it anyway. The seed's titles are translated with the cards."""
    before, titles, after = re.split(
        r"(?<=\[seed_titles\]\n)(.*?)(?=\n\n)", path.read_text("utf-8"), maxsplit=1, flags=re.S
    )
    said = [
        f"{key} = {_quoted(_said('seed_title', json.loads(words), say, mark))}"
        for key, words in (line.split(" = ", 1) for line in titles.splitlines())
    ]
    path.write_text(before + "\n".join(said) + after, "utf-8")


def _written(key: str) -> str:
    """A name with a colon in it, such as a scope's, stands in quotes."""
    return ".".join(_quoted(part) if ":" in part else part for part in key.split("."))


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
