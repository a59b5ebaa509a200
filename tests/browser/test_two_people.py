"""Two people and one bot: each has a thread of their own, and neither ever sees the other's."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def begins(page: Page, company: str) -> None:
    """Types the command in #general and opens the thread."""
    await page.get_by_role("link", name="general").click()
    await page.get_by_role("textbox", name="Message #general").fill(f"/rejected {company}")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Open your thread").click()
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("heading", name="Close the loop kindly")).to_be_visible()


async def acts_as(page: Page, name: str) -> None:
    await page.get_by_label("Act as").select_option(label=name)


async def test_whoever_acts_as_another_sees_that_persons_side_and_nothing_else(whole: Stage) -> None:
    page = await whole.opens()
    await begins(page, "Initech")
    mayas_thread = page.url
    await acts_as(page, "Sam")
    await expect(page.get_by_role("complementary", name="Thread")).to_be_hidden()
    await expect(page.get_by_text("direct messages with Onward")).to_be_visible()
    await expect(page.get_by_role("button", name="1 reply")).to_have_count(0)
    await page.get_by_role("link", name="general").click()
    await expect(page.get_by_text("Hello everyone.")).to_be_visible()
    await expect(page.get_by_text("Only visible to you")).to_have_count(0)
    await page.goto(mayas_thread)
    await expect(page.get_by_text("direct messages with Onward")).to_be_visible()
    await expect(page.get_by_text("Initech")).to_have_count(0)
    await page.get_by_role("link", name="App Home").click()
    await expect(page.get_by_role("tabpanel").get_by_role("button", name="Start a new thread")).to_be_visible()
    await expect(page.get_by_text("Close the loop kindly")).to_have_count(0)


async def test_two_at_the_same_time_do_not_get_in_each_others_way(whole: Stage) -> None:
    mayas, sams = await whole.opens(), await whole.opens()
    await acts_as(sams, "Sam")
    await begins(mayas, "Initech")
    await begins(sams, "Globex")
    await sams.get_by_role("button", name="Mark step 1 done").click()
    await expect(sams.get_by_role("button", name="Mark step 2 done")).to_be_visible()
    await expect(mayas.get_by_role("button", name="Mark step 1 done")).to_be_visible()
    await expect(mayas.get_by_role("button", name="Mark step 2 done")).to_have_count(0)
    for page, own, other in ((mayas, "Initech", "Globex"), (sams, "Globex", "Initech")):
        await expect(page.get_by_role("main").get_by_text(own)).to_be_visible()
        await expect(page.get_by_text(other)).to_have_count(0)
