"""The words of one language: phrases, cards, first lines, encouragements and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

# The ids of bot.steps. This room knows nobody, so it says them again; a test holds the two together.
STEPS = ("be_professional", "stay_positive", "ask_for_feedback", "dont_dwell")
STAGES = (
    "none", "no_reply", "automated", "recruiter_call", "interview", "ghosted", "final_round", "offer_withdrawn",
)  # fmt: skip

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Card:
    """One step at one stage: ``body`` in Slack's mrkdwn, ``do`` the one thing to do now."""

    step: str
    stage: str
    title: str
    seed_title: str
    body: str
    do: str
    link: str | None = None


@dataclass(frozen=True)
class Locale:
    """``texts`` holds every text under ``<file>:<key>``, as the library checked them at start-up."""

    code: str
    texts: Mapping[str, str]

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages there are cards for, ``none`` first."""
        return STAGES

    def phrase(self, key: str, **values: object) -> str:
        """The phrase with its placeholders filled. Values are inserted as given: the caller escapes."""
        return self.texts[f"phrases:{key}"].format_map(values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The phrase for this many: its ``one`` or its ``other``, with ``{n}`` filled too."""
        form = "one" if n == 1 else "other"
        return self.phrase(f"{key}.{form}", n=n, **values)

    def card(self, step: str, stage: str) -> Card:
        """The card of a step, fit to the stage; a stage this version does not know gets the card for everyone."""
        page = f"cards/{step}/{self._known(stage)}"
        title, seed_title, body, do = (self.texts[f"{page}:{part}"] for part in ("title", "seed_title", "body", "do"))
        return Card(step, stage, title, seed_title, body, do, self.texts.get(f"{page}:link"))

    def opening(self, stage: str) -> str:
        """The first lines of a thread."""
        return self.texts[f"cards/openings:{self._known(stage)}"]

    def encouragement(self, seed: str, number: int) -> str:
        """The ``number``-th line of this person's own order of the bank: none comes back before all were used.

        The order depends on the seed and the lines' names alone, so a message drawn again says the same.
        """
        order = sorted(self._bank, key=lambda name: sha256(f"{seed}\0{name}".encode()).digest())
        return self.texts[order[number % len(order)]]

    def day(self, day: date) -> str:
        """A day as people of this language write it: ``Tue 24 Nov``."""
        weekday = self.texts[f"dates:weekdays.{WEEKDAYS[day.weekday()]}"]
        month = self.texts[f"dates:months.{MONTHS[day.month - 1]}"]
        return self.texts["dates:day"].format(weekday=weekday, day=day.day, month=month)

    @cached_property
    def _bank(self) -> tuple[str, ...]:
        return tuple(name for name in self.texts if name.startswith("encouragements:"))

    @staticmethod
    def _known(stage: str) -> str:
        return stage if stage in STAGES else "none"
