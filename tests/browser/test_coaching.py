"""Talking to a coach in a real browser: Maya sees what goes out and sends it, Sam claims it and closes it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.center import Coach
from tests.browser.test_career_center import TEAM, Center, center

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["center"]


async def test_a_member_asks_and_the_coach_claims_and_closes(center: Center) -> None:
    tools, slack = center.bot.onward.tools, center.stage.slack
    coach = Coach("U0SAM000001", "Sam", "https://book.example.edu/sam", 2)
    await tools.store.centers.change(TEAM, "coaches", {"coaches": (coach,)}, now=tools.clock.now())
    page = center.page
    await page.get_by_label("Act as").select_option(label="Maya")
    await slack.opens_home("maya")
    await center.bot.settles()
    await slack.presses("Talk to a coach", "maya")
    await expect(center.dialog.get_by_text("You see all of it before it is sent")).to_be_visible()
    await center.looks("coach-1-form")
    await slack.submits(
        {"topic": "interview", "more": "I keep thinking about the last round.", "times": "Tuesdays"}, "maya"
    )
    await expect(center.dialog.get_by_text("Nothing else goes with it")).to_be_visible()
    await center.looks("coach-2-preview")
    await center.dialog.get_by_role("button", name="Send it").click()
    await expect(center.dialog.get_by_text("take it back")).to_be_visible()
    await center.leaves()
    await center.bot.settles()
    await page.get_by_label("Act as").select_option(label="Sam")
    (message,) = slack.group_dm("maya", "sam")
    await page.goto(f"{page.url.split('#')[0]}#/c/{message.channel}")
    for label, said in (("I'm on it", "is on it."), ("Close", "closed it.")):
        await page.get_by_role("main").get_by_role("button", name=label, exact=True).click()
        await expect(page.get_by_role("main").get_by_text(said)).to_be_visible()
        await center.looks(f"coach-3-{label[:2]}")
    await expect(page.get_by_role("main").get_by_role("button", name="Close", exact=True)).to_have_count(0)
    assert "closed it" in slack.dm("maya")[-1].text
