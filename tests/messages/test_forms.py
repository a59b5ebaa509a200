"""Modals: what they carry comes back, what a member gave is found, and what is missing is nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.block_kit import check_view
from messages import blocks, preferences, rejected
from messages.forms import CARRIED_LENGTH, Form, Reading, answer, filled, ticked
from messages.preferences import Choices, Times
from tests.messages.gallery import english

# Every modal that was ever published. One may be open on a screen while a new version starts.
PUBLISHED = {
    "center.change", "center.page", "channel_posts.change", "staff.name",
    "coaching.ask", "coaching.contact_me", "coaching.send",
    "sharing.note", "sharing.share", "sharing.write", "sharing_queue.send_back",
    "drafts.finish", "drafts.write", "feedback.note", "plans.make", "preferences.check_in_times", "reflection.answer",
    "history.change", "history.join", "rejected.begin", "several.tell", "situations.choose", "talk.reading",
    "thread.settle",
}  # fmt: skip


def kinds_of(base: type[Form]) -> Iterator[type[Form]]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith("messages."):
            yield kind
        yield from kinds_of(kind)


KINDS = sorted(kinds_of(Form), key=lambda kind: kind.id)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


@dataclass(frozen=True)
class Carrying(Form, id="tests.carrying"):
    """A form that carries something, as those of later steps will."""

    journey: str
    step: str = ""


def shown(form: Form, **more: Any) -> dict[str, Any]:
    return form.view(title="A title", blocks=[blocks.section("Some words.")], close="Close", **more)


def test_no_published_modal_is_lost_or_renamed() -> None:
    today = {kind.id for kind in KINDS}
    assert not PUBLISHED - today, "a modal that is open right now could not be sent any more"
    assert not today - PUBLISHED, "once it was shown, its id stays: write it into PUBLISHED"


def test_every_id_says_which_noun_and_what_is_done_and_is_its_own() -> None:
    assert [kind.id for kind in KINDS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.id)] == []
    assert max(Counter(kind.id for kind in KINDS).values()) == 1


@every_kind
def test_a_modal_is_one_that_slack_takes_and_comes_back_as_it_was(kind: type[Form]) -> None:
    form = kind(**{each.name: "x" * 32 for each in fields(kind)})
    for view in (shown(form), shown(form, submit="Save")):
        assert check_view(view) == []
        assert view["callback_id"] == kind.id
        assert kind.read(view) == form


def test_a_modal_without_a_button_to_send_it_has_none() -> None:
    assert "submit" not in shown(Reading())


@given(st.text(max_size=100), st.text(max_size=100))
def test_what_a_modal_carries_comes_back_as_it_was(journey: str, step: str) -> None:
    form = Carrying(journey, step)
    view = shown(form)
    assert Carrying.read(view) == form
    assert len(view["private_metadata"]) <= CARRIED_LENGTH


def test_a_modal_of_another_version_may_carry_more_or_less() -> None:
    assert Carrying.read({"private_metadata": json.dumps({"journey": "x", "since_then": 7})}) == Carrying("x")
    assert Reading.read({"private_metadata": ""}) == Reading.read({}) == Reading()


def test_nothing_is_drawn_that_slack_would_not_keep() -> None:
    with pytest.raises(AssertionError, match="more than Slack keeps"):
        shown(Carrying("x" * CARRIED_LENGTH))


# what a member gave


def given_back(**states: dict[str, Any]) -> dict[str, Any]:
    """A submitted view, as Slack sends it: every input is there, null where it is empty."""
    return {"state": {"values": {name: {name: state} for name, state in states.items()}}}


@given(st.text(min_size=1))
def test_a_typed_text_is_found_as_it_was_typed(text: str) -> None:
    assert answer(given_back(company={"type": "plain_text_input", "value": text}), "company") == text


def test_a_choice_and_a_day_are_found() -> None:
    chosen = {"type": "static_select", "selected_option": {"text": blocks.plain("Final round"), "value": "final_round"}}
    view = given_back(stage=chosen, day={"type": "datepicker", "selected_date": "2026-12-01"})
    assert (answer(view, "stage"), answer(view, "day")) == ("final_round", "2026-12-01")


@pytest.mark.parametrize(
    "empty",
    [
        {"type": "plain_text_input", "value": None}, {"type": "plain_text_input", "value": ""},
        {"type": "static_select", "selected_option": None}, {"type": "datepicker", "selected_date": None}, {},
    ],
)  # fmt: skip
def test_what_was_left_empty_is_nothing(empty: dict[str, Any]) -> None:
    assert answer(given_back(company=empty), "company") is None
    assert answer(given_back(), "company") is None


def test_a_time_and_the_boxes_that_are_ticked_are_found() -> None:
    boxes = [blocks.option("It was harsh", "harsh"), blocks.option("Not useful or vague", "vague")]
    view = given_back(
        time={"type": "timepicker", "selected_time": "14:00"}, how={"type": "checkboxes", "selected_options": boxes},
        keep_it={"type": "checkboxes", "selected_options": []},
    )  # fmt: skip
    assert answer(view, "time") == "14:00"
    assert (ticked(view, "how"), ticked(view, "keep_it"), ticked(view, "nowhere")) == (("harsh", "vague"), (), ())


def test_what_is_empty_or_only_spaces_is_not_filled_in() -> None:
    typed = {"keep": "  a story\n", "try": " \n ", "next": None}
    view = given_back(**{name: {"type": "plain_text_input", "value": words} for name, words in typed.items()})
    assert filled(view, ("keep", "try", "next", "another_no")) == {"keep": "a story"}


# every field can be read under the name that errors are shown under


@pytest.mark.parametrize("name", ["company", "role", "stage", "hour", "zone", "country", "days", "language"])
def test_a_field_has_one_name_for_values_and_errors(name: str) -> None:
    choices = Choices({"Europe": ["Europe/Berlin"]}, {"G": [("DE", "Germany")]}, {"en": "English"})
    drawn = [rejected.form(english()), preferences.form(english(), Times("morning"), choices)]
    found = [
        block for view in drawn for block in view["blocks"]
        if block["type"] == "input" and block["element"]["action_id"] == name
    ]  # fmt: skip
    assert [block["block_id"] for block in found] == [name]


def test_nothing_in_the_form_of_a_new_thread_must_be_filled_in() -> None:
    assert all(block["optional"] for block in rejected.form(english())["blocks"] if block["type"] == "input")
