"""What is wrong with one part of a card, beyond the rules for every text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from messages.lint import Flaw
from messages.reading import sentences, words

LONGEST_BODY, MOST_SENTENCES, LONGEST_DO, LONGEST_LINE = 60, 3, 20, 35
LINK = re.compile(r"https://[^\s<>|]+")


def flaws(part: str, said: str) -> Iterator[Flaw]:
    """``part`` is body, do or link; line or for_all is what a situation adds."""
    if part == "body" and len(sentences(said)) > MOST_SENTENCES:
        yield Flaw(f"The text has {len(sentences(said))} sentences.", f"Keep {MOST_SENTENCES} at most.")
    if part == "body" and len(words(said)) > LONGEST_BODY:
        yield Flaw(f"The text has {len(words(said))} words.", f"Keep {LONGEST_BODY} at most.")
    if part in {"line", "for_all"} and len(words(said)) > LONGEST_LINE:
        yield Flaw(f"The line has {len(words(said))} words.", f"Keep {LONGEST_LINE} at most.")
    if part == "do" and (len(words(said)) > LONGEST_DO or "\n" in said):
        yield Flaw("What to do is longer than one line.", f"Keep {LONGEST_DO} words at most.")
    if part == "link" and not LINK.fullmatch(said):
        yield Flaw("The link does not begin with https://.", "Write the whole address, and nothing else.")
