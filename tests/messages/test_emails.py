"""Drafts of e-mails: whatever is filled in, a whole mail comes out; and what a writer got wrong is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grammar import clean
from bot.steps import Stage, Step
from messages import emails, library
from messages.emails import EMAILS, FITTING, Email, Letter
from messages.reading import grade, words
from tests.messages.gallery import english

SHORTEST, LONGEST, HARDEST = 50, 125, 7
# What may never be seen in a mail: a blank, doubled or lost marks, a sentence that begins small.
BROKEN = re.compile(
    r"[{}|+]|  | \n|\n |\n{3}|[.,;:!?]{2}|\s[.,;:!?]|\(\)|\( | \)|^\s|[\s,]$|[.?!] [a-z]|\b(on|in|by|of|for|the) [.,\n]"
)
GREETING = re.compile(r"(H(i|ello)|Dear)( [^,]+)?,\n\n")
CLOSING = re.compile(r"\n\n(Kind regards|(With b|B)est wishes|Thanks again|Thank you)(,\nMaya)?$")
every_email = pytest.mark.parametrize("name", EMAILS)


def drafted(name: str) -> Email:
    return emails.email(english(), name)


def examples(email: Email) -> dict[str, str]:
    return {fact: emails.example(english(), fact) for fact in email.facts}


def subsets(email: Email) -> Iterator[dict[str, str]]:
    facts = examples(email).items()
    yield from map(dict, chain.from_iterable(combinations(facts, number) for number in range(len(facts) + 1)))


def letters(email: Email) -> Iterator[tuple[dict[str, str], Letter]]:
    for facts in subsets(email):
        for question in (False, True) if email.can_ask else (False,):
            yield facts, email.write(facts, question=question)


@every_email
def test_whatever_is_left_empty_a_whole_mail_remains(name: str) -> None:
    written = list(letters(drafted(name)))
    assert len(written) == 2 ** len(drafted(name).facts) * (2 if drafted(name).can_ask else 1)
    for facts, (subject, text) in written:
        assert subject and not BROKEN.search(subject), (facts, subject)
        assert not BROKEN.search(text), (facts, BROKEN.search(text), text)
        assert GREETING.match(text) and CLOSING.search(text), (facts, text)


@every_email
def test_every_fact_that_is_filled_in_is_said_and_an_empty_one_is_none(name: str) -> None:
    email = drafted(name)
    for facts, (subject, text) in letters(email):
        said = f"{subject}\n{text}"
        assert not [fact for fact, example in facts.items() if example not in said], (facts, said)
        empty = dict.fromkeys(email.facts, "")
        assert email.write(empty | facts, question=False) == email.write(facts, question=False)


@every_email
def test_a_mail_is_short_and_plain(name: str) -> None:
    email = drafted(name)
    lengths = [len(words(email.write(examples(email), question=each).text)) for each in (False, email.can_ask)]
    assert min(lengths) >= SHORTEST and max(lengths) <= LONGEST
    for _, (_, text) in letters(email):
        assert grade(text) <= HARDEST and len(words(text)) >= 20


@every_email
def test_a_question_goes_along_only_where_it_is_wanted(name: str) -> None:
    email = drafted(name)
    asked, plain = email.write({}, question=True).text, email.write({}).text
    assert (asked != plain) == email.can_ask
    assert not email.can_ask or (asked.count("?") == plain.count("?") + 2 and "work on first" in asked)


@every_email
def test_a_mail_begs_nobody_and_compares_with_nobody(name: str) -> None:
    said = drafted(name).write(examples(drafted(name)), question=True).text.lower()
    assert not re.search(
        r"reconsider|another chance|why (was|did|not)|other candidate|whom you chose|attach|feedback", said
    )


def test_all_thirteen_are_offered_somewhere_and_none_that_is_not_there() -> None:
    offered = [name for stages in FITTING.values() for names in stages.values() for name in names]
    assert set(offered) == set(EMAILS) and len(EMAILS) == 13
    assert set(FITTING) == {Step.BE_PROFESSIONAL, Step.ASK_FOR_FEEDBACK}
    assert {stage for stages in FITTING.values() for stage in stages} == set(Stage)


def test_the_lawyers_come_before_the_signature() -> None:
    note = drafted("rescinded").note
    assert "legal-aid" in note and "Before" in note and "coach" not in note
    assert [name for name in EMAILS if drafted(name).note] == ["rescinded"]


@every_email
def test_when_and_to_whom_is_said_without_figures(name: str) -> None:
    hint = drafted(name).hint
    assert hint and not re.search(r"\d|%|percent|chance", hint)


@every_email
@settings(deadline=None)  # the first one reads every file of words
@given(data=st.data())
def test_whatever_is_typed_stays_in_its_line(name: str, data: st.DataObject) -> None:
    email = drafted(name)
    typed = {fact: emails.tidy(clean(data.draw(st.text(max_size=40)))) for fact in email.facts}
    standing = {fact: examples(email)[fact] for fact, words in typed.items() if words}
    subject, text = email.write(typed)
    plain = email.write(standing)
    assert text.count("\n") == plain.text.count("\n") and "\n" not in subject
    assert not re.search(r"\{\w+\}", re.sub("|".join(map(re.escape, filter(None, typed.values()))) or "$^", "", text))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Initech Inc.", "I heard back from Initech Inc, and"),
        ("Initech, ", "I heard back from Initech, and"),
        ("Initech , ", "I heard back from Initech, and"),
        (":fire:", "I heard back from fire, and"),
        (": Initech!?", "I heard back from Initech, and"),
        (".NET Foundation", "I heard back from .NET Foundation, and"),
        ("C++", "I heard back from C++, and"),
        ("🦄", "I heard back from 🦄, and"),
        ("...", "I heard back, and"),
        (" \u200b ", "I heard back, and"),
    ],
)
def test_marks_are_not_doubled_and_marks_alone_are_nothing(typed: str, said: str) -> None:
    assert said in drafted("thanks_referrer").write({"company": emails.tidy(clean(typed))}).text


# what a writer got wrong


GOOD = """+++
title = "Thanks"
hint = "Best within two days."
subject = "Thank you"
+++
Hi {name},
| Hello,

