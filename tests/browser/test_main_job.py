"""The main job as a newcomer does it: `python -m bot sandbox`, a browser, and a no to bring along.

Every screen on the way is saved under artifacts/main-job/, for whoever wants to see it with their own eyes.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.messages.gallery import english

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "artifacts" / "main-job"
ANNOUNCED = "Onward sandbox: "
TO_START_S, TO_END_S, TO_THE_THREAD_S = 60, 20, 5
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
MOST_TABS = 60
FOCUSED = """() => {
  const copy = document.activeElement.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  return (copy.getAttribute("aria-label") || copy.textContent).trim();
}"""


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Where the sandbox is, started and ended as a person does it in a terminal."""
    command = (sys.executable, "-m", "bot", "sandbox", "--no-open")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), TO_START_S)).decode()
        assert line.startswith(ANNOUNCED), line
        yield line.removeprefix(ANNOUNCED).strip()
        process.terminate()
        assert await asyncio.wait_for(process.wait(), TO_END_S) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@dataclass
class Visit:
    """One person at the page. What the browser complains about, and what it asks others for, is remembered."""

    browser: Browser
    address: str
    name: str
    page: Page = field(init=False)
    trouble: list[str] = field(default_factory=list)
    seen: int = 0

    async def begins(self, **look: Any) -> Page:
        shutil.rmtree(SCREENS / self.name, ignore_errors=True)
        context = await self.browser.new_context(viewport=look.pop("size", WIDE), reduced_motion="reduce", **look)
        self.page = await context.new_page()
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)
        self.page.on("request", lambda asked: self._watch(asked.url))
        await self.page.goto(self.address)
        return self.page

    def _watch(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.trouble.append(f"asked {url}")

    async def looks(self, at: str) -> None:
        self.seen += 1
        await self.page.screenshot(path=SCREENS / self.name / f"{self.seen:02d}-{at}.png")

    async def finds_nothing_in_the_way(self) -> None:
        """Of a screen reader or a keyboard, as far as axe can tell."""
        violations = (await Axe().run(self.page)).response["violations"]
        serious = [each for each in violations if each["impact"] in ("serious", "critical")]
        assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in serious] == []

    @property
    def middle(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title)

    async def presses(self, name: str, where: Locator | None = None) -> None:
        """The newest button of that name, as the hand goes to what came last."""
        await (where or self.middle).get_by_role("button", name=name).last.click()

    async def reads(self, words: str | re.Pattern[str], where: Locator | None = None) -> None:
        await expect((where or self.middle).get_by_text(words).last).to_be_visible()

    async def moves_the_clock(self) -> None:
        await self.page.get_by_role("button", name="Next check-in").click()

    async def tabs_to(self, name: str, key: str = "Tab") -> None:
        """With the keyboard alone, until that is where it is."""
        for _ in range(MOST_TABS):
            await self.page.keyboard.press(key)
            if str(await self.page.evaluate(FOCUSED)).startswith(name):
                return
        pytest.fail(f"{key} never came to “{name}”")


