"""The words of one language: phrases, cards, first lines, encouragements and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

from messages.lint import Banned
from messages.plurals import plural

# The ids of bot.steps. This room knows nobody, so it says them again; a test holds the two together.
STEPS = ("be_professional", "stay_positive", "ask_for_feedback", "dont_dwell")
STAGES = (
    "none", "no_reply", "automated", "recruiter_call", "interview", "ghosted", "final_round", "offer_withdrawn",
)  # fmt: skip

# The first lines of a thread in the short form, and the stage at which something urgent is said there instead.
MANY = "many"
NEVER_SHORT = ("offer_withdrawn",)

# The tables of encouragements: the bank, and what stands in before the reminder and where nothing is asked.
LINES = "lines"
STAND_INS = ("reminder", "quiet")

# The posts of a career center's channel, in the order in which they come.
POSTS = "posts"

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Card:
    """One step at one stage: ``body`` in Slack's mrkdwn, ``do`` the one thing to do now, ``lines`` a situation's."""

    step: str
    stage: str
    title: str
    seed_title: str
    body: str
    do: str
    link: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # itself and no other: words read anew are another one
class Locale:
    """``texts`` holds every text under ``<file>:<key>``, as the library checked them at start-up."""

    code: str
    texts: Mapping[str, str]
    banned: Banned = field(default_factory=Banned)  # what staff may not write either

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages there are cards for, ``none`` first."""
        return STAGES

    def phrase(self, key: str, **values: object) -> str:
        """The phrase with its placeholders filled. Values are inserted as given: the caller escapes."""
        return self.texts[f"phrases:{key}"].format_map(values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The phrase for this many, in the plural class the language has for it, with ``{n}`` filled too."""
        return self.phrase(f"{key}.{plural(self.code, n)}", n=n, **values)

    def card(self, step: str, stage: str) -> Card:
        """The card of a step, fit to the stage; a stage this version does not know gets the card for everyone."""
        page = f"cards/{step}/{self._known(stage)}"
        title, seed_title, body, do = (self.texts[f"{page}:{part}"] for part in ("title", "seed_title", "body", "do"))
        return Card(step, stage, title, seed_title, body, do, self.texts.get(f"{page}:link"))

    def opening(self, stage: str, *, short: bool = False) -> str:
        """The first lines of a thread. Those of the short form give way to what cannot be left out at that stage."""
        kind = MANY if short and stage not in NEVER_SHORT else self._known(stage)
        return self.texts[f"cards/openings:{kind}"]

    def encouragement(self, seed: str, number: int, before: str = LINES) -> str:
        """The ``number``-th line of this person's own order of the bank: none comes back before all were used.

        The order depends on the seed and the lines' names alone, so a message drawn again says the same. ``before``
        names the table of lines that stand in where one would not fit what follows: ``reminder`` or ``quiet``.
        """
        order = sorted(self._bank, key=lambda name: sha256(f"{seed}\0{name}".encode()).digest())
        name = order[number % len(order)]
        return self.texts.get(f"encouragements:{before}.{name}", self.texts[f"encouragements:{LINES}.{name}"])

    def day(self, day: date) -> str:
        """A day as people of this language write it: ``Tue 24 Nov``."""
        weekday = self.texts[f"dates:weekdays.{WEEKDAYS[day.weekday()]}"]
        month = self.texts[f"dates:months.{MONTHS[day.month - 1]}"]
        return self.texts["dates:day"].format(weekday=weekday, day=day.day, month=month)

    @cached_property
    def posts(self) -> tuple[str, ...]:
        """The weekly posts for a channel, in the order of the file."""
        return tuple(words for name, words in self.texts.items() if name.startswith(f"{POSTS}:"))

    @cached_property
    def _bank(self) -> tuple[str, ...]:
        bank = f"encouragements:{LINES}."
        return tuple(name.removeprefix(bank) for name in self.texts if name.startswith(bank))

    @staticmethod
    def _known(stage: str) -> str:
        return stage if stage in STAGES else "none"
