"""What the steps give to do, in a real browser and by keyboard alone: notes, questions, game plans, plans."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.by_keyboard import Keyboard, begins_with_all
from tests.browser.conftest import Stage
from tests.messages.gallery import english

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = english().phrase
TOO_LONG = "Please enter no more than 100 characters."
NOTE = """Hi Dana,

Thank you for letting me know, and for the time you and the team gave me.
I learned from our talk."""


async def test_a_note_is_drafted_copied_sent_to_myself_and_done(whole: Stage) -> None:
    her = await begins_with_all(whole, "note")
    form = await her.opens("Draft a note", "A draft")
    await her.looks("form")
    await her.fills("Who it goes to", "D" * 101)
    await her.presses("Show my draft")
    await her.is_told(form.get_by_label("Who it goes to"), TOO_LONG)
    await her.fills("Who it goes to", "{name}")
    await her.sends("Show my draft")
    await her.is_told(form.get_by_label("Who it goes to"), SAID("drafts.braces"))
    await her.looks("refused")
    await her.fills("Who it goes to", "Dana")
    await her.fills("Your name", "Maya")
    await her.ticks("Also ask one question")
    await her.sends("Show my draft")
    draft = her.dialog("Your draft")
    await expect(draft.locator("pre").last).to_contain_text(NOTE)
    await expect(draft.locator("pre").last).to_contain_text("May I ask one question?")
    await her.looks("draft")
    await can_be_copied(her, draft)
    await goes_to_the_mail_program(her, draft)
    await is_sent_to_herself(her, draft)
    await her.is_done(draft)
    await expect(her.parent).to_contain_text("☑ Close the loop kindly (done)")
    await expect(her.parent).to_contain_text("☑ Learn one thing (done)")


async def can_be_copied(her: Keyboard, draft: Locator) -> None:
    """With the hand, each part by itself; with the keyboard, all of it."""
    for part in await draft.locator("pre").all():
        box = await part.bounding_box()
        assert box is not None
        await part.click(position={"x": 2, "y": 2})
        await part.click(position={"x": box["width"] - 3, "y": box["height"] - 3}, modifiers=["Shift"])
        await her.page.keyboard.press("ControlOrMeta+c")
        copied = await her.page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == (await part.inner_text()).strip()
    await her.page.keyboard.press("ControlOrMeta+a")
    selected = str(await her.page.evaluate("String(getSelection())"))
    assert await draft.locator("pre").last.inner_text() in selected


async def goes_to_the_mail_program(her: Keyboard, draft: Locator) -> None:
    link = draft.get_by_role("link", name="Open in your mail program")
    await expect(link).to_have_attribute("href", re.compile(r"^mailto:\?subject=Thank%20you.*&body=Hi%20Dana%2C%0D%0A"))
    await her.goes_to("Open in your mail program")


async def is_sent_to_herself(her: Keyboard, draft: Locator) -> None:
    await her.presses("Send to my DM")
    ask = her.dialog("Send it to your DM?")
    await expect(ask).to_contain_text(SAID("drafts.send_ask"))
    await her.looks("asks-first")
    await her.page.keyboard.press("Escape")
    await expect(ask).to_be_hidden()
    await expect(draft.get_by_role("button", name="Send to my DM")).to_be_focused()
    await her.page.keyboard.press("Enter")
    await her.presses("Send to my DM")
    await expect(draft).to_contain_text(SAID("drafts.on_its_way"))
    await expect(draft.get_by_role("button", name="Send to my DM")).to_have_count(0)
    copy = her.page.get_by_role("article").filter(has_text=SAID("drafts.copy"))
    await expect(copy.locator("pre").last).to_contain_text(NOTE)
    await her.looks("on-its-way")


async def test_escape_twice_in_a_row_closes_the_question_and_then_the_draft(whole: Stage) -> None:
    """A browser asks the page only about the first one."""
    her = await begins_with_all(whole, "escape-twice")
    await her.comes_to("Draft a note", "A draft")
    await her.sends("Show my draft")
    await her.comes_to("Send to my DM", "Send it to your DM?")
    await her.page.keyboard.press("Escape")
    await her.page.keyboard.press("Escape")
    await expect(her.page.locator("dialog")).to_have_count(0)  # nor one shut by the browser alone
    await her.comes_to("Draft a note", "A draft")


async def test_a_question_is_drafted_changed_and_done(whole: Stage) -> None:
    her = await begins_with_all(whole, "question")
    form = await her.opens("Draft a question", "A draft")
    await her.picks("Which draft?", "Thanks for an answer")
    await expect(form.get_by_label("What you will work on")).to_be_visible()
    await her.looks("form")
    await her.fills("Your name", "Maya")
    await her.sends("Show my draft")
    draft = her.dialog("Your draft")
    await expect(draft.locator("pre").last).to_contain_text("Maya")
    await her.presses("Change it")
    await expect(form.get_by_label("Your name")).to_have_value("Maya")
    await her.sends("Show my draft")
    await expect(draft).to_be_visible()
    await her.looks("draft")
    await her.is_done(draft)
    await expect(her.parent).to_contain_text("☑ Learn one thing (done)")


async def test_three_questions_become_a_game_plan(whole: Stage) -> None:
    her = await begins_with_all(whole, "reflection")
    form = await her.opens("Three questions", "Three questions")
    await her.looks("form")
    keep = form.get_by_label(SAID("reflection.after_keep_label"))
    await her.fills(SAID("reflection.after_keep_label"), "I asked first")
    await her.fills(SAID("reflection.after_next_label"), "x" * 2001)
    await her.presses("See my game plan")
    await her.is_told(
        form.get_by_label(SAID("reflection.after_next_label")), "Please enter no more than 2000 characters."
    )
    await her.fills(SAID("reflection.after_next_label"), "if they ask why, then I tell one story")
    await her.presses("Two-minute version", "Shift+Tab")
    await expect(form.get_by_label(SAID("reflection.after_try_label"))).to_have_count(0)
    await expect(keep).to_have_value("I asked first")
    await expect(form.get_by_label(SAID("reflection.after_next_label"))).to_have_value(re.compile("one story"))
    await her.looks("two-minutes")
    await her.ticks("Yes, keep this")
    await her.sends("See my game plan")
    plan = her.dialog("Your game plan")
    await expect(plan).to_contain_text(
        "Keep: I asked first\nNext: if they ask why, then I tell one story", use_inner_text=True
    )
    await her.looks("game-plan")
    await her.is_done(plan)
    await expect(her.parent).to_contain_text("☑ Keep what worked (done)")


async def test_a_plan_moves_the_check_in_and_can_be_discarded_on_home(whole: Stage) -> None:
    her = await begins_with_all(whole, "plan")
    form = await her.opens("Make my plan", "Plan one next step")
    await her.looks("form")
    day = form.get_by_label("On which day?")
    await her.fills("I will …", "give one role a half hour")
    await her.picks("On which day?", "01122027")
    await her.sends("See my plan")
    await her.is_told(day, SAID("plans.past_day"))
    await her.looks("refused")
    await her.picks("On which day?", "03152027")
    await her.picks("At what time?", "1000AM")
    await her.ticks("Yes, move my next check-in")
    await her.sends("See my plan")
    await her.is_told(day, SAID("plans.far_day"))
    await her.picks("On which day?", "01192027")
    await her.ticks("Yes, keep this")
    await her.sends("See my plan")
    plan = her.dialog("Your plan")
    await expect(plan).to_contain_text("If it's Tue 19 Jan, 10:00, then I will give one role a half hour")
    await expect(plan).to_contain_text("My next check-in comes on Tue 19 Jan")
    await her.looks("plan")
    await her.is_done(plan)
    await expect(her.parent).to_contain_text("☑ Plan one next step (done)")
    await expect(her.parent).to_contain_text(re.compile(r"Check-ins: Tue 19 Jan"))
    await is_discarded(her)


async def is_discarded(her: Keyboard) -> None:
    await her.page.keyboard.press("Escape")
    await her.presses("App Home", "Shift+Tab")
    mine = await her.opens("My plans", "My plans")
    await her.looks("my-plans")
    await her.presses("Discard this plan")
    ask = her.dialog("Discard it?")
    await expect(ask).to_be_visible()
    await her.presses("Discard")
    await expect(mine).to_contain_text(SAID("plans.mine_empty"))
    await her.looks("discarded")
    await her.page.keyboard.press("Escape")
    await expect(mine).to_be_hidden()
    await expect(her.page.get_by_role("button", name="My plans")).to_have_count(0)


async def test_a_harsh_answer_is_read_and_left(whole: Stage) -> None:
    her = await begins_with_all(whole, "answer")
    form = await her.opens("I got an answer", "I got an answer")
    await her.looks("form")
    await her.fills("One thing to try", "y" * 301)
    await her.presses("Go on")
    await her.is_told(form.get_by_label("One thing to try"), "Please enter no more than 300 characters.")
    await her.fills("One thing to try", "say the result first")
    await her.ticks("It was harsh")
    await her.sends("Go on")
    kept = her.dialog("What you take with you")
    await expect(kept).to_contain_text("Try: say the result first")
    await expect(kept).to_contain_text(SAID("feedback.harsh"))
    await her.looks("taken-along")
    await her.is_done(kept)
    await expect(her.parent).to_contain_text("☑ Learn one thing (done)")
