"""A career center in a real browser: staff connect their channel, and a weekly post is seen, edited and posted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.browser.conftest import MANIFEST, Stage, serious
from tests.living import QUICK, ROOMY, WEDNESDAY, LivingBot

pytestmark = pytest.mark.asyncio(loop_scope="session")
TEAM, ALEX = "T0RIVERSIDE", "U0ALEX00001"
WORDS = "Our desk is open on Friday from two to four. Bring any question."
PICTURES = os.environ.get("PICTURES")  # a folder to put screenshots in, for whoever wants to look


@dataclass
class Center:
    """Alex, who is staff, in front of the page."""

    stage: Stage
    bot: LivingBot
    page: Page

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog").last

    async def looks(self, name: str) -> None:
        if PICTURES:
            await self.page.screenshot(path=f"{PICTURES}/{name}.png")

    async def opens_center(self) -> None:
        await self.page.get_by_role("link", name="App Home").click()
        button = self.page.get_by_role("tabpanel").get_by_role("button", name="Career center")
        await expect(button).to_be_visible()
        for _ in range(5):  # Home is drawn anew whenever it is opened, and a press in that moment is lost
            await button.click()
            with contextlib.suppress(AssertionError):
                await expect(self.dialog.get_by_text("To begin with")).to_be_visible(timeout=4000)
                return
        raise AssertionError("the page of the career center did not open")

    async def leaves(self) -> None:
        await self.page.keyboard.press("Escape")
        await expect(self.page.get_by_role("dialog")).to_have_count(0)

    async def sets(self, part: str, label: str, choice: str) -> None:
        await self.dialog.get_by_role("button", name=part, exact=True).click()
        await self.dialog.get_by_label(label).select_option(label=choice)
        await self.dialog.get_by_role("button", name="Save").click()
        await expect(self.dialog.get_by_text("To begin with")).to_be_visible()

    async def a_day_passes(self) -> None:
        await self.stage.slack.advances("1d")
        await self.bot.onward.centers.run()
        await self.bot.settles()


@pytest_asyncio.fixture(loop_scope="session")
async def center(browser: Browser, tmp_path: Path) -> AsyncIterator[Center]:
    clock = SandboxClock(WEDNESDAY)
    async with Slack.open(manifest=MANIFEST, clock=clock, rates=ROOMY, socket_mode=False) as slack:
        bot = LivingBot(slack, tmp_path, pace=replace(QUICK, timeout=8))  # a view may take its time here
        await bot.start()
        await bot.onward.tools.store.staff.add(Who(TEAM, ALEX), now=bot.onward.tools.clock.now())
        stage = Stage(slack, [], browser, [])
        page = await stage.opens()
        await page.get_by_label("Act as").select_option(label="Alex")
        yield Center(stage, bot, page)
        for context in list(browser.contexts):
            await context.close()
        await bot.stop()
    assert stage.trouble == []


async def test_staff_connect_their_channel_and_say_hello_in_it(center: Center) -> None:
    await center.opens_center()
    await center.looks("center-new")
    assert await serious(center.page) == []
    await center.sets("Channel", "Your channel", "#job-search")
    await expect(center.dialog.get_by_text("Now invite me")).to_be_visible()
    await center.looks("center-connected")
    await center.dialog.get_by_role("button", name="Say hello there").click()
    await expect(center.dialog.get_by_text("On its way to the channel")).to_be_visible()
    await center.bot.settles()
    await center.page.keyboard.press("Escape")
    await expect(center.dialog.get_by_text("To begin with")).to_be_visible()
    await center.leaves()
    await center.page.get_by_role("link", name="job-search").first.click()
    await expect(center.page.get_by_text("Hello. I'm an automated helper")).to_be_visible()
    await center.looks("center-hello")
    await center.opens_center()
    await expect(center.dialog.get_by_text("Say hello in it (done)")).to_be_visible()


async def test_a_weekly_post_is_seen_the_day_before_edited_and_posted(center: Center) -> None:
    await center.stage.slack.invites_the_bot("job-search", "alex")
    await center.opens_center()
    await center.sets("Channel", "Your channel", "#job-search")
    await center.sets("Zone and country", "Time zone", "America/New York")
    await center.looks("center-set-up")
    await center.leaves()
    await center.bot.onward.centers.run()
    await center.a_day_passes()
    await center.page.get_by_role("tab", name="Messages").click()
    preview = center.page.get_by_role("article").last
    await expect(preview.get_by_text("If nobody presses anything")).to_be_visible()
    await center.looks("weekly-preview")
    await preview.get_by_role("button", name="Edit…").click()
    await center.dialog.get_by_label("The post").fill(WORDS)
    await center.looks("weekly-edit")
    assert await serious(center.page) == []
    await center.dialog.get_by_role("button", name="Save").click()
    await expect(preview.get_by_text("Our desk is open")).to_be_visible()
    await center.a_day_passes()
    await center.page.get_by_role("link", name="job-search").first.click()
    await expect(center.page.get_by_text("Our desk is open on Friday")).to_have_count(1)
    await center.looks("weekly-post")


async def test_everybody_reads_the_guide_and_one_opens_a_thread_of_their_own(center: Center) -> None:
    await center.stage.slack.invites_the_bot("job-search", "alex")
    await center.opens_center()
    await center.sets("Channel", "Your channel", "#job-search")
    await center.leaves()
    await center.page.get_by_role("link", name="job-search").first.click()
    await center.page.get_by_role("textbox", name="Message #job-search").fill("/nextstep share")
    await center.page.keyboard.press("Enter")
    await center.page.get_by_role("button", name="Post it in the channel").click()
    await center.bot.settles()
    await center.page.get_by_role("button", name="4 replies").click()
    await center.looks("guide")
    await center.page.get_by_label("Act as").select_option(label="Maya")
    await center.page.get_by_role("link", name="job-search").first.click()
    await center.page.get_by_role("article").last.get_by_role("button", name="Start a new thread").click()
    await center.dialog.get_by_role("button", name="Start", exact=True).click()
    await expect(center.dialog.get_by_text("Your private thread is in your messages with me")).to_be_visible()
