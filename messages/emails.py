"""Drafts of e-mails: which there are, which fits where, and how one is written from the facts a member fills in.

A draft is made of lines. A line stands only when each of its facts is filled in, so nothing with a blank can ever be
shown. ``| `` begins a line that takes the place of the one before it where that was left out, ``+ `` one that belongs
to the question that may go along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import category

from messages.locale import Locale

EMAILS = (
    "thanks_interview", "thanks_recruiter", "thanks_final_round", "thanks_referrer", "feedback_short",
    "feedback_call", "feedback_task", "follow_up_once", "feedback_reply", "keep_news", "keep_advice",
    "keep_new_role", "rescinded",
)  # fmt: skip

# By step and stage, the one that fits best first. Where nobody could be asked, no draft is offered.
FITTING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "be_professional": {
        "none": (
            "thanks_interview", "thanks_recruiter", "thanks_referrer", "follow_up_once", "keep_news", "keep_advice",
            "keep_new_role",
        ),
        "no_reply": ("follow_up_once",),
        "automated": ("thanks_referrer",),
        "recruiter_call": ("thanks_recruiter", "thanks_referrer", "keep_news", "keep_advice", "keep_new_role"),
        "interview": (
            "thanks_interview", "thanks_recruiter", "thanks_referrer", "keep_news", "keep_advice", "keep_new_role",
        ),
        "ghosted": ("follow_up_once", "keep_news", "keep_new_role"),
        "final_round": (
            "thanks_final_round", "thanks_recruiter", "thanks_referrer", "keep_news", "keep_advice", "keep_new_role",
        ),
        "offer_withdrawn": ("rescinded",),
    },
    "ask_for_feedback": {
        "none": ("feedback_short", "feedback_task", "feedback_call", "feedback_reply"),
        "recruiter_call": ("feedback_short", "feedback_reply"),
        "interview": ("feedback_short", "feedback_task", "feedback_reply"),
        "ghosted": ("follow_up_once", "feedback_reply"),
        "final_round": ("feedback_call", "feedback_short", "feedback_task", "feedback_reply"),
        "offer_withdrawn": ("rescinded",),
    },
}  # fmt: skip

INSTEAD, ASKS, ITEM = "| ", "+ ", "- "
FACT = re.compile(r"\{(\w+)\}")
FACT_AND_MARK = re.compile(r"\{(\w+)\}([.,;:!?]?)")
MARKS = ".,;:!?…"
SILENT = "PZC"  # Unicode's classes of marks, spaces and what cannot be seen


class Letter(NamedTuple):
    """A draft as it can be copied."""

    subject: str
    text: str


class Line(NamedTuple):
    """One sentence, list item or greeting. ``key`` says where it stands: ``body.<paragraph>.<line>``."""

    key: str
    words: str
    instead: bool
    asks: bool

    @classmethod
    def read(cls, key: str, written: str) -> Line:
        instead, asks = written.startswith(INSTEAD), written.startswith(ASKS)
        return cls(key, written[len(INSTEAD) :] if instead or asks else written, instead, asks)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(FACT.findall(self.words))

    def stands(self, facts: Mapping[str, str], question: bool) -> bool:
        return all(facts.get(fact) for fact in self.facts) and (question or not self.asks)


@dataclass(frozen=True)
class Email:
    """One of ``EMAILS`` in one language. ``hint`` says when and to whom, ``note`` what to think of before."""

    id: str
    title: str
    hint: str
    note: str
    subjects: tuple[str, ...]
    paragraphs: tuple[tuple[Line, ...], ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """What can be filled in, in the order in which it is read."""
        lines = [line for paragraph in self.paragraphs for line in paragraph]
        read = [*(fact for line in lines for fact in line.facts), *FACT.findall("".join(self.subjects))]
        return tuple(dict.fromkeys(read))

    @property
    def can_ask(self) -> bool:
        """Whether one question can go along."""
        return any(line.asks for paragraph in self.paragraphs for line in paragraph)

    def write(self, facts: Mapping[str, str], *, question: bool = False) -> Letter:
        """The draft from the facts that are filled in; each is one line, trimmed, as ``tidy`` leaves it."""
        subject = next(each for each in self.subjects if all(facts.get(fact) for fact in FACT.findall(each)))
        written = [_paragraph(lines, facts, question) for lines in self.paragraphs]
        # Without a name below it, "Kind regards," is the end.
        return Letter(_filled(subject, facts), "\n\n".join(filter(None, written)).removesuffix(","))


def fitting(step: str, stage: str) -> tuple[str, ...]:
    """What is offered on a card, the best one first; nothing where there is nobody to write to."""
    return FITTING.get(step, {}).get(stage, ())


def email(locale: Locale, name: str) -> Email:
    """The draft of that id as this language writes it."""
    file = f"emails/{name}:"
    return of(name, {key.removeprefix(file): words for key, words in locale.texts.items() if key.startswith(file)})


def of(name: str, parts: Mapping[str, str]) -> Email:
    """The draft from the parts of its file."""
    lines = [Line.read(key, parts[key]) for key in sorted(parts) if key.startswith("body.")]
    numbers = dict.fromkeys(line.key.rpartition(".")[0] for line in lines)
    paragraphs = (tuple(line for line in lines if line.key.rpartition(".")[0] == number) for number in numbers)
    subjects = (parts.get("subject", ""), parts.get("subject_plain", ""))
    return Email(
        name, parts.get("title", ""), parts.get("hint", ""), parts.get("note", ""), tuple(filter(None, subjects)),
        tuple(paragraphs),
    )  # fmt: skip


def label(locale: Locale, fact: str) -> str:
    """What a field asks for."""
    return locale.texts[f"emails/facts:{fact}.label"]


def example(locale: Locale, fact: str) -> str:
    return locale.texts[f"emails/facts:{fact}.example"]


def tidy(fact: str) -> str:
    """A fact of one line without what the sentence around it brings along; empty when nothing else is in it."""
    inner = fact.strip().lstrip(",;:!?").strip()
    return inner if any(category(each)[0] not in SILENT for each in inner) else ""


def standing(lines: Iterable[Line], facts: Mapping[str, str], *, question: bool) -> list[Line]:
    """The lines of a paragraph that are said: of a line and those that may take its place the first that can."""
    said, taken = list[Line](), False
    for line in lines:
        if line.instead and taken:
            continue
        taken = line.stands(facts, question)
        said += [line] if taken else []
    return said


def _paragraph(lines: Sequence[Line], facts: Mapping[str, str], question: bool) -> str:
    text = ""
    for line in standing(lines, facts, question=question):
        alone = text.rpartition("\n")[2].startswith(ITEM) or line.words.startswith(ITEM) or text.endswith(",")
        between = "\n" if alone else " "
        text += f"{between if text else ''}{_filled(line.words, facts)}"
    return text


def _filled(words: str, facts: Mapping[str, str]) -> str:
    """With every fact put in. The sentence brings its own marks: "Initech Inc." may come before a comma."""

    def put_in(found: re.Match[str]) -> str:
        fact, mark = facts[found[1]], found[2]
        return fact.rstrip(f"{MARKS} ") + mark if mark else fact

    return FACT_AND_MARK.sub(put_in, words)
