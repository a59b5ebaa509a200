"""A whole bad day: one no, and all four tools in a row, from the first card to a checklist that is complete."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.by_keyboard import Keyboard, begins
from tests.browser.conftest import Stage
from tests.messages.gallery import english

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = english().phrase
TITLES = ("Close the loop kindly", "Keep what worked", "Learn one thing", "Plan one next step")


async def test_a_bad_day_ends_with_four_steps_done_and_only_what_was_to_be_kept(whole: Stage) -> None:
    her = await begins(whole, "bad-day", typed="/rejected Initech, Data analyst")
    await says_how_far(her)
    await thanks_them(her)
    await looks_back(her)
    await asks_one_question(her)
    await plans(her)
    await expect(her.parent).to_contain_text(SAID("thread.complete"))
    await her.looks("complete")
    await finds_what_she_kept(her)


async def says_how_far(her: Keyboard) -> None:
    await her.presses("How far did it get?")
    await her.page.keyboard.type("I")
    await her.page.keyboard.press("Enter")
    await expect(her.thread).to_contain_text(english().card("be_professional", "interview").body.split(". ")[0])
    await her.looks("the-first-card")


async def is_ticked_off(her: Keyboard, number: int) -> None:
    """On the parent, these and no others."""
    steps = [f"{'☑' if each < number else '☐'} {title}" for each, title in enumerate(TITLES)]
    await expect(her.parent).to_contain_text(re.compile(".*".join(steps), re.DOTALL))


async def thanks_them(her: Keyboard) -> None:
    """Company and role stand in the form already. The question is left for its own step."""
    form = await her.comes_to("Draft a note", "A draft")
    await expect(form.get_by_label("The role")).to_have_value("Data analyst")
    await her.fills("Who it goes to", "Dana")
    await her.fills("Your name", "Maya")
    await her.sends("Show my draft")
    await her.is_done(her.dialog("Your draft"))
    await is_ticked_off(her, 1)


async def looks_back(her: Keyboard) -> None:
    """Kept."""
    await her.comes_to("Three questions", "Three questions")
    await her.fills(SAID("reflection.after_keep_label"), "I asked a good question")
    await her.fills(SAID("reflection.after_try_label"), "a shorter story")
    await her.ticks("Yes, keep this")
    await her.sends("See my game plan")
    await her.is_done(her.dialog("Your game plan"))
    await is_ticked_off(her, 2)


async def asks_one_question(her: Keyboard) -> None:
    """And notes what may come of it, without keeping that."""
    await her.comes_to("Draft a question", "A draft")
    await her.sends("Show my draft")
    await her.page.keyboard.press("Escape")
    await expect(her.page.get_by_role("dialog")).to_have_count(0)
    await her.comes_to("I got an answer", "I got an answer")
    await her.fills("One thing to try", "quokka facts")
    await her.sends("Go on")
    await her.is_done(her.dialog("What you take with you"))
    await is_ticked_off(her, 3)


async def plans(her: Keyboard) -> None:
    """Kept, with a reminder."""
    await her.comes_to("Make my plan", "Plan one next step")
    await her.fills("I will …", "give one role a half hour")
    await her.picks("On which day?", "01202027")
    await her.ticks("Yes, move my next check-in")
    await her.ticks("Yes, keep this")
    await her.sends("See my plan")
    await her.is_done(her.dialog("Your plan"))
    await is_ticked_off(her, 4)
    await expect(her.parent).to_contain_text("Check-ins: Wed 20 Jan")


async def finds_what_she_kept(her: Keyboard) -> None:
    await her.page.keyboard.press("Escape")
    await her.presses("App Home", "Shift+Tab")
    mine = await her.comes_to("My plans", "My plans")
    kept = [await each.inner_text() for each in await mine.locator(".block-section, .block-context").all()]
    assert kept[1:] == [
        "Wed 13 Jan · Initech · Data analyst",
        "Plan", "If it's Wed 20 Jan, then I will give one role a half hour",
        "Game plan", "Keep: I asked a good question\nTry: a shorter story",
    ]  # fmt: skip
    await her.looks("my-plans")
