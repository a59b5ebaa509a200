"""A walk through the gallery: which pictures a visitor asked for, and which of them say something new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.gallery import ROOMS, Picture
from messages.locale import Locale

SPOKEN = ("text", "alt_text", "accessibility_label", "initial_value")


@dataclass(frozen=True)
class Wish:
    """``room`` and ``stage`` are empty for all; ``every`` also shows states that only repeat words."""

    room: str = ""
    stage: str = ""
    every: bool = False


def walk(locale: Locale, wish: Wish) -> Iterator[tuple[str, Picture]]:
    """Each picture with the name of its room. Whoever asks for a stage sees what depends on it, and nothing else."""
    for name, room in ROOMS.items():
        if wish.room in ("", name):
            hung = (each for each in room(locale) if wish.stage in ("", each.stage))
            yield from ((name, each) for each in (_each_once(hung) if wish.every else _saying_something_new(hung)))


def _each_once(pictures: Iterable[Picture]) -> Iterator[Picture]:
    seen = set[str]()
    for each in pictures:
        if (drawn := json.dumps(each.payload, sort_keys=True)) not in seen:
            seen.add(drawn)
            yield each


def _saying_something_new(pictures: Iterable[Picture]) -> Iterator[Picture]:
    """Of thousands of states the few in which every line and every label can be read."""
    heard = set[str]()
    for each in pictures:
        told = {str(each.payload.get("type", "message")), *lines(each.payload)}
        if not told <= heard:
            heard |= told
            yield each


def lines(part: Any) -> Iterator[str]:
    """Whatever can be read or heard in a payload, line by line."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name in SPOKEN and isinstance(value, str):
                yield from value.splitlines()
            else:
                yield from lines(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from lines(each)
