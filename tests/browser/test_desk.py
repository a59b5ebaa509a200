"""What surrounds the conversation: the clock, scenes, the inspector, the transcript."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Stage, rejected

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_clock_moves_in_the_acting_persons_own_zone(stage: Stage) -> None:
    page = await stage.opens()
    await expect(page.locator(".face")).to_have_text("Mon 23 Nov, 10:00")
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator(".face")).to_have_text("Tue 24 Nov, 10:00")
    await page.get_by_label("Act as").select_option(label="Noor")
    await expect(page.locator(".face")).to_have_text("Tue 24 Nov, 16:00")
    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("button", name="Start over").click()
    await expect(page.locator(".face")).to_have_text("Mon 23 Nov, 16:00")


async def test_the_friday_scene_sets_the_stage_and_leaves_the_word_to_the_person(stage: Stage) -> None:
    page = await stage.opens("#/scene/friday-rejection")
    await expect(page.locator(".face")).to_have_text("Fri 27 Nov, 16:40")
    await expect(page.locator("#composer")).to_have_value("/rejected ")
    await expect(page.locator("#composer")).to_be_focused()


async def test_the_inspector_shows_both_directions_and_the_transcript_can_be_taken_away(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    await page.get_by_role("button", name="Inspector").click()
    drawer = page.get_by_role("complementary", name="Inspector")
    row = drawer.locator("details", has_text="chat.postMessage").first
    await row.locator("summary").click()
    assert json.loads(await row.get_by_label("Response").inner_text())["ok"] is True
    await expect(drawer.locator(".to_bot").first).to_be_visible()
    await page.get_by_role("button", name="Copy transcript").click()
    await expect(page.get_by_text("Transcript copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "Your steps" in copied and "    First step" in copied and "[Done]" in copied
