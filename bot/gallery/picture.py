"""One thing that can be on a member's screen, and the values its rooms share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from messages.blocks import Message
from messages.locale import Locale

SOME_ID = "01JDZ9M4T6V8XKQ2B7RCN5WHEA"
COMMAND = "/rejected"
GENTLE_COMMAND = "/nextstep"
OPERATORS = ("Riverside Career Center", "Sons & Daughters <of> *Work*", "Zentrum für Laufbahn und Arbeit, Köln" * 2)
ARCHIVE = "https://riverside.slack.com/archives/D0MAYA00001/p1795449600000100?thread_ts=1795449600.000100&cid=D0MAYA"
APP = "slack://app?team=T0RIVERSIDE&id=A0ONWARD001&tab=messages"

# What people call employers and what they paste by mistake, each filled up to the hundred characters that are kept.
STRANGE = tuple((each * 100)[:100] for each in (
    "Initech", "שלום ", "شركة العمل ", "\u202etxt.", "🦄", "\U0001f469\U0001f3fd\u200d\U0001f680",
    "<!channel> ", "<@U0SAM000001>", "<https://e.org|x>",
    "*_~", "a\u200bb\u200d\ufeff", "\"'“”«»", "one\ntwo\r\n", "{name} {", "&amp;&lt;", ":wave: ", "`code` ", "株式会社",
    "%s\\", "e\u0301", "\U0001f3f3\ufe0f\u200d\U0001f308", "> quoted\n", "#general ", "@here ",
))  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A message as ``chat.postMessage`` takes it, or a view; ``text`` is None for a view, which has none."""

    title: str
    payload: Mapping[str, Any]
    own_words: tuple[str, ...] = ()  # what the member typed, and nobody may read in a notification
    names_the_command: bool = False  # an answer that only the one who typed sees, and that has to say what to type
    stage: str = ""  # how far it got, where the words depend on it
    ephemeral: bool = False  # only the one who asked sees it, and not for long

    @property
    def text(self) -> str | None:
        return None if "type" in self.payload else str(self.payload["text"])


Room = Callable[[Locale], Iterator[Picture]]


def message(
    title: str, drawn: Message, *own_words: str,
    names_the_command: bool = False, stage: str = "", ephemeral: bool = False,
) -> Picture:  # fmt: skip
    return Picture(title, drawn.payload(), own_words, names_the_command, stage, ephemeral)


def view(
    title: str, drawn: Mapping[str, Any], *own_words: str, names_the_command: bool = False, stage: str = ""
) -> Picture:
    return Picture(title, drawn, own_words, names_the_command, stage)


def days(locale: Locale) -> tuple[str, ...]:
    """A day of every month and every weekday."""
    return tuple(locale.day(date(2026, 9, 30) + timedelta(days=25 * each)) for each in range(14))