Thank you for the talk on {day}.
| Thank you for the talk.

Kind regards,
{me}
"""


def complaints(folder: Path, written: str) -> str:
    path = folder / "en/emails/thanks_recruiter.md"
    path.parent.mkdir(parents=True)
    path.write_text(written, encoding="utf-8")
    return "\n".join(str(finding).replace(f"{path}:", "") for finding in library.findings(folder))


def test_an_operator_s_draft_takes_the_place_of_ours(tmp_path: Path) -> None:
    assert complaints(tmp_path, GOOD) == ""
    theirs = emails.email(library.Library.load(tmp_path).locale("en"), "thanks_recruiter")
    assert theirs.write({"day": "Monday"}).text == "Hello,\n\nThank you for the talk on Monday.\n\nKind regards"
    assert theirs.facts == ("name", "day", "me")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("{day}", "{dya}"), "9: {dya} in “body.02.01” is a placeholder nothing fills."),
        (("{day}.", "{day}, so don't worry."), "9: “body.02.01”: “don't worry” is a banned phrase."),
        (("{day}.", "{day}"), "9: The line does not end like a sentence."),
        (("on {day}", "we had"), "10: This line is never shown"),
        (("Hi {name},\n| ", "| "), "6: A line that begins with | has none before it."),
        (("| Hello,\n", ""), " Without a name the draft has no greeting or no closing."),
        (("| Thank you for the talk.", "Your news of {news} is good."), " With nothing filled in the draft"),
        (("{day}.", "{day}. " + "So it is. " * 40), " With everything filled in the draft has"),
        (('"Thank you"', '"Thank you ({role})"'), "4: The subject needs a fact that may be left empty."),
        (('"Thank you"', '"Thank you"\nsubject_plain = "{role}"'), "5: {role} in “subject_plain” is a placeholder"),
        (('hint = "Best within two days."\n', ""), " “hint” is missing."),
        (("hint", "hnit"), "3: “hnit” is a name nothing reads."),
        (('"Thanks"', f'"{"Thanks " * 11}"'), "2: “title”: The text has 77 characters, the most is 75."),
        (("+++\ntitle", "title"), "1: The draft has no head between two lines of +++."),
        (('"Thanks"', "Thanks"), "2: The TOML is not valid"),
    ],
)  # fmt: skip
def test_a_draft_that_is_none_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    assert complaint in complaints(tmp_path, GOOD.replace(*change, 1))


def test_a_draft_under_a_name_nobody_asks_for_is_named(tmp_path: Path) -> None:
    (tmp_path / "en/emails").mkdir(parents=True)
    (tmp_path / "en/emails/thanks_robot.md").write_text(GOOD, encoding="utf-8")
    assert "thanks_robot.md: Nothing reads this file." in str(*library.findings(tmp_path))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('[nmae]\nlabel = "Who?"', "“nmae.label” is a name nothing reads."),
        (f'[name]\nexample = "{"x" * 61}"', "The text has 61 characters, the most is 60."),
        ('[name]\nlabel = "{name}"', "is a placeholder nothing fills."),
    ],
)
def test_a_fact_nobody_knows_or_can_read_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "en/emails").mkdir(parents=True)
    (tmp_path / "en/emails/facts.toml").write_text(line, encoding="utf-8")
    assert complaint in "\n".join(map(str, library.findings(tmp_path)))
