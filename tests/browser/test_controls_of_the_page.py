"""Every control of the page itself, that no bot has sent: what it does, and where it leaves the keyboard."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Stage, rejected

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOVED = (("+1 h", "Mon 23 Nov, 11:00"), ("+1 day", "Tue 24 Nov, 11:00"), ("+1 week", "Tue 1 Dec, 11:00"))


async def test_each_button_of_the_clock_moves_it_and_says_so(stage: Stage) -> None:
    page = await stage.opens()
    for name, face in MOVED:
        await page.get_by_role("button", name=name, exact=True).click()
        await expect(page.locator(".face")).to_have_text(face)
        await expect(page.get_by_text(f"It is now {face}.")).to_be_visible()
    await page.get_by_role("button", name="Next check-in").click()
    await expect(page.get_by_text("Nothing is planned.")).to_be_visible()
    await page.keyboard.press("Shift")
    await expect(page.locator(".toast")).to_have_count(0)


async def test_reset_asks_first_and_can_be_left_alone(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    await expect(page.get_by_role("button", name="Reset")).to_be_focused()
    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("button", name="Start over").click()
    await expect(page.get_by_role("log", name="Messages in #general")).to_be_visible()
    await page.get_by_role("link", name="Onward", exact=True).click()
    await expect(page.get_by_role("button", name="1 reply")).to_have_count(0)


async def test_the_inspector_filters_closes_and_gives_the_keyboard_back(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    toggle = page.get_by_role("button", name="Inspector", exact=True)
    await toggle.click()
    drawer = page.get_by_role("complementary", name="Inspector")
    await expect(drawer.get_by_role("heading", name="Inspector")).to_be_focused()
    await drawer.get_by_label("Filter requests").fill("conversations.open")
    await expect(drawer.locator("details")).to_have_count(1)
    await drawer.get_by_label("Filter requests").fill("no such thing")
    await expect(drawer.get_by_text("No request matches.")).to_be_visible()
    await drawer.get_by_role("button", name="Close inspector").click()
    await expect(drawer).to_be_hidden()
    await expect(toggle).to_be_focused()


async def test_whoever_was_at_the_end_stays_there_when_the_inspector_opens(stage: Stage) -> None:
    for number in range(30):
        await stage.slack.says(f"Line {number}", channel="#general")
    page = await stage.opens()
    await expect(page.get_by_text("Line 29")).to_be_in_viewport()
    await page.get_by_role("button", name="Inspector", exact=True).click()
    await expect(page.get_by_text("Line 29")).to_be_in_viewport()
    await expect(page.get_by_text("Line 10", exact=True)).not_to_be_in_viewport()


async def test_the_shortcut_is_in_the_menu_of_the_message_box(whole: Stage) -> None:
    page = await whole.opens()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="I got a rejection").click()
    await expect(page.get_by_role("dialog", name="A new thread")).to_be_visible()


async def test_the_hint_goes_away_for_good(stage: Stage) -> None:
    page = await stage.opens()
    await page.get_by_role("button", name="Hide this hint").click()
    await expect(page.locator("#composer")).to_be_focused()
    await page.reload()
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_text("New here?")).to_have_count(0)


async def test_the_first_tab_leads_past_the_sidebar(stage: Stage) -> None:
    page = await stage.opens()
    await expect(page.get_by_role("log")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#composer")).to_be_focused()


async def test_arrows_move_between_the_tabs_of_the_app(stage: Stage) -> None:
    page = await stage.opens("#/app/messages")
    await page.get_by_role("tab", name="Messages").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("tab", name="Home")).to_be_focused()
    await expect(page.get_by_role("tabpanel", name="Home").get_by_text("One next step")).to_be_visible()


async def test_a_message_can_be_sent_with_the_mouse_and_broken_with_shift(stage: Stage) -> None:
    page = await stage.opens()
    box = page.get_by_role("textbox", name="Message #general")
    await box.fill("One")
    await box.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("article").last.locator(".text")).to_have_text("One\ntwo")
    await expect(box).to_have_value("")


async def test_who_acts_is_kept_through_a_reload(stage: Stage) -> None:
    page = await stage.opens()
    await page.get_by_label("Act as").select_option(label="Robin")
    await expect(page.get_by_role("link", name="coaches")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Act as")).to_have_value("U0ROBIN0001")


async def test_a_scene_nobody_wrote_says_so(stage: Stage) -> None:
    page = await stage.opens("#/scene/monday-miracle")
    await expect(page.get_by_text("There is no scene called “monday-miracle”.")).to_be_visible()
    await expect(page.get_by_role("log")).to_be_visible()


async def test_where_the_clipboard_is_closed_the_transcript_can_be_copied_by_hand(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    await without_a_clipboard(page)
    await page.get_by_role("button", name="Copy transcript").click()
    shown = page.get_by_role("dialog", name="Transcript")
    assert "Your steps" in await shown.get_by_label("Transcript").input_value()
    await page.keyboard.press("Escape")
    await expect(shown).to_be_hidden()


async def without_a_clipboard(page: Page) -> None:
    await page.evaluate("Object.defineProperty(navigator.clipboard, 'writeText', {value: () => Promise.reject()})")
