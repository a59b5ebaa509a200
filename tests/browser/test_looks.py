"""The page for every eye and every hand: a phone, the dark, a screen reader."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NARROW, Stage, rejected, serious

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_phone_sees_one_pane_at_a_time(stage: Stage) -> None:
    page = await stage.opens(size=NARROW)
    sidebar = page.get_by_role("navigation", name="Workspace")
    await expect(sidebar).to_be_hidden()
    await page.get_by_role("button", name="Show the sidebar").click()
    await sidebar.get_by_role("link", name="job-search").click()
    await expect(sidebar).to_be_hidden()
    await page.get_by_role("button", name="Show the sidebar").click()
    await sidebar.get_by_role("link", name="general").click()
    await rejected(page)
    await expect(page.locator("#main")).to_have_attribute("inert", "")
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"size": NARROW}], ids=["light", "dark", "narrow"])
async def test_axe_finds_nothing_serious(stage: Stage, look: dict[str, Any]) -> None:
    page = await stage.opens(**look)
    await expect(page.get_by_role("log")).to_be_visible()
    found = await serious(page)
    await rejected(page)
    found += await serious(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("main").get_by_role("button", name="Plan").click()
    await page.get_by_role("dialog").get_by_role("button", name="Keep").click()
    found += await serious(page)
    assert found == []
