"""What a career center set for its workspace. Pure values; the store keeps them, staff change them part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

MOST_QUIET_DAYS = 400


class CheckInMode(StrEnum):
    """How check-ins begin here: by themselves, once a member turns them on, or not at all."""

    ON = "on"
    ASK = "ask"
    OFF = "off"


class Feature(StrEnum):
    """What a center may leave out. Everything is on until staff untick it, and does nothing before it is set up."""

    WEEKLY = "weekly"
    GUIDE = "guide"
    COACH = "coach"
    NUMBERS = "numbers"
    SUPPORT = "support"


@dataclass(frozen=True)
class Coach:
    """``user`` is Slack's id; ``days`` is the promised reply time in working days; ``booking`` may be empty."""

    user: str
    name: str
    booking: str = ""
    days: int = 2


@dataclass(frozen=True)
class CardLine:
    """One line staff add to a step's card, with an optional link."""

    text: str = ""
    link: str = ""


@dataclass(frozen=True)
class Center:
    """All of it. ``quiet`` holds spans as text (see ``quiet_days``); ``lines`` go by step; ``post_days`` are 0 to 6."""

    channel: str | None = None
    coach_channel: str | None = None
    zone: str | None = None
    country: str | None = None
    locale: str | None = None
    check_ins: CheckInMode = CheckInMode.ON
    retention_days: int = 180
    counseling: str = ""  # the name on the first line, how to reach it on the others
    quiet: str = ""
    visa_link: str = ""
    unfair_link: str = ""
    coaches: tuple[Coach, ...] = ()
    counselor: str | None = None  # whom members may ask to contact them
    off: frozenset[Feature] = frozenset()
    lines: Mapping[str, CardLine] = field(default_factory=dict)
    post_days: tuple[int, ...] = (0, 4)
    paused: bool = False
    undoable: frozenset[str] = frozenset()  # the parts whose last version can be brought back

    def has(self, feature: Feature) -> bool:
        """Whether staff left it on, and a channel is connected."""
        return feature not in self.off and self.channel is not None

    @property
    def quiet_days(self) -> frozenset[date]:
        return quiet_days(self.quiet)

    @property
    def links(self) -> dict[str, str]:
        """Pages of the center's own, by the situation they are for."""
        return {name: link for name, link in (("visa", self.visa_link), ("unfair", self.unfair_link)) if link}


# The parts of the form tree: what changes together, and is brought back together.
PARTS: Mapping[str, tuple[str, ...]] = {
    "channel": ("channel",),
    "community": ("zone", "country", "locale"),
    "help": ("counseling", "visa_link", "unfair_link", "counselor"),
    "coaches": ("coaches", "coach_channel"),
    "quiet": ("quiet",),
    "check_ins": ("check_ins", "retention_days"),
    "features": ("off",),
    "cards": ("lines",),
    "weekly": ("post_days",),
}
# What other rooms ask the database about stands in columns of its own; the rest is sealed.
COLUMNS = ("channel", "zone", "country", "locale", "check_ins", "retention_days", "counseling", "quiet")
SEALED = ("coach_channel", "visa_link", "unfair_link", "coaches", "off", "lines", "post_days", "counselor")


def plain(center: Center, names: tuple[str, ...]) -> dict[str, Any]:
    """Some of the facts as JSON holds them."""
    every = asdict(center) | {"off": sorted(center.off), "post_days": list(center.post_days)}
    return {name: every[name] for name in names}


def read(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts from JSON as ``Center`` takes them; what this version does not know is left out."""
    return {name: SHAPES.get(name, _as_it_is)(facts[name]) for name in (*COLUMNS, *SEALED) if name in facts}


def _as_it_is(value: Any) -> Any:
    return value


SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "check_ins": CheckInMode,
    "post_days": tuple,
    "coaches": lambda rows: tuple(Coach(**row) for row in rows),
    "lines": lambda rows: {step: CardLine(**row) for step, row in rows.items()},
    "off": lambda names: frozenset(Feature(name) for name in names if name in set(Feature)),
}


@lru_cache(maxsize=256)
def quiet_days(spans: str) -> frozenset[date]:
    """``2026-12-20/2027-01-03``, one span a line, as single days. Raises ValueError for what is no span of days."""
    days: set[date] = set()
    for span in spans.splitlines():
        first, last = map(date.fromisoformat, span.split("/"))
        if last < first or (last - first).days > MOST_QUIET_DAYS:
            raise ValueError("a span must end after it begins, and within a year")
        days |= {first + timedelta(days=each) for each in range((last - first).days + 1)}
    return frozenset(days)
