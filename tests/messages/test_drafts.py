"""The form of a draft: what it carries from one draft to the next fits, and what cannot be written is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.sandbox.block_kit import check_view
from messages import drafts, emails
from messages.emails import EMAILS, FITTING
from messages.forms import CARRIED_LENGTH, Draft, Drafted
from tests.messages.gallery import english

JOURNEY = "0123456789abcdef"
# What takes most room where it is carried, in a link, or on the screen.
ROOMY = ('"' * 100, "\\" * 100, "株" * 100, "&" * 100, "<" * 100)


@pytest.mark.parametrize("typed", ROOMY)
def test_whoever_fills_in_every_draft_to_the_brim_loses_nothing_of_the_one_they_see(typed: str) -> None:
    everything = dict.fromkeys((fact for name in EMAILS for fact in emails.email(english(), name).facts), typed)
    for name in EMAILS:
        shown = emails.email(english(), name).facts
        before = Draft(JOURNEY, drafts.NOTE, "offer_withdrawn", name, everything, question=True)
        draft = drafts.filled_in(before, shown, dict.fromkeys(shown, typed))
        view = drafts.form(english(), draft)
        assert [block["element"]["initial_value"] for block in asked(view)] == [typed] * len(shown)
        assert len(view["private_metadata"]) <= CARRIED_LENGTH and check_view(view) == []
        assert check_view(drafts.result(english(), Drafted(**vars(draft), copy=JOURNEY))) == []


def test_a_fact_that_was_emptied_stays_empty_and_one_of_another_draft_stays() -> None:
    before = Draft(JOURNEY, drafts.NOTE, "interview", "thanks_interview", {"name": "Dana", "place": "Leeds"})
    shown = emails.email(english(), "thanks_interview").facts
    assert drafts.filled_in(before, shown, {"me": "Maya"}).facts == {"me": "Maya", "place": "Leeds"}


def test_a_link_to_a_mail_program_is_short_enough_or_left_out() -> None:
    for step, stages in FITTING.items():
        for stage, offered in stages.items():
            for name in offered:
                for typed in ("", "Dana", *ROOMY):
                    facts = dict.fromkeys(emails.email(english(), name).facts, typed)
                    view = drafts.result(english(), Drafted(JOURNEY, step, stage, name, facts, copy=JOURNEY))
                    links = [link for link in map(link_of, view["blocks"]) if link]
                    assert all(len(link) <= drafts.LONGEST_LINK and "%0A" in link for link in links)
                    assert len(links) == 1 or typed in ROOMY


def test_every_fact_that_is_a_name_is_a_fact() -> None:
    facts = {fact for name in EMAILS for fact in emails.email(english(), name).facts}
    assert set(drafts.NAMES) <= facts
    listed = {name.removeprefix("emails/facts:").partition(".")[0] for name in english().texts if "/facts:" in name}
    assert listed == facts, "what nobody asks for would never be filled in"


def test_what_cannot_be_put_into_a_mail_is_named_in_words() -> None:
    told = drafts.wrong(english(), {"name": "{name}", "me": "x" * 101, "field": "x" * 100, "role": "Analyst"})
    assert told.keys() == {"name", "me"} and "braces" in told["name"] and "100" in told["me"]


def asked(view: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = [block for block in view["blocks"] if block["type"] == "input"]
    return [block for block in kinds if block["element"]["type"] == "plain_text_input"]


def link_of(block: dict[str, Any]) -> str:
    drawn = json.dumps(block)
    return drawn.partition("<mailto:")[2].partition("|")[0].replace("&amp;", "&")
