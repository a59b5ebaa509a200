"""The words we ship, read as a person on a bad day would read them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.steps import Stage, Step
from messages import library, lint
from messages.locale import STAGES, STEPS, Card, Locale
from messages.reading import grade, sentences, words
from messages.shelf import Shelf

ROOT = Path(__file__).parents[2]
CARDS = [(step, stage) for step in STEPS for stage in STAGES]
TITLES = {
    "be_professional": ("Close the loop kindly", "Be Professional"),
    "stay_positive": ("Keep what worked", "Stay Positive"),
    "ask_for_feedback": ("Learn one thing", "Ask for Feedback"),
    "dont_dwell": ("Plan one next step", "Don't Dwell on It"),
}
VERBS = {
    "Add", "Ask", "Check", "Choose", "Compare", "Find", "List", "Mark", "Name", "Note", "Pick", "Put", "Send", "Set",
    "Write",
}  # fmt: skip
MOST_WORDS = 55
EASY = 6.0
# Before anyone talked with them, people have no interviewer, no talk and no call to think of.
UNMET = ("no_reply", "automated")
MEETING = re.compile(r"\b(interview|talk|call|round|offer)\b")


@cache
def shelf() -> Shelf:
    read = Shelf()
    read.read(library.SHIPPED / "en")
    return read


@pytest.fixture
def english() -> Shelf:
    return shelf()


def shipped(step: str, stage: str) -> Card:
    """The card as it stands in its file, whatever else may be wrong with the words."""
    return Locale("en", {name: text.words for name, text in shelf().texts.items()}).card(step, stage)


def test_nothing_is_wrong_with_the_words_we_ship() -> None:
    assert [str(finding) for finding in library.findings()] == []


def test_the_words_know_the_same_steps_and_stages_as_the_bot() -> None:
    assert list(STEPS) == [step.value for step in Step]
    assert list(STAGES) == [stage.value for stage in Stage]


@pytest.mark.parametrize(("step", "stage"), CARDS)
def test_a_card_is_short_plain_and_says_what_to_do(step: str, stage: str) -> None:
    card = shipped(step, stage)
    assert (card.title, card.seed_title) == TITLES[step]
    assert 2 <= len(sentences(card.body)) <= 3
    assert len(words(card.body)) <= MOST_WORDS
    assert grade(card.body) <= EASY
    assert card.do.split()[0] in VERBS
    assert card.do.endswith((".", "?"))
    assert card.body.endswith((".", "?"))


@pytest.mark.parametrize(("step", "stage"), CARDS)
def test_a_card_leans_on_nothing_that_may_not_be_there(step: str, stage: str) -> None:
    """No coach, no command, no button, no figures, no shouting."""
    card = shipped(step, stage)
    said = f"{card.title} {card.do} {card.body}".lower()
    assert not re.search(r"coach|/\w|\bbutton|\bpress\b|\btap\b|\bclick|\d|%|!|\{", said)


def test_no_two_cards_of_a_step_say_the_same() -> None:
    for step in STEPS:
        assert len({shipped(step, stage).body for stage in STAGES}) == len(STAGES)
        assert len({shipped(step, stage).do for stage in STAGES}) == len(STAGES)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("stage", UNMET)
def test_people_nobody_met_are_not_told_about_a_meeting(step: str, stage: str) -> None:
    card = shipped(step, stage)
    assert not MEETING.search(f"{card.do} {card.body}".lower())


@pytest.mark.parametrize("step", STEPS)
def test_the_card_for_everyone_takes_no_meeting_for_granted(step: str) -> None:
    card = shipped(step, "none")
    for sentence in sentences(f"{card.body} {card.do}"):
        assert not MEETING.search(sentence.lower())
        if re.search(r"gave (you|them)|spoke with", sentence):
            assert re.search(r"\bif\b|\bor\b", sentence.lower())


def test_nobody_is_told_to_thank_a_machine() -> None:
    for stage in UNMET:
        card = shipped("be_professional", stage)
        assert not re.search(r"thank (them|the|your)\b", f"{card.do} {card.body}".lower())


def test_after_a_withdrawn_offer_facts_and_advice_come_before_a_signature() -> None:
    card = shipped("be_professional", "offer_withdrawn")
    assert "legal-aid" in card.body
    assert "before you sign" in card.body


def test_the_ideas_of_the_seed_article_carry_over() -> None:
    said = {step: " ".join(f"{c.body} {c.do}" for c in (shipped(step, s) for s in STAGES)).lower() for step in STEPS}
    assert "thank" in said["be_professional"]
    assert "can change later" in said["be_professional"]
    assert "what went well" in said["stay_positive"]
    assert "clear and short" in said["stay_positive"]
    assert "game plan" in said["stay_positive"]
    assert "advice for next time" in said["ask_for_feedback"]
    assert "keep what helps" in said["ask_for_feedback"]
    assert "if another no comes" in said["dont_dwell"]
    assert "how your search is going, keep it short" in said["dont_dwell"]


def test_no_text_holds_the_word_a_notification_must_not_show(english: Shelf) -> None:
    spoken = {name: text.words for name, text in english.texts.items() if not name.startswith("banned:")}
    assert [name for name, said in spoken.items() if "reject" in said.lower()] == []


def test_an_encouragement_may_open_a_hello_to_someone_who_asked_for_no_job_talk(english: Shelf) -> None:
    for line in english.table("encouragements:").values():
        assert len(sentences(line)) <= 2
        assert not re.search(r"\b(job|role|appl\w+|interview|employer|offer|search)\b", line.lower())


# every phrase the code asks for


def asked() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of ``phrase`` and ``count`` in the rooms, with its place."""
    for room in ("messages", "handlers", "bot"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_lookup(node):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, node.func.attr  # type: ignore[attr-defined]


def _is_lookup(call: ast.Call) -> bool:
    function = call.func
    named = isinstance(function, ast.Attribute) and function.attr in {"phrase", "count"}
    return named and bool(call.args) and _is_locale(function.value)  # type: ignore[attr-defined]


def _is_locale(value: ast.expr) -> bool:
    named = value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
    return named in {"locale", "words"}


def test_every_phrase_the_code_names_is_written_and_gets_what_it_needs(english: Shelf) -> None:
    phrases = english.table("phrases:")
    wrong = []
    for place, call, how in asked():
        key = call.args[0]
        if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
            continue
        said = phrases.get(f"{key.value}.other" if how == "count" else key.value)
        given = {each.arg for each in call.keywords} | ({"n"} if how == "count" else set())
        if said is None:
            wrong.append(f"{place}: {key.value} is not written")
        elif None not in given and (lacking := lint.placeholders(said) - given):
            wrong.append(f"{place}: {key.value} lacks {sorted(lacking)}")
    assert wrong == []


def test_every_phrase_named_by_a_pattern_has_at_least_one_match(english: Shelf) -> None:
    phrases = english.table("phrases:")
    for place, call, _ in asked():
        if isinstance(pattern := call.args[0], ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z0-9_.]+" for p in pattern.values]
            assert any(re.fullmatch("".join(parts), key) for key in phrases), place
