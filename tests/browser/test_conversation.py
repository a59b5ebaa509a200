"""Talking with a bot on the page: commands, threads, Home, and what only one person sees."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Stage, rejected

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_newcomer_is_told_what_to_type_and_one_click_fills_it_in(stage: Stage) -> None:
    page = await stage.opens()
    await expect(page.get_by_text("New here?")).to_be_visible()
    await page.get_by_role("button", name="Fill it in").click()
    box = page.get_by_role("textbox", name="Message #general")
    await expect(box).to_have_value("/rejected ")
    await expect(box).to_be_focused()


async def test_maya_goes_from_the_command_to_the_done_step_by_keyboard_alone(stage: Stage) -> None:
    page = await stage.opens()
    await page.locator("#composer").focus()
    await page.keyboard.type("/rej")
    await expect(page.get_by_role("option", name="/rejected")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Only visible to you")).to_be_visible()
    await expect(page.get_by_role("link", name="Onward 2 unread")).to_be_visible()
    for _ in range(6):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.textContent") == "Open it":
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("button", name="1 reply").focus()
    await page.keyboard.press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("heading", name="Thread")).to_be_focused()
    await thread.get_by_role("button", name="Done").focus()
    await page.keyboard.press("Enter")
    await expect(thread.get_by_text("First step, done")).to_be_visible(timeout=1000)
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="1 reply")).to_be_focused()


async def test_a_thread_takes_replies_but_no_commands(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    box = page.get_by_role("textbox", name="Reply…")
    await box.fill("/rejected")
    await box.press("Enter")
    await expect(page.get_by_role("alert").get_by_text("/rejected is not supported in threads")).to_be_visible()
    await box.fill("thank *you*")
    await box.press("Enter")
    reply = page.get_by_role("log", name="Thread").get_by_role("article", name="Maya")
    await expect(reply.locator(".text strong")).to_have_text("you")


async def test_what_only_maya_sees_is_gone_on_reload_and_never_shown_to_sam(stage: Stage) -> None:
    page = await stage.opens()
    await page.locator("#composer").fill("/rejected")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("It waits for you.")).to_be_visible()
    await page.get_by_label("Act as").select_option(label="Sam")
    await expect(page.get_by_text("It waits for you.")).to_be_hidden()
    await page.get_by_role("link", name="Onward", exact=True).click()
    await expect(page.get_by_text("direct messages with Onward")).to_be_visible()
    await expect(page.get_by_text("Your steps")).to_be_hidden()
    await page.get_by_label("Act as").select_option(label="Maya")
    await page.get_by_role("link", name="general").click()
    await expect(page.get_by_text("It waits for you.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_text("It waits for you.")).to_be_hidden()


async def test_home_is_drawn_when_somebody_opens_it(stage: Stage) -> None:
    page = await stage.opens("#/app/home")
    await expect(page.get_by_role("tabpanel").get_by_text("One next step")).to_be_visible()


async def test_a_first_word_to_the_bot_opens_the_dm(stage: Stage) -> None:
    page = await stage.opens("#/app/messages")
    await page.get_by_role("textbox", name="Message Onward").fill("hello")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You said: hello")).to_be_visible()


async def test_commands_that_fail_are_told_as_slack_tells_them(stage: Stage) -> None:
    page = await stage.opens()
    box = page.locator("#composer")
    await box.fill("/nothing here")
    await box.press("Enter")
    await expect(page.get_by_text("/nothing is not a valid command.")).to_be_visible()
    await expect(box).to_have_value("/nothing here")
    await box.fill("/nextstep")  # promised by the manifest, but this bot has no listener for it
    await box.press("Enter")
    await expect(page.get_by_text("/nextstep failed with the error “dispatch_failed”")).to_be_visible()
