"""The pages at PUBLIC_URL in a browser: nothing in the way of a screen reader, by day, by night and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import NARROW, WIDE, serious
from tests.installing import Town, town

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOKS: dict[str, dict[str, Any]] = {
    "day": {"viewport": WIDE}, "night": {"viewport": WIDE, "color_scheme": "dark"}, "phone": {"viewport": NARROW},
}  # fmt: skip
CONTACT = {"operator_name": "Cats & Dogs", "operator_contact": "help@example.org"}


async def is_read(page: Page, address: str, heading: str) -> None:
    await page.goto(address)
    await nothing_is_in_the_way(page, heading)


async def nothing_is_in_the_way(page: Page, heading: str) -> None:
    assert heading in await page.get_by_role("heading", level=1).inner_text()
    assert await serious(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it has to be pushed sideways"


async def adds_it(page: Page, here: Town, decision: str) -> None:
    """From the landing page through Slack's, and back."""
    await page.goto(f"{here.bot.url}/slack/install")
    page.set_default_timeout(5000)
    await page.get_by_role("button", name=decision).click()
    await page.wait_for_url(f"{here.bot.url}/slack/oauth_redirect**")


@pytest.mark.parametrize("look", LOOKS)
async def test_every_public_page_can_be_read(browser: Browser, tmp_path: Path, look: str) -> None:
    async with town(tmp_path, **CONTACT) as here:
        page = await (await browser.new_context(**LOOKS[look])).new_page()
        await is_read(page, here.bot.url, "Onward")
        await is_read(page, f"{here.bot.url}/privacy", "Privacy")
        await is_read(page, f"{here.bot.url}/support", "Support")
        await adds_it(page, here, "Cancel")
        await nothing_is_in_the_way(page, "Nothing was added")
        await adds_it(page, here, "Allow")
        await nothing_is_in_the_way(page, "Onward is there")
        await page.context.close()
