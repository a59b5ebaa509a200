"""Drafts: the form and the written mail of each one wherever it is offered, and the copy in the DM."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle

from bot.gallery.picture import SOME_ID, STRANGE, Picture, message, view
from bot.grammar import clean
from messages import drafts, emails
from messages.emails import Email
from messages.forms import Draft, Drafted
from messages.locale import Locale


def forms(locale: Locale) -> Iterator[Picture]:
    for told, draft in _drafts(locale):
        yield view(f"form of {told}", drafts.form(locale, draft), stage=draft.stage)
    asked = Draft(SOME_ID, drafts.NOTE, "interview", "thanks_interview", question=True)
    yield view("form with the question ticked", drafts.form(locale, asked), stage=asked.stage)


def results(locale: Locale) -> Iterator[Picture]:
    """As it comes, with the question along, and once its copy is on its way."""
    for told, draft in _drafts(locale):
        for question in (False, True) if drafts.may_ask_too(locale, draft) else (False,):
            drafted = Drafted(SOME_ID, draft.step, draft.stage, draft.email, draft.facts, question, copy=SOME_ID)
            for sent in (False, True):
                title = f"{told}{', with a question' * question}{', sent' * sent}"
                yield view(title, drafts.result(locale, drafted, sent=sent), stage=draft.stage)


def copies(locale: Locale) -> Iterator[Picture]:
    for told, draft in _drafts(locale):
        written = drafts.letter(locale, draft)
        yield message(f"copy of {told}", drafts.copy(locale, written), *draft.facts.values(), stage=draft.stage)


def _drafts(locale: Locale) -> Iterator[tuple[str, Draft]]:
    """Each where it is offered: empty, filled in as the examples say, and with what people paste by mistake."""
    strange = cycle(emails.tidy(clean(each)) for each in STRANGE if not set(each) & set("{}"))
    for step, stages in emails.FITTING.items():
        for stage, offered in stages.items():
            for name in offered:
                email = emails.email(locale, name)
                pasted = {fact: words for fact in email.facts if (words := next(strange))}
                for told, facts in (("empty", {}), ("filled in", _examples(locale, email)), ("pasted", pasted)):
                    yield f"{name} at {stage}, {told}", Draft(SOME_ID, step, stage, name, dict(facts))


def _examples(locale: Locale, email: Email) -> Mapping[str, str]:
    return {fact: emails.example(locale, fact) for fact in email.facts}
