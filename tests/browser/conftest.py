"""The sandbox's page in a real browser: in front of a small bot, or of the whole one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.browser.small_bot import small_bot
from tests.living import ROOMY, WEDNESDAY, LivingBot

MANIFEST = Path(__file__).parents[2] / "manifest.json"
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # ten in the morning for Maya in New York
PATIENCE = 20_000  # milliseconds, for a busy machine
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 780}


@dataclass
class Stage:
    """The workspace, what the bot heard, and ways to open the page on it."""

    slack: Slack
    heard: list[Any]
    browser: Browser
    trouble: list[str]

    async def opens(self, where: str = "", **look: Any) -> Page:
        """Every request that leaves this machine and every error on the page is remembered as trouble."""
        context = await self.browser.new_context(viewport=look.pop("size", WIDE), reduced_motion="reduce", **look)
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)
        page.on("request", lambda asked: self._watch(asked.url))
        await page.goto(f"{self.slack.url}/{where}")
        return page

    def _watch(self, url: str) -> None:
        if not url.startswith((self.slack.url, "data:")):
            self.trouble.append(f"asked {url}")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    heard: list[Any] = []
    async with (
        Slack.open(manifest=MANIFEST, clock=SandboxClock(MONDAY), socket_mode=False) as slack,
        small_bot(slack, heard) as address,
    ):
        await slack.connect(address)
        here = Stage(slack, heard, browser, [])
        yield here
        for context in list(browser.contexts):
            await context.close()
    assert here.trouble == []


async def rejected(page: Page) -> None:
    """The main job up to the open thread."""
    await page.get_by_role("textbox", name="Message #general").fill("/rejected")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Open it").click()
    await page.get_by_role("button", name="1 reply").click()


async def serious(page: Page) -> list[str]:
    violations = (await Axe().run(page)).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}" for each in violations if each["impact"] in ("serious", "critical")
    ]


@pytest_asyncio.fixture(loop_scope="session")
async def whole(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The whole bot behind the page. ``indirect`` sets the moment at which its clock starts."""
    clock = SandboxClock(getattr(request, "param", WEDNESDAY))
    async with Slack.open(manifest=MANIFEST, clock=clock, rates=ROOMY, socket_mode=False) as slack:
        bot = LivingBot(slack, tmp_path)
        await bot.start()
        here = Stage(slack, [], browser, [])
        yield here
        for context in list(browser.contexts):
            await context.close()
        await bot.stop()
    assert here.trouble == []
