"""What somebody typed after the command. Pure; the whole grammar is here.

Exactly one of the words is a command; everything else is a company and, after the first comma, a role. "Help Scout"
is a company.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

COMMANDS = ("/rejected", "/nextstep")
WORDS = ("help", "history", "settings", "stop", "start", "export", "delete", "privacy", "share", "pause")
LONGEST_NAME = 100
LONGEST_PAUSE = 365

_LEADING = re.compile(r"^(?:by|from|at)\s+", re.IGNORECASE)
_PAUSE = re.compile(r"^pause(?:\s+(?:for\s+)?(\d{1,3})\s*(day|week|month)s?)?$", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30}
_USUAL_PAUSE = 14
# Slack sends these three escaped in some surfaces; a name is shown as typed.
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}  # the ampersand last, or "&amp;lt;" would be opened twice
# Marks that turn the direction of the text around them: harmless in a script of their own, a mask anywhere else.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@dataclass(frozen=True)
class Names:
    """Company and role as typed, cleaned. ``left_out`` where one was too long to keep."""

    company: str | None = None
    role: str | None = None
    left_out: bool = False


def word(text: str | None) -> str | None:
    """The command in what was typed, or None when it is a name or nothing."""
    typed = (text or "").strip().lower()
    return "pause" if _PAUSE.match(typed) else typed if typed in WORDS else None


def asks(wanted: str | None) -> Callable[[Mapping[str, Any]], Awaitable[bool]]:
    """A listener matcher: this word and no other was typed. None: a name, or nothing."""

    async def matches(command: Mapping[str, Any]) -> bool:
        return word(command.get("text")) == wanted

    return matches


def pause_days(text: str) -> int:
    """How many days ``pause 2 weeks`` means; two weeks where nothing was said."""
    found = _PAUSE.match(text.strip())
    if not found or not found[1]:
        return _USUAL_PAUSE
    return max(1, min(LONGEST_PAUSE, int(found[1]) * _DAYS[found[2].lower()]))


def names(text: str | None) -> Names:
    """Company, then after the first comma the role. Control and direction marks go; too long is left out."""
    typed = _LEADING.sub("", clean(text or ""))
    company, _, role = (part.strip() for part in typed.partition(","))
    return _fitting(company, role)


def lines(text: str | None) -> list[Names]:
    """Several noes, one a line. Lines without a word are left out."""
    return [names(each) for each in (text or "").splitlines() if clean(each)]


def kept(company: str | None, role: str | None) -> Names:
    """The same for names from a form."""
    return _fitting(clean(company or ""), clean(role or ""))


def _fitting(*typed: str) -> Names:
    fits = [each if len(each) <= LONGEST_NAME else "" for each in typed]
    return Names(fits[0] or None, fits[1] or None, left_out=fits != list(typed))


def clean(text: str) -> str:
    """One line without control characters, at most one space in a row."""
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    visible = (" " if unicodedata.category(each) == "Cc" else each for each in text if each not in _TURNING)
    return " ".join("".join(visible).split())