@pytest.fixture
async def visit(chromium: str, address: str, request: pytest.FixtureRequest) -> AsyncIterator[Visit]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        here = Visit(browser, address, re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-"))
        yield here
        await browser.close()
    assert here.trouble == []


def said(key: str) -> str:
    return english().phrase(key)


async def brings_a_no(visit: Visit) -> None:
    """Types it, follows the pointer, opens the thread, and has the first card before patience ends."""
    page = visit.page
    box = page.get_by_role("textbox", name="Message #general")
    await box.fill("/rejected Initech")
    await visit.looks("the-command")
    began = time.monotonic()
    await box.press("Enter")
    await page.get_by_role("link", name="Open your thread").click()
    await page.get_by_role("button", name="1 reply").click()
    await visit.reads("Close the loop kindly", visit.thread.get_by_role("log"))
    took = time.monotonic() - began
    assert took < TO_THE_THREAD_S, f"{took:.1f} s from the command to the first card"


async def test_a_no_is_brought_worked_through_and_followed_up(visit: Visit) -> None:
    await visit.begins()
    await visit.reads("New here?")
    await visit.looks("the-first-visit")
    await brings_a_no(visit)
    await visit.finds_nothing_in_the_way()
    await visit.looks("the-thread")
    await says_how_far_it_got(visit)
    await goes_through_the_steps(visit)
    await is_asked_and_answers(visit)
    await stops_and_turns_on_again(visit)
    await finds_someone_to_talk_to(visit)
    await changes_the_time(visit)
    await sees_where_things_stand(visit)


async def says_how_far_it_got(visit: Visit) -> None:
    await visit.presses("How far did it get?", visit.thread)
    await visit.looks("how-far")
    await visit.page.get_by_role("option", name="Interview or task").click()
    await visit.reads(english().card("be_professional", "interview").body, visit.thread)
    await visit.reads(english().opening("interview"))
    await visit.looks("cards-that-fit")


async def goes_through_the_steps(visit: Visit) -> None:
    """Done deals the next card, Not now does too, and Show all steps deals the rest."""
    await visit.presses("Mark step 1 done", visit.thread)
    await visit.presses("Put step 2 aside for now", visit.thread)
    await expect(visit.thread.get_by_role("button", name="Mark step 3 done")).to_be_visible()
    await visit.presses("Show all steps", visit.thread)
    await expect(visit.thread.get_by_role("button", name="Mark step 4 done")).to_be_visible()
    await expect(visit.thread.get_by_role("button", name="Show all steps")).to_have_count(0)
    await visit.looks("all-steps")
    await visit.presses("Mark step 3 done", visit.thread)
    await visit.reads("Learn one thing (done)")
    await visit.presses("Mark step 4 done", visit.thread)
    await visit.reads(said("thread.complete"))
    await visit.reads("Keep what worked (not now)")
    await visit.looks("all-four-done")
    await visit.page.keyboard.press("Escape")
    await expect(visit.thread).to_be_hidden()


async def is_asked_and_answers(visit: Visit) -> None:
    await visit.moves_the_clock()
    await visit.reads(said("check_ins.day_1"))
    await visit.looks("day-1")
    await visit.presses("Rough")
    await visit.reads(said("replies.rough"))
    await visit.looks("rough")
    await visit.moves_the_clock()
    await visit.reads(said("check_ins.day_3_has_plan"))
    await visit.looks("day-3")
    await visit.presses("Still good")
    await visit.reads(said("replies.plan_set"))
    await visit.moves_the_clock()
    await visit.reads(said("check_ins.day_7"))
    await visit.looks("day-7")
    await visit.presses("I applied")
    await visit.reads(said("replies.applied"))
    await visit.looks("applied")


async def stops_and_turns_on_again(visit: Visit) -> None:
    await visit.presses("Stop")
    await visit.reads(said("replies.stopped"))
    await visit.reads(said("thread.check_ins_off"))
    await visit.moves_the_clock()
    await expect(visit.page.get_by_text("Nothing is planned.")).to_be_visible()
    await visit.looks("stopped")
    await visit.presses("Turn on")
    await visit.reads(said("replies.turned_on"))
    await visit.looks("turned-on")


async def finds_someone_to_talk_to(visit: Visit) -> None:
    await visit.presses("Someone to talk to")
    page = visit.dialog("Someone to talk to")
    await visit.reads("Call 911.", page)
    await visit.finds_nothing_in_the_way()
    await visit.looks("someone-to-talk-to")
    await visit.presses("Another country", page)
    await visit.page.get_by_role("option", name="Germany").click()
    await visit.reads("Call 112.", page)
    await visit.looks("in-another-country")
    await visit.page.keyboard.press("Escape")
    await expect(page).to_be_hidden()


async def changes_the_time(visit: Visit) -> None:
    await visit.presses("Change time")
    form = visit.dialog("Settings")
    await form.get_by_label("Time of day").select_option(label="Evening, around 18:30")
    await visit.looks("change-time")
    await visit.presses("Save", form)
    await visit.reads("around 18:30.", visit.dialog("Saved"))
    await visit.looks("saved")
    await visit.page.keyboard.press("Escape")
    await visit.reads(re.compile(r"Check-ins?:.*around 18:30"))


async def sees_where_things_stand(visit: Visit) -> None:
    await visit.page.get_by_role("link", name="App Home").click()
    await visit.reads("Next check-in:")
    await visit.finds_nothing_in_the_way()
    await visit.looks("home")
    await visit.presses("Stop")
    await visit.reads(said("home.check_ins_off"))
    await visit.presses("Turn on")
    await visit.reads("Next check-in:")
    await visit.presses("Who can see this")
    await visit.reads("between you and the app", visit.dialog("Who can see this"))
    await visit.looks("who-can-see-this")
    await visit.page.keyboard.press("Escape")
    await visit.presses("Start a new thread")
    form = visit.dialog("A new thread")
    await visit.looks("a-new-thread")
    await visit.presses("Start", form)
    await visit.reads(said("rejected.pointer"), visit.dialog("It's there"))
    await visit.looks("it-is-there")
    await visit.page.keyboard.press("Escape")
    await visit.page.get_by_role("tab", name="Messages").click()
    await expect(visit.page.get_by_role("button", name="1 reply")).to_be_visible()
    await visit.page.get_by_role("tab", name="Home").click()
    await visit.reads("Your next step:")
    await visit.looks("home-with-a-next-step")


async def test_the_same_by_keyboard_alone(visit: Visit) -> None:
    page = await visit.begins()
    await expect(page.get_by_role("textbox", name="Message #general")).to_be_visible()
    await visit.tabs_to("Message #general")
    await page.keyboard.type("/rejected Initech")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Open your thread")).to_be_visible()
    await visit.tabs_to("Open your thread", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    await visit.tabs_to("1 reply")
    await visit.looks("on-the-way-into-the-thread")
    await page.keyboard.press("Enter")
    await expect(visit.thread.get_by_role("heading", name="Thread")).to_be_focused()
    await visit.tabs_to("How far did it get?")
    await page.keyboard.press("Enter")
    await page.keyboard.type("O")
    await page.keyboard.press("Enter")
    await visit.reads(english().card("be_professional", "offer_withdrawn").body, visit.thread)
    await visit.tabs_to("Mark step 1 done")
    await visit.looks("on-done")
    await page.keyboard.press("Enter")
    await expect(visit.thread.get_by_role("button", name="Mark step 2 done")).to_be_visible()
    await visit.tabs_to("Mark step 2 done")
    await visit.tabs_to("Put step 2 aside for now")
    await page.keyboard.press("Enter")
    await expect(visit.thread.get_by_role("button", name="Mark step 3 done")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(visit.thread).to_be_hidden()
    await visit.tabs_to("Next check-in", "Shift+Tab")
    await page.keyboard.press("Enter")
    await visit.reads(said("check_ins.day_1_close"))
    await visit.tabs_to("🙁 Rough")
    await page.keyboard.press("Enter")
    await visit.reads(said("replies.rough"))
    await visit.tabs_to("Someone to talk to")
    await page.keyboard.press("Enter")
    await expect(visit.dialog("Someone to talk to")).to_be_visible()
    await visit.looks("the-dialog")
    await page.keyboard.press("Escape")
    await expect(visit.dialog("Someone to talk to")).to_be_hidden()
    assert str(await page.evaluate(FOCUSED)).startswith("Someone to talk to")


@pytest.mark.parametrize("look", [{"size": PHONE}, {"color_scheme": "dark"}], ids=["phone", "dark"])
async def test_it_can_be_done_on_a_phone_and_in_the_dark(visit: Visit, look: dict[str, Any]) -> None:
    await visit.begins(**look)
    await brings_a_no(visit)
    await visit.finds_nothing_in_the_way()
    await visit.looks("the-thread")
    await visit.presses("Mark step 1 done", visit.thread)
    await expect(visit.thread.get_by_role("button", name="Mark step 2 done")).to_be_visible()
    await visit.looks("the-second-card")
    await visit.presses("Someone to talk to", visit.thread)
    await visit.reads("Call 911.", visit.dialog("Someone to talk to"))
    await visit.looks("someone-to-talk-to")
