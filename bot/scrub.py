"""Takes out of a text what could tell whose it is: mentions, links, addresses, numbers, times, names. Pure.

It looks for shapes and for the words of ``scrub.toml``, so it misses much and takes out too much at times. That is why
the author sees the result first, and staff read it before it is posted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from messages.locale import Locale

SHORTEST = 3  # letters of a name that is taken out wherever it stands; a shorter one only as it is written
LANGUAGES = 64
NAME = r"[^\W\d_a-z](?:[\w&'’.-]*\w)?"
NAMES = rf"{NAME}(?:\s+(?:&\s+|of\s+|and\s+)?{NAME})*"
MENTION = re.compile(r"<[@#!][^<>]*>|(?<![\w@])[@#]\w[\w.-]*")
LINK = re.compile(
    r"<?(?:https?://|www\.)[^\s<>]+>?|[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|io|co|ai|dev|app|gov)\b"
    r"(?:/\S*)?", re.IGNORECASE,
)  # fmt: skip
# What hides a name, or nothing can show.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)  # they hide a name
APOSTROPHE = re.compile("['’]")
NUMBER = re.compile(r"\+?\d[\d\s()./-]{6,}\d")
DATE = (
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)|\d{1,2}[./]\d{1,2}\.?(?!\d)|\d{1,2}:\d\d(?:\s*[ap]\.?m\b\.?)?"
    r"|\d{1,2}\s*[ap]\.?m\b\.?|\b(?:19|20)\d\d\b"
)

Rule = tuple[re.Pattern[str], str]


def scrub(locale: Locale, text: str, names: Collection[str] = ()) -> str:
    """The text with a placeholder for each of them. ``names`` are the author's own: companies, roles, people."""
    shorter = " ".join(re.split(r"[^\S\n]+", UNSEEN.sub("", text).strip()))
    for pattern, instead in (*_typed(locale, names), *_rules(locale)):
        shorter = pattern.sub(instead, shorter)
    return _once(locale, shorter)


def _typed(locale: Locale, names: Collection[str]) -> Iterator[Rule]:
    """Longest first, so that a name within another leaves no half of it."""
    instead = locale.phrase("sharing.out_name")
    for name in sorted({each.strip() for each in names if each.strip()}, key=len, reverse=True):
        flags = re.IGNORECASE if len(name) >= SHORTEST else re.NOFLAG
        words = APOSTROPHE.sub("['’]", r"\s+".join(map(re.escape, name.split())))
        yield re.compile(rf"(?<!\w){words}(?!\w)", flags), instead


@lru_cache(maxsize=LANGUAGES)
def _rules(locale: Locale) -> tuple[Rule, ...]:
    out = {each: locale.phrase(f"sharing.out_{each}") for each in ("person", "link", "time", "number")}
    times, months = _any(locale, "times"), _any(locale, "months")
    dated = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{months})\b|\b(?:{months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
    return (
        (LINK, out["link"]), (MENTION, out["person"]), (NUMBER, out["number"]),
        (re.compile(rf"{dated}|{DATE}|(?<!\w)(?:{times})(?!\w)", re.IGNORECASE), out["time"]), *_named(locale),
    )  # fmt: skip


def _named(locale: Locale) -> Iterator[Rule]:
    """By what stands around a name, and where only names have capital letters, by those."""
    before, after, no_names = (_any(locale, each) for each in ("before_names", "after_names", "no_names"))
    instead, is_one = locale.phrase("sharing.out_name"), rf"(?!(?:{no_names})(?!\w))"
    yield re.compile(rf"\b{NAMES},?\s+(?:{after})\b\.?"), instead
    yield re.compile(rf"(?<!\w)((?i:{before})\s+){is_one}(?:the\s+)?{NAMES}"), rf"\1{instead}"
    if "scrub:capitals" in locale.texts:
        yield re.compile(rf"(?<=[\w,;\]]\s){is_one}{NAME}(?:\s+{is_one}{NAME})*"), instead


def _once(locale: Locale, text: str) -> str:
    """Two of the same beside each other are one."""
    for each in ("name", "time"):
        word = re.escape(locale.phrase(f"sharing.out_{each}"))
        text = re.sub(rf"{word}(?:[\s,&]+{word})+", _literally(locale.phrase(f"sharing.out_{each}")), text)
    return text


def _literally(words: str) -> Callable[[re.Match[str]], str]:
    return lambda _: words


def _any(locale: Locale, table: str) -> str:
    lines = sorted((each.strip() for each in locale.texts[f"scrub:{table}"].splitlines() if each.strip()), key=len)
    return "|".join(r"\s+".join(map(re.escape, line.split())) for line in lines[::-1])
