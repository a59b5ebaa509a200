"""Sharing without a name in a real browser: Maya shares, Alex lets it through, Sam answers, and she answers him."""

from __future__ import annotations

import contextlib

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import serious
from tests.browser.test_career_center import TEAM, Center, center
from tests.handlers.shared import community
from tests.handlers.test_center_channel import CHANNEL

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["center"]

TYPED = "Yesterday Hooli wrote three lines. A walk with my sister helped more than the next list of jobs."
READ = "[some time] [a name] wrote three lines."
KIND, THANKS = "I got those three lines in spring. The walk helped me too.", "Thank you. Good to know."


async def set_up(center: Center) -> None:
    tools = center.bot.onward.tools
    facts = {"channel": {"channel": CHANNEL}, "community": {"zone": "America/New_York"}}
    for part, given in facts.items():
        await tools.store.centers.change(TEAM, part, given, now=tools.clock.now())
    await center.stage.slack.invites_the_bot("job-search", "alex")
    await community(center.bot)
    await center.bot.settles()


async def becomes(center: Center, who: str) -> None:
    await center.page.get_by_label("Act as").select_option(label=who)


async def goes_by(center: Center, *spans: str) -> None:
    for span in spans:
        await center.stage.slack.advances(span)
        await center.bot.onward.centers.run()
        await center.bot.settles()


async def opens_from_home(center: Center, label: str, shows: str) -> None:
    """Home is drawn anew whenever it is opened, and a press in that moment is lost."""
    await center.page.get_by_role("link", name="App Home").click()
    button = center.page.get_by_role("tabpanel").get_by_role("button", name=label)
    await expect(button).to_be_visible()
    for _ in range(5):
        await button.click()
        with contextlib.suppress(AssertionError):
            await expect(center.dialog.get_by_text(shows).first).to_be_visible(timeout=4000)
            return
    raise AssertionError(f"{label} did not open")


async def last_letter(center: Center, said: str) -> Locator:
    await center.page.get_by_role("link", name="App Home").click()
    await center.page.get_by_role("tab", name="Messages").click()
    letter = center.page.get_by_role("article").filter(has_text=said).last
    await expect(letter).to_be_visible()
    return letter


async def test_a_member_shares_staff_let_it_through_and_an_answer_goes_there_and_back(center: Center) -> None:
    await set_up(center)
    await becomes(center, "Maya")
    await maya_shares(center)
    await goes_by(center, "90m")
    await becomes(center, "Alex")
    await alex_lets_it_through(center)
    channel = center.page.get_by_role("link", name="job-search").first
    await goes_by(center, "30m")
    await channel.click()
    await expect(center.page.get_by_role("main").get_by_text("shares this without a name")).to_have_count(0)
    await goes_by(center, "6h", "14h")
    await becomes(center, "Sam")
    await channel.click()
    await sam_answers(center)
    await goes_by(center, "13m")
    await becomes(center, "Maya")
    await maya_answers(center)
    await goes_by(center, "13m")
    await becomes(center, "Sam")
    back = await last_letter(center, "An answer from whoever shared that")
    await expect(back.get_by_text(THANKS)).to_be_visible()
    await center.looks("sharing-8-the-way-back")
    assert "Maya" not in await back.inner_text()


async def maya_shares(center: Center) -> None:
    await opens_from_home(center, "Share without my name", "You see exactly what will be posted")
    await center.dialog.get_by_label("Your words").fill(TYPED)
    await center.looks("sharing-1-form")
    assert await serious(center.page) == []
    await center.dialog.get_by_role("button", name="See it first").click()
    await expect(center.dialog.get_by_text(READ)).to_be_visible()
    await center.looks("sharing-2-preview")
    await center.dialog.get_by_role("button", name="Share it").click()
    await expect(center.dialog.get_by_text("It is on its way to staff")).to_be_visible()
    await center.leaves()
    await opens_from_home(center, "Share without my name", "Staff have not looked at it yet")
    await center.looks("sharing-3-what-she-shared")
    await center.leaves()


async def alex_lets_it_through(center: Center) -> None:
    await center.opens_center()
    await center.dialog.get_by_role("button", name="Without a name").click()
    await expect(center.dialog.get_by_text(READ)).to_be_visible()
    assert "Maya" not in await center.dialog.inner_text() and "Hooli" not in await center.dialog.inner_text()
    await center.looks("sharing-4-queue")
    assert await serious(center.page) == []
    await center.dialog.get_by_role("button", name="Post it").click()
    await expect(center.dialog.get_by_text("It will be posted within some hours")).to_be_visible()
    await center.page.keyboard.press("Escape")
    await expect(center.dialog.get_by_text("To begin with")).to_be_visible()
    await center.leaves()


async def sam_answers(center: Center) -> None:
    post = center.page.get_by_role("article").filter(has_text="shares this without a name")
    await expect(post).to_have_count(1)
    await center.looks("sharing-5-post")
    await post.get_by_role("button", name="Reply privately").click()
    await center.dialog.get_by_label("Your answer").fill(KIND)
    await center.looks("sharing-6-answer")
    await center.dialog.get_by_role("button", name="Send it").click()
    await expect(center.dialog.get_by_text("On its way, without your name")).to_be_visible()
    await center.leaves()


async def maya_answers(center: Center) -> None:
    answer = await last_letter(center, "Somebody answers what you shared")
    await expect(answer.get_by_text(KIND)).to_be_visible()
    assert "Sam" not in await answer.inner_text()
    await center.looks("sharing-7-her-messages")
    await answer.get_by_role("button", name="Answer", exact=True).click()
    await center.dialog.get_by_label("Your answer").fill(THANKS)
    await center.dialog.get_by_role("button", name="Send it").click()
    await expect(center.dialog.get_by_text("On its way, without your name")).to_be_visible()
    await center.leaves()
