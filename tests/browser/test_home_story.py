"""Two weeks of one member, as her Home shows them: three noes at different stages, and what comes of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.slack import Slack
from tests.browser.conftest import Stage, serious

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEEP = ["Yes, keep this"]


class Looking:
    """Maya's Home on the page, looked at again and again; the hands of the workspace do what she does elsewhere."""

    def __init__(self, page: Page, slack: Slack, screens: Path) -> None:
        self.page, self.slack, self._screens, self._number = page, slack, screens, 0
        self.panel = page.get_by_role("tabpanel", name="Home")

    async def sees(self, at: str, *lines: str) -> None:
        for line in lines:
            await expect(self.panel.get_by_text(line, exact=False).first).to_be_visible()
        self._number += 1
        await self.page.screenshot(path=self._screens / f"{self._number:02d}-{at}.png", full_page=True)
        assert await serious(self.page) == []

    async def presses(self, name: str) -> None:
        await self.panel.get_by_role("button", name=name, exact=True).click()


async def test_three_noes_a_plan_an_answer_an_interview_and_an_offer(whole: Stage, tmp_path: Path) -> None:
    page, slack = await whole.opens(size={"width": 1200, "height": 1500}), whole.slack
    await page.get_by_role("link", name="App Home").click()
    home = Looking(page, slack, tmp_path)
    await home.sees("before-anything", "Got a no?", "Only you can see this page.")
    await three_noes(slack)
    await home.sees("three-noes", "Your next step:", "Umbrella", "Next check-in:")
    await her_own_words(slack)
    await home.sees("a-plan", "Your plan", "I will write to Ana")
    await home.presses("Snooze: two days after that")
    await home.sees("snoozed", "Next check-in: Mon 18 Jan")
    await home.presses("My history")
    await home.sees("history", "Your history", "Final round", "Automated no")
    await home.presses("Close the history")
    await an_interview(slack)
    await page.reload()
    await home.sees("interview", "Interview:", "Get ready")
    await home.presses("Get ready")
    await expect(page.get_by_role("dialog").get_by_text("a story from the archive")).to_be_visible()
    await page.screenshot(path=tmp_path / "get-ready.png")
    await page.keyboard.press("Escape")
    await an_offer(slack)
    await page.reload()
    await home.sees("offer", "Check-ins are off.")


async def three_noes(slack: Slack) -> None:
    for company, stage in (("Initech", "Automated no"), ("Hooli", "Interview or task"), ("Umbrella", "Final round")):
        await slack.uses_shortcut("I got a rejection")
        await slack.submits({"Company": company, "How far did it get?": stage})
        await slack.closes()
        await slack.advances("1m")


async def her_own_words(slack: Slack) -> None:
    """A game plan and a plan, each kept with a tick, and a draft that is kept nowhere."""
    parent = next(each for each in slack.dm("maya") if "Umbrella" in str(each.blocks) and not each.is_reply)
    await slack.presses("Draft a note", ts=slack.thread(parent.ts)[1].ts)
    await slack.submits({"Who it goes to": "Dana"})
    await slack.closes()
    await slack.presses("Done", ts=slack.thread(parent.ts)[1].ts)
    await slack.until(lambda: len(slack.thread(parent.ts)) == 3)
    await slack.presses("Three questions", ts=slack.thread(parent.ts)[2].ts)
    await slack.submits({"keep": "a story from the archive", "keep_it": KEEP})
    await slack.closes()
    await slack.presses("Show all steps", ts=slack.thread(parent.ts)[2].ts)
    await slack.until(lambda: len(slack.thread(parent.ts)) == 5)
    await slack.presses("I got an answer", ts=slack.thread(parent.ts)[3].ts)
    await slack.submits({"try": "shorter answers", "keep_it": KEEP})
    await slack.closes()
    await slack.presses("Make my plan", ts=slack.thread(parent.ts)[4].ts)
    await slack.submits({"act": "write to Ana", "keep_it": KEEP})
    await slack.closes()


async def an_interview(slack: Slack) -> None:
    await slack.advances("9d")
    asked = [each for each in slack.dm("maya") if "News…" in str(each.blocks)][-1]
    await slack.presses("News…", ts=asked.ts)
    await slack.presses("An interview", ts=asked.ts)
    await slack.chooses("Choose the day", "2027-01-25", ts=asked.ts)
    await slack.settles()


async def an_offer(slack: Slack) -> None:
    await slack.advances("6d")
    asked = [each for each in slack.dm("maya") if "How did the interview go?" in each.text][-1]
    await slack.presses("An offer", ts=asked.ts)
    await slack.settles()
