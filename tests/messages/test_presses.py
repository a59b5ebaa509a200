"""Buttons and menus are an API: what was drawn a year ago can be pressed today, and anybody may send us anything."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.block_kit import check_message
from messages import blocks, presses
from messages.presses import Choice, OldPress, Press

BLOCK_ID_LENGTH = 255  # Slack's, and ours to watch: a menu carries its load there
JOURNEY = "0123456789abcdef" * 2

# Every id that was ever published, with what its buttons carry; what has a default stands in brackets. Cards with
# them lie in people's messages: an id may be added here, but none may go, be renamed, or want more than it did.
PUBLISHED = {
    "center.bring_back": "part",
    "center.hello": "",
    "center.hello_dry_run": "",
    "center.open": "",
    "center.part": "part",
    "center.pause": "",
    "center.remove_coach": "user",
    "center.resume": "",
    "center.try_again": "",
    "channel_posts.dry_run": "",
    "channel_posts.edit": "slot",
    "channel_posts.now": "slot",
    "channel_posts.skip": "slot",
    "channel_posts.unskip": "slot",
    "channel_posts.usual": "slot",
    "check_ins.another_no": "check_in",
    "check_ins.applied": "check_in",
    "check_ins.back": "check_in",
    "check_ins.hello": "check_in",
    "check_ins.interview": "check_in",
    "check_ins.interview_day": "check_in",
    "check_ins.news": "check_in",
    "check_ins.no_interview_day": "check_in",
    "check_ins.none": "journey",
    "check_ins.not_this_week": "check_in",
    "check_ins.not_yet": "check_in",
    "check_ins.offer": "check_in",
    "check_ins.ok": "check_in",
    "check_ins.only_one": "journey",
    "check_ins.plan_set": "check_in",
    "check_ins.quieter": "check_in",
    "check_ins.rough": "check_in",
    "check_ins.snooze": "check_in",
    "check_ins.snooze_two_days": "check_in",
    "check_ins.snooze_until": "check_in",
    "check_ins.snooze_week": "check_in",
    "check_ins.so_so": "check_in",
    "check_ins.steps": "[check_in]",
    "check_ins.still_waiting": "check_in",
    "check_ins.stop": "[check_in]",
    "check_ins.turn_on": "[check_in] [journey]",
    "check_ins.undo_offer": "check_in",
    "check_ins.yes": "journey",
    "coaching.answered": "talk",
    "coaching.claim": "talk",
    "coaching.close": "talk",
    "coaching.contact": "",
    "coaching.open": "",
    "coaching.take_back": "talk",
    "drafts.change": "",
    "drafts.open": "[email] journey step",
    "drafts.send": "",
    "drafts.which": "",
    "feedback.open": "journey",
    "guide.dry_run": "",
    "guide.share": "",
    "history.entry": "journey",
    "history.fold": "",
    "history.newer": "page",
    "history.older": "page",
    "history.undo": "journey",
    "history.unfold": "[page]",
    "home.another_day": "",
    "home.applied": "",
    "home.choose_step": "",
    "home.done": "journey step",
    "home.not_now": "journey step",
    "home.open_step": "journey step",
    "home.snooze": "",
    "home.stop": "",
    "home.turn_on": "",
    "numbers.open": "",
    "numbers.to_me": "",
    "interview.prepare": "",
    "keep_in_touch.ask": "journey",
    "keep_in_touch.drop": "journey",
    "keep_in_touch.skip": "check_in",
    "plans.discard": "journey note",
    "plans.open": "journey",
    "plans.open_from": "check_in",
    "plans.show": "",
    "plans.thread": "",
    "preferences.open": "[journey]",
    "pattern.break_two_weeks": "",
    "pattern.break_week": "",
    "pattern.draw": "",
    "pattern.open": "",
    "privacy.copy": "",
    "privacy.delete": "",
    "privacy.who": "",
    "reflection.all_three": "",
    "reflection.open": "journey",
    "reflection.two_minutes": "",
    "rejected.another": "journey",
    "rejected.open": "",
    "several.open": "",
    "sharing.again": "share",
    "sharing.answer": "talk",
    "sharing.end": "talk",
    "sharing.open": "",
    "sharing.reply": "share",
    "sharing.show_staff": "talk",
    "sharing.take_back": "share",
    "sharing_queue.approve": "share",
    "sharing_queue.leave": "share",
    "sharing_queue.mute": "share",
    "sharing_queue.next": "share",
    "sharing_queue.open": "",
    "sharing_queue.open_send_back": "share",
    "situations.open": "journey",
    "staff.open": "",
    "talk.country": "",
    "talk.open": "",
    "thread.done": "journey step",
    "thread.not_now": "journey step",
    "thread.remove": "journey",
    "thread.reopen": "journey step",
    "thread.restore": "journey",
    "thread.show_all": "journey",
    "thread.stage": "journey",
}


def kinds_of(base: type[Press]) -> Iterator[type[Press]]:
    for kind in base.__subclasses__():
        if kind.id:  # without one it is a base of others
            yield kind
        yield from kinds_of(kind)


KINDS = sorted(kinds_of(Press), key=lambda kind: kind.id)
CARRYING = [kind for kind in KINDS if fields(kind)]
WANTING = [kind for kind in KINDS if any(each.default is MISSING for each in fields(kind))]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
carrying = pytest.mark.parametrize("kind", CARRYING, ids=lambda kind: kind.id)
wanting = pytest.mark.parametrize("kind", WANTING, ids=lambda kind: kind.id)

UNREADABLE = ("", "b4xQ", "{", "[]", "{}", "null", "7", '"journey"', "{'journey': 'x'}", "\x00", "NaN", "[" * 2000)
FORGED: tuple[object, ...] = (None, True, 0, 1.5, [], ["x"], {}, {"x": "y"})
WORDS = st.text(max_size=60)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("journey", "check_in", "x")), inner),
    max_leaves=5,
)


def load(kind: type[Press]) -> st.SearchStrategy[Press]:
    return st.builds(kind, **{each.name: WORDS for each in fields(kind)})


def pressed(press: Press) -> dict[str, Any]:
    """The action as Slack sends it."""
    return action(type(press), press.value)


def action(kind: type[Press], carried: Any) -> dict[str, Any]:
    return {"action_id": kind.id, "block_id" if issubclass(kind, Choice) else "value": carried}


def written(field: Field[Any]) -> str:
    return field.name if field.default is MISSING else f"[{field.name}]"


# the ids


def test_no_published_id_is_lost_renamed_or_asks_for_more() -> None:
    today = {kind.id: " ".join(sorted(map(written, fields(kind)))) for kind in KINDS}
    lost = sorted(PUBLISHED.keys() - today.keys())
    assert not lost, f"cards that people still have would be dead: {lost}. Bring the class back, under “retired”."
    changed = [f"{id}: carries “{today[id]}”, was “{PUBLISHED[id]}”" for id in PUBLISHED if today[id] != PUBLISHED[id]]
    assert not changed, f"{changed}: a new field needs a default and a word here; an old one stays."
    new = sorted(today.keys() - PUBLISHED.keys())
    assert not new, f"once a message with it is out, an id stays for ever: write {new} into PUBLISHED."


def test_every_id_says_which_noun_and_what_is_done() -> None:
    assert [kind.id for kind in KINDS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.id)] == []


def test_no_two_presses_share_an_id() -> None:
    assert [name for name, times in Counter(kind.id for kind in KINDS).items() if times > 1] == []


# there and back


@every_kind
@given(data=st.data())
def test_what_a_button_carries_comes_back_as_it_was(kind: type[Press], data: st.DataObject) -> None:
    press = data.draw(load(kind))
    assert kind.read(pressed(press)) == press
    assert len(press.value) <= blocks.VALUE_LENGTH


@every_kind
def test_a_button_is_one_that_slack_takes(kind: type[Press]) -> None:
    press = kind(**{each.name: JOURNEY for each in fields(kind)})
    button = press.button("Done", style="primary", label="Mark step 1 done")
    assert (button["action_id"], button["value"]) == (kind.id, press.value)
    assert check_message({"blocks": [blocks.actions(button)]}) == []


@pytest.mark.parametrize("kind", [k for k in KINDS if issubclass(k, Choice)], ids=lambda kind: kind.id)
def test_what_a_menu_belongs_to_fits_into_the_name_of_its_block(kind: type[Choice]) -> None:
    menu = kind(**{each.name: JOURNEY * 2 for each in fields(kind)})
    assert 0 < len(menu.block_id) <= BLOCK_ID_LENGTH
    assert kind.read({"block_id": menu.block_id}) == menu


def test_nothing_is_drawn_that_slack_would_not_keep() -> None:
    with pytest.raises(AssertionError, match="more than Slack keeps"):
        _ = presses.ShowAll("x" * blocks.VALUE_LENGTH).value


def test_what_was_chosen_is_an_option_or_a_day_or_nothing() -> None:
    assert Choice.chosen({"selected_option": {"value": "interview"}}) == "interview"
    assert Choice.chosen({"selected_date": "2026-12-01"}) == "2026-12-01"
    assert Choice.chosen({"selected_option": None, "selected_date": None}) is None
    assert Choice.chosen({}) is None


# older and newer cards


@every_kind
def test_a_card_of_a_later_version_may_carry_more(kind: type[Press]) -> None:
    press = kind(**{each.name: JOURNEY for each in fields(kind)})
    carried = json.loads(press.value) | {"since_then": "something new", "and": 7}
    assert kind.read(action(kind, json.dumps(carried))) == press


@every_kind
def test_a_card_of_an_earlier_version_may_carry_less_where_that_has_a_meaning(kind: type[Press]) -> None:
    needed = {each.name: JOURNEY for each in fields(kind) if each.default is MISSING}
    assert kind.read(action(kind, json.dumps(needed))) == kind(**needed)


# forged and broken


@every_kind
@given(data=st.data())
def test_whatever_comes_is_read_or_is_an_old_card(kind: type[Press], data: st.DataObject) -> None:
    carried = data.draw(st.text() | JUNK | JUNK.map(json.dumps))
    try:
        press = kind.read(action(kind, carried))
    except OldPress:
        return
    assert all(isinstance(getattr(press, each.name), str) for each in fields(kind))


@wanting
def test_a_value_that_says_nothing_is_an_old_card(kind: type[Press]) -> None:
    for carried in UNREADABLE:
        with pytest.raises(OldPress):
            kind.read(action(kind, carried))


@wanting
def test_a_press_without_any_value_is_an_old_card(kind: type[Press]) -> None:
    for empty in ({}, {"value": None}, {"block_id": None}, action(kind, None)):
        with pytest.raises(OldPress):
            kind.read(empty)


@carrying
def test_a_value_of_another_kind_is_an_old_card(kind: type[Press]) -> None:
    for wrong, forged in product(fields(kind), FORGED):
        carried = {each.name: JOURNEY for each in fields(kind)} | {wrong.name: forged}
        with pytest.raises(OldPress):
            kind.read(action(kind, json.dumps(carried)))
