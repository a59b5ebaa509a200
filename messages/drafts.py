"""Drafts: the form that asks for facts, the draft to select and copy, and its copy in the member's own messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from messages import blocks, emails, step_presses
from messages.blocks import Block, Element, Message, escape
from messages.emails import Email, Letter
from messages.forms import Draft, Drafted
from messages.locale import Locale

NOTE, QUESTION = "be_professional", "ask_for_feedback"  # the steps a draft can be opened from
LONGEST = 100  # characters of one fact
CARRIED = 2000  # characters of all facts together, well below what Slack keeps with a modal
LONGEST_LINK = 1800  # some mail programs cut what is longer
# Where the note and the question would go to the same person, one mail can do for both.
SAME_PERSON = ("recruiter_call", "interview", "ghosted", "final_round")
# Facts that are names: an employer or a role may be called like something that elsewhere is a cry for help.
NAMES = ("name", "me", "people", "company", "role", "role_type", "new_role", "place", "field", "project")


def form(locale: Locale, draft: Draft) -> dict[str, Any]:
    """Every fact may stay empty. What was typed before is there again."""
    email = emails.email(locale, draft.email)
    drawn = [
        blocks.section(locale.phrase("drafts.intro")),
        *_which(locale, draft),
        blocks.small(email.hint),
        *([blocks.section(email.note)] if email.note else []),
        *(_fact(locale, fact, draft.facts.get(fact, "")) for fact in email.facts),
        *_question(locale, draft, email),
    ]
    return draft.view(
        title=locale.phrase("drafts.view_title"), blocks=drawn, submit=locale.phrase("labels.draft_show"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def result(locale: Locale, drafted: Drafted, *, sent: bool = False, more: Sequence[Block] = ()) -> dict[str, Any]:
    """The draft, written. ``sent``: its copy is on its way; ``more`` stands below everything."""
    note, written = emails.email(locale, drafted.email).note, letter(locale, drafted)
    way = blocks.section(locale.phrase("drafts.on_its_way"))
    drawn = [
        *([blocks.section(note)] if note else []),
        blocks.section(locale.phrase("drafts.ready")),
        *_to_copy(written),
        *_link(locale, written),
        *([way] if sent else []),
        blocks.actions(*_buttons(locale, sent=sent)),
        blocks.small(locale.phrase("drafts.done_both" if len(covers(locale, drafted)) > 1 else "drafts.done_one")),
        *more,
    ]
    return drafted.view(
        title=locale.phrase("drafts.result_title"), blocks=drawn, submit=locale.phrase("labels.done"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def copy(locale: Locale, written: Letter) -> Message:
    """The draft in the member's own messages.

    Elsewhere a text says all that is shown. Here it does not: the draft names the company, and a text is what a
    locked screen shows. The modal it was sent from can be read aloud.
    """
    line = locale.phrase("drafts.copy")
    return Message(line, (blocks.section(line), *_to_copy(written)))


def letter(locale: Locale, draft: Draft) -> Letter:
    """The draft as it can be copied. Opened from the card about a question, it always holds one."""
    return emails.email(locale, draft.email).write(draft.facts, question=QUESTION in covers(locale, draft))


def covers(locale: Locale, draft: Draft) -> tuple[str, ...]:
    """The steps that are done with it."""
    return (draft.step, QUESTION) if draft.question and may_ask_too(locale, draft) else (draft.step,)


def may_ask_too(locale: Locale, draft: Draft) -> bool:
    """Whether the question may be ticked here."""
    return draft.step == NOTE and draft.stage in SAME_PERSON and emails.email(locale, draft.email).can_ask


def wrong(locale: Locale, facts: Mapping[str, str]) -> dict[str, str]:
    """By field, a sentence about what cannot be put into a mail as it stands."""
    too_long, braces = locale.phrase("drafts.too_long", most=LONGEST), locale.phrase("drafts.braces")
    found = {fact: too_long for fact, words in facts.items() if len(words) > LONGEST}
    return found | {fact: braces for fact, words in facts.items() if set(words) & set("{}")}


def filled_in(draft: Draft, shown: Iterable[str], facts: Mapping[str, str]) -> Draft:
    """The draft with what its fields hold now. What was typed for another draft stays, as far as there is room."""
    others = {fact: words for fact, words in draft.facts.items() if fact not in set(shown)}
    carried = dict[str, str]()
    for fact, words in {**facts, **others}.items():
        more = carried | {fact: words[:LONGEST]}
        if fact in facts or len(json.dumps(more, ensure_ascii=False)) <= CARRIED:
            carried = more
    return replace(draft, facts=carried)


def _which(locale: Locale, draft: Draft) -> list[Block]:
    """A menu of what else would fit, where something would."""
    offered = emails.fitting(draft.step, draft.stage)
    options = [blocks.option(emails.email(locale, each).title, each) for each in offered]
    label = locale.phrase("drafts.which_label")
    menu = blocks.select(step_presses.WhichDraft.id, label, options, initial=draft.email)
    return [blocks.field(label, menu, optional=False) | {"dispatch_action": True}] if len(offered) > 1 else []


def _fact(locale: Locale, fact: str, typed: str) -> Block:
    example = locale.phrase("drafts.example", example=emails.example(locale, fact))
    element = blocks.text_input(fact, placeholder=example, max_length=LONGEST, initial=typed or None)
    return blocks.field(emails.label(locale, fact), element)


def _question(locale: Locale, draft: Draft, email: Email) -> list[Block]:
    if not may_ask_too(locale, draft):
        return []
    box = blocks.option(locale.phrase("drafts.question_box"), "yes")
    ticks = blocks.checkboxes("question", [box], ticked=["yes"] if draft.question else [])
    return [blocks.field(locale.phrase("drafts.question_label"), ticks, hint=locale.phrase("drafts.question_hint"))]


def _to_copy(written: Letter) -> list[Block]:
    return [blocks.preformatted(written.subject), blocks.preformatted(written.text)]


def _link(locale: Locale, written: Letter) -> list[Block]:
    """To nobody: who it goes to is not asked. Lines end as RFC 6068 says."""
    text = written.text.replace("\n", "\r\n")
    link = f"mailto:?subject={quote(written.subject, safe='')}&body={quote(text, safe='')}"
    line = f"<{escape(link)}|{locale.phrase('drafts.mail_link')}>"
    return [blocks.section(line)] if len(link) <= LONGEST_LINK else []


def _buttons(locale: Locale, *, sent: bool) -> list[Element]:
    change = step_presses.ChangeDraft().button(locale.phrase("labels.draft_change"))
    sure = blocks.confirm(
        locale.phrase("drafts.send_title"), locale.phrase("drafts.send_ask"), locale.phrase("labels.draft_send"),
        locale.phrase("labels.draft_leave"),
    )  # fmt: skip
    send = step_presses.SendDraft().button(locale.phrase("labels.draft_send")) | {"confirm": sure}
    return [change] if sent else [change, send]
