"""Slack stumbles during the main job: the thread still arrives, and arrives once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SETTLED_MS = 20_000  # the bot's own times run thirty times faster here: 3 s until it looks, then once more
FAULTS: dict[str, dict[str, Any]] = {
    "too fast": {"method": "chat.postMessage", "kind": "rate_limited", "retry_after": 1, "count": 2},
    "500 after it was taken": {"method": "chat.postMessage", "kind": "http_500_after"},
    "500 before it was taken": {"method": "chat.postMessage", "kind": "http_500_before"},
    "no answer": {"method": "chat.postMessage", "kind": "hang", "seconds": 3},
    "cannot open the conversation": {"method": "conversations.open", "kind": "http_500_before"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_the_thread_arrives_once(whole: Stage, fault: dict[str, Any]) -> None:
    page = await whole.opens()
    await arms(page, fault)
    await page.locator("#composer").fill("/rejected Initech")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Open your thread").click()
    await page.get_by_role("button", name="1 reply").click(timeout=SETTLED_MS)
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("heading", name="Close the loop kindly")).to_be_visible()
    await thread.get_by_role("button", name="Mark step 1 done").click()
    await expect(thread.get_by_role("button", name="Mark step 2 done")).to_be_visible()
    await expect(thread.get_by_role("article")).to_have_count(3)
    await expect(page.get_by_role("main").get_by_role("log").get_by_role("article")).to_have_count(1)
    assert fault["method"] in {each.method for each in whole.slack.calls if each.response.get("ok") is not True}


async def arms(page: Page, fault: dict[str, Any]) -> None:
    """From the page's own address, as somebody does who opens the browser's console."""
    ask = "(body) => fetch('/_sandbox/fault', {method: 'POST', body: JSON.stringify(body)}).then((it) => it.json())"
    assert await page.evaluate(ask, fault) == {"ok": True}
