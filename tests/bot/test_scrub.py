"""What could tell who wrote a text is taken out of it, and the rest stays as it was."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scrub import scrub
from messages.library import Library

ENGLISH = Library.load().locale("en")
NAMES = ("Initech", "Data Analyst", "Umbrella Labs", "Zoë's Café")

TAKEN = [
    ("Ask <@U0SAM000001> or <#C0JOBSEARCH|job-search>.", "Ask [somebody] or [somebody]."),
    ("Ask @sam.lee in #job-search.", "Ask [somebody] in [somebody]"),
    ("See https://sam.example.org/me?x=1 please.", "See [a link] please."),
    ("See <https://x.example|my page>, or x.example.com/cv", "See [a link]"),
    ("Write to sam.lee+jobs@mail.example.", "Write to [a link]"),
    ("Call +1 (555) 010-0199.", "Call [a number]."),
    ("It came at 10:30, and at 7 pm again.", "It came at [some time], and at [some time] again."),
    ("It came on 2027-01-13.", "It came on [a number]."),
    ("It came on 13.01.2027, or 1/13/27.", "[a number]"),
    ("They wrote yesterday morning.", "They wrote [some time]."),
    ("They wrote on Tuesday and last Friday.", "They wrote [some time] and [some time]."),
    ("It was the 3rd of May, no, May 4th.", "It was the [some time], no, [some time]."),
    ("initech said no, INITECH again.", "[a name] said no, [a name] again."),
    ("I was a data  analyst.", "I was a [a name]."),
    ("I interviewed at Globex and with Wayne Enterprises.", "I interviewed at [a name] and with [a name]."),
    ("Then Hooli, Inc. wrote.", "[a name] wrote."),
    ("We met Priya there.", "We met [a name] there."),
    ("He went to the Ravenmoor University.", "He went to the [a name]"),
    ("It was zoë’s café.", "It was [a name]."),
    ("It was Ini\u200btech.", "It was [a name]."),
]
LEFT = (
    "A walk with my neighbour helped me more than the next list of jobs.",
    "I rewrote my CV. It took an hour, and I'm glad I did.",
    "What may help: write down one thing you would repeat. March on is no advice.",
    "It's okay. I can't, and I won't, answer every mail. Small steps!",
    "1. Sleep. 2. Eat. 3. One call.",
)


@pytest.mark.parametrize(("typed", "shown"), TAKEN)
def test_what_could_tell_who_it_is_is_taken_out(typed: str, shown: str) -> None:
    assert shown in scrub(ENGLISH, typed, NAMES)


@pytest.mark.parametrize("text", LEFT)
def test_a_text_without_such_things_stays_as_it_was(text: str) -> None:
    assert scrub(ENGLISH, text, NAMES) == text


def test_a_name_within_a_word_is_no_name() -> None:
    assert scrub(ENGLISH, "The arts and the start.", ("Art", "A")) == "The arts and the start."


@given(st.text(max_size=300), st.lists(st.text(min_size=3, max_size=20), max_size=3))
def test_whatever_was_typed_no_name_of_theirs_is_left_and_nothing_breaks(text: str, names: list[str]) -> None:
    left = scrub(ENGLISH, f"{text} {' '.join(names)}", names)
    ours = ("[a name]", "[somebody]", "[a link]", "[some time]", "[a number]")
    for each in ours:
        left = left.replace(each, "\0")
    words = [name.strip() for name in names if len(name.split()) == 1 and name.strip().isalnum()]
    assert not [each for each in words if len(each) > 2 and each.lower() in left.lower().split()]


@given(st.text(max_size=200))
def test_taken_out_twice_is_taken_out_once(text: str) -> None:
    once = scrub(ENGLISH, text, NAMES)
    assert scrub(ENGLISH, once, NAMES) == once


HOSTILE = (
    "Aa Bb " * 120, "A" * 700, "A.a-" * 175, "at " * 230, "1 " * 350, "1-" * 350, "a.b." * 175, "@" * 700, "<@" * 350,
    "A & B of C and " * 46, "Mon Tue " * 87, "https://" * 87,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_no_text_holds_it_up(text: str) -> None:
    began = time.monotonic()
    scrub(ENGLISH, text, NAMES)
    assert time.monotonic() - began < 1
