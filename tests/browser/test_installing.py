"""Somebody adds Onward to a workspace in the page, beside another that stays without it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.bot.sandbox.processes import sandbox
from tests.browser.conftest import serious

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_admin_adds_onward_and_a_member_gets_a_thread(browser: Browser) -> None:
    async with sandbox("--oauth", bare=False) as running:
        context = await browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page = await context.new_page()
        await page.goto(running.url)
        await expect(page.get_by_text("Onward is not installed in Riverside Career Center.")).to_be_visible()
        await page.get_by_role("link", name="Add Onward").click()
        assert await serious(page) == []
        await page.get_by_label("Signed in as").select_option(label="Robin, Riverside Career Center")
        await page.get_by_role("button", name="Allow").click()
        await expect(page.get_by_text("The app is now in Riverside Career Center.")).to_be_visible()
        await page.goto(running.url)
        await page.get_by_role("textbox", name="Message #general").fill("/rejected Initech")
        await page.keyboard.press("Enter")
        await page.get_by_role("link", name="Open your thread").click()
        await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
        await page.locator("#workspace").select_option(label="Hillside Alumni (app not installed)")
        await expect(page.get_by_text("Onward is not installed in Hillside Alumni.")).to_be_visible()
        await context.close()
        assert await running.ends() == 0
