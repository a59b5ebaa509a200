"""The rules of words, one by one."""

from __future__ import annotations

import pytest

from messages import lint
from messages.lint import Banned, Finding
from messages.reading import grade, sentences, syllables, words

BANNED = Banned(
    phrases={"don't worry": "Say what is true.", "move on": "Name the step.", "guys": "Say you."},
    dates={"yesterday": "Leave it out."},
    violence={"killer": "Say strong."},
)

# Grades as textstat 0.7.13 gives them with its pronouncing dictionary. Written down, because textstat fetches that
# dictionary over the network on first use.
TEXTSTAT = [
    ("Thank you for the time you gave me. I enjoyed our talk, and I learned from it.", 0.9),
    (
        "Recruiters often fill many roles and change companies, so this contact can outlast one no. "
        "A short, kind note is often more welcome than it feels to write.",
        5.9,
    ),
    (
        "Rights differ by place, so talk to a lawyer or a legal-aid service before you sign anything. "
        "You can stay calm in writing and still ask for facts.",
        4.6,
    ),
    (
        "It's okay if this feels personal after the work you put in. "
        "They gave you time too, and what they need can change later.",
        3.3,
    ),
    (
        "The organisation anticipates considerable variability in subsequent recruitment procedures, "
        "particularly regarding international candidates and interdisciplinary qualifications.",
        34.9,
    ),
    (
        "Employers rarely explain their decisions in writing. Their lawyers often advise against it, and busy "
        "managers seldom have the time to write a careful answer to everybody.",
        10.2,
    ),
    (
        "Reading is easy when the words are short. It gets harder when the sentences grow long and the words grow "
        "long with them, as they do in many contracts.",
        4.7,
    ),
]


def said(text: str, **rules: int | bool) -> str:
    """Everything the rules say about a text, as one string."""
    return " ".join(flaw.what for flaw in lint.flaws(text, banned=BANNED, **rules))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), TEXTSTAT)
def test_the_reading_grade_agrees_with_textstat(text: str, expected: float) -> None:
    assert grade(text) == pytest.approx(expected, abs=1.0)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("no", 1), ("role", 1), ("roles", 1), ("asked", 1), ("waited", 2), ("table", 2), ("tables", 2), ("people", 2),
        ("interview", 3), ("recruiter", 3), ("application", 4), ("don't", 1), ("didn't", 2), ("haven't", 2),
        ("you've", 1), ("careful", 2), ("something", 2), ("thank-you", 2), ("employer", 3), ("quiet", 2), ("safety", 2),
        ("experience", 4), ("idea", 3), ("used", 1), ("sometimes", 2), ("saying", 2), ("request", 2), ("vague", 1),
        ("applied", 2), ("annoyed", 2), ("language", 2), ("30", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_people_say_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_link_is_read_by_its_name_and_a_placeholder_as_one_word() -> None:
    assert words("*Read* <https://example.org/a/b|this page> by {day} :wave:") == ["Read", "this", "page", "by", "name"]


def test_a_sentence_ends_in_other_scripts_too() -> None:
    assert len(sentences("هل هذا؟ نعم. شكرا")) == 3
    assert len(sentences("क्या यह है? हाँ। धन्यवाद।")) == 3
    assert len(sentences("そうですか\uff1fはい\u3002ありがとう\u3002")) == 3


def test_a_line_ends_a_sentence_and_so_does_a_question() -> None:
    assert sentences("Is it? Yes.\nOne more line") == ["Is it", "Yes", "One more line"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("This is **loud**.", "two stars"),
        ("Read [this](https://example.org).", "Markdown link"),
        ("# A heading", "begins a line with #"),
        ("Hello <!channel>.", "a < that is no link"),
        ("Hello <@U123>.", "a < that is no link"),
        ("It is 3 < 4.", "a < that is no link"),
        ("Turn\u202e round.", "invisible control character"),
        ("This is *bold.", "opened and not closed"),
        ("Type `help.", "opened and not closed"),
        ("Well done 🎉 you.", "not at the end"),
        ("Well done 🎉🎉", "2 emoji"),
        ("Well done :tada: you are there", "not at the end"),
        ("🎉", "nothing but an emoji"),
        ("See {day", "stands alone"),
        ("See {day.year}.", "no plain placeholder"),
        ("See {0}.", "no plain placeholder"),
        ("See {}.", "no plain placeholder"),
        ("See {day:>99999999}.", "no plain placeholder"),
        ("See {day!r}.", "no plain placeholder"),
        ("Don't worry about it.", "banned phrase"),
        ("DON\u2019T  *worry* about it.", "banned phrase"),
        ("It is time to move\non.", "banned phrase"),
        ("You heard yesterday.", "another day"),
        ("A killer letter.", "idiom of violence"),
        (" ".join(["word"] * 21) + ".", "21 words"),
        ("Considerable institutional variability necessitates extraordinarily comprehensive documentation from "
         "international applicants before any consideration.", "reading grade"),
    ],
)  # fmt: skip
def test_a_writer_hears_what_is_wrong(text: str, complaint: str) -> None:
    assert complaint in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Write two lines to the person who referred you.",
        "*Your next step:* {title}",
        "Read <https://example.org/a_b|this page> first.",
        "Read <{link}|this page> first.",
        "Due <!date^1700000000^{{date}}|soon>.".replace("{{date}}", "{date}"),
        "That's good news 🎉",
        "🙂 OK",
        "\u200f🙂 حسنا",
        "The disguise of skills and moves onward.",  # holds "guis", "kill" and "move on", but no banned word
        "☐ Plan one next step",
        "{command} settings · pause 2 weeks",
        "Some_word and some_other_word.",
    ],
)
def test_good_words_pass(text: str) -> None:
    assert said(text) == ""


def test_a_short_line_is_not_graded() -> None:
    assert said("Automated organisational notifications.") == ""


def test_another_language_is_not_graded_by_english_syllables() -> None:
    hard = "Considerable institutional variability necessitates extraordinarily comprehensive documentation " * 2
    assert "grade" not in said(hard, english=False)


@pytest.mark.parametrize(
    ("key", "longest"),
    [
        ("labels.done", 24),
        ("thread.label_done", 24),
        ("rejected.form_title", 24),
        ("thread.done_label", 75),
        ("home.next_header", 150),
        ("thread.opening", 3000),
        ("labels.steps.one", 24),
        ("labels.steps.few", 24),
    ],
)
def test_slack_shows_every_text_whole(key: str, longest: int) -> None:
    assert lint.limit(key) == longest


def test_another_language_may_take_two_fifths_more_for_a_button_but_not_for_a_title() -> None:
    assert lint.limit("labels.done", english=False) == 34
    assert lint.limit("rejected.form_title", english=False) == 24


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    assert "30 characters, the most is 24" in said("x" * 30, longest=24)


def test_a_finding_names_file_line_what_and_remedy() -> None:
    assert (
        str(Finding("en/phrases.toml", 7, "It is empty.", "Write it.")) == "en/phrases.toml:7: It is empty. Write it."
    )
    assert str(Finding("en/phrases.toml", None, "It is gone.", "Write it.")) == "en/phrases.toml: It is gone. Write it."
