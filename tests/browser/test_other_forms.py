"""The other forms in a real browser and by keyboard alone: a new thread, many noes, a situation, times, heavy words."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.by_keyboard import begins, begins_with_all
from tests.browser.conftest import Stage
from tests.messages.gallery import english

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = english().phrase
HEAVY = "I want to die"
LINES, NUMBER = SAID("several.lines_label"), SAID("several.number_label")


async def test_a_new_thread_is_begun_on_home(whole: Stage) -> None:
    her = await begins(whole, "new-thread")
    await her.page.keyboard.press("Escape")
    await her.presses("App Home", "Shift+Tab")
    form = await her.opens("Start a new thread", "A new thread")
    await her.looks("form")
    await her.fills("Company", "H" * 101)
    await her.presses("Start")
    await her.is_told(form.get_by_label("Company"), "Please enter no more than 100 characters.")
    await her.fills("Company", "Hooli")
    await her.fills("Role", "Data analyst")
    await her.picks("How far did it get?", "Final")
    await her.sends("Start")
    there = her.dialog("It's there")
    await expect(there).to_contain_text(SAID("rejected.pointer"))
    await her.looks("it-is-there")
    await her.presses("Open your thread")
    await expect(her.page.get_by_role("article").last).to_contain_text("Hooli · Data analyst")


async def test_many_noes_are_added_at_once(whole: Stage) -> None:
    """From the boxes of a situation, which wait below with what is ticked in them."""
    her = await begins(whole, "many")
    situation = await her.opens("More about my situation…", "My situation")
    await her.ticks("I was laid off")
    form = await her.comes_to("Add several noes", "Several noes")
    await her.looks("form")
    await her.sends("Add them")
    await her.is_told(form.get_by_label(LINES), SAID("several.none_given"))
    await her.looks("refused")
    await her.fills(LINES, "\n".join(f"Company {number}" for number in range(11)))
    await her.sends("Add them")
    await her.is_told(form.get_by_label(LINES), SAID("several.too_many"))
    await her.fills(LINES, "Hooli, Data analyst\nGlobex")
    await her.picks(NUMBER, "3")
    await her.sends("Add them")
    await expect(her.dialog("It's there")).to_be_visible()
    await her.looks("it-is-there")
    await her.page.keyboard.press("Escape")
    await expect(situation.get_by_role("checkbox", name="I was laid off")).to_be_checked()
    await her.page.keyboard.press("Escape")
    await expect(situation).to_be_hidden()
    newest = her.page.get_by_role("main").get_by_role("article").last
    await expect(newest).to_contain_text("Hooli · Data analyst")
    await expect(newest).to_contain_text("Globex")


async def test_a_no_becomes_many_in_its_own_form(whole: Stage) -> None:
    her = await begins(whole, "had-many")
    await her.page.keyboard.press("Escape")
    await her.presses("App Home", "Shift+Tab")
    await her.comes_to("Start a new thread", "A new thread")
    await her.fills("Company", "Hooli")
    await her.presses("I've had many")
    form = her.dialog("Several noes")
    await expect(form.get_by_label(LINES)).to_have_value("Hooli")
    await her.picks(NUMBER, "4")
    await her.sends("Add them")
    await her.presses("Open your thread")
    await expect(her.page.get_by_role("article").last).to_contain_text("Hooli")


async def test_a_situation_changes_the_words_of_the_open_card(whole: Stage) -> None:
    her = await begins(whole, "situation")
    card = her.thread.get_by_role("article").last
    form = await her.opens("More about my situation…", "My situation")
    await her.ticks("I was laid off")
    await her.ticks("Visa rules limit me")
    await her.looks("form")
    await her.sends("Change the words")
    await expect(form).to_be_hidden()
    await expect(card).to_contain_text("Losing a job and then getting a no is a lot at once.")
    await expect(card).to_contain_text("Your visa rules matter here.")
    await her.looks("card")
    await her.comes_to("More about my situation…", "My situation")
    await expect(form.get_by_role("checkbox", name="I was laid off")).to_be_checked()


async def test_the_time_of_check_ins_is_chosen(whole: Stage) -> None:
    her = await begins(whole, "times")
    form = await her.opens("Change time", "Settings")
    await her.looks("form")
    await her.picks("Time of day", "Evening")
    await her.picks("Your country", "Germany")
    await expect(form.get_by_label("Your country")).to_have_value("DE")
    await her.sends("Save")
    saved = her.dialog("Saved")
    await expect(saved).to_contain_text("around 18:30")
    await her.looks("saved")
    await her.page.keyboard.press("Escape")
    await expect(saved).to_be_hidden()
    await expect(her.parent).to_contain_text("around 18:30")
    await expect(her.thread.get_by_role("button", name="Change time")).to_be_focused()


async def test_heavy_words_are_met_with_people_who_listen(whole: Stage) -> None:
    """Discard comes first and keeps nothing; Keep it goes on. Check-ins wait a week either way."""
    her = await begins_with_all(whole, "heavy")
    await expect(her.parent).to_contain_text("Check-ins: Thu 14 Jan")
    question = SAID("reflection.after_keep_label")
    form = await her.comes_to("Three questions", "Three questions")
    await her.fills(question, HEAVY)
    await her.ticks("Yes, keep this")
    await her.sends("See my game plan")
    card = her.dialog("Someone to talk to")
    await expect(card).to_contain_text("988")
    await expect(card).to_contain_text("No check-ins until Wed 20 Jan")
    await expect(card.locator("footer button")).to_have_text(["Discard", "Keep it"])
    await expect(card.get_by_text("Thank you for telling me")).to_be_in_viewport()
    await her.looks("card")
    await her.presses("Discard")
    await expect(card).to_be_hidden()
    await expect(her.parent).to_contain_text(re.compile("Check-ins: Wed 20 Jan"))
    await her.comes_to("Three questions", "Three questions")
    await expect(form.get_by_label(question)).to_have_value("")
    await her.fills(question, HEAVY)
    await her.sends("See my game plan")
    await expect(card.get_by_label(question)).to_have_value(HEAVY)
    await her.sends("Keep it")
    await expect(her.dialog("Your game plan")).to_contain_text(f"Keep: {HEAVY}")
    await her.looks("kept")
