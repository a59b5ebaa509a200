"""Somebody at the page with the keyboard alone. What they come by is saved, for whoever wants to look."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Stage, serious
from tests.messages.gallery import english

SCREENS = Path(__file__).parents[2] / "artifacts" / "step-tools"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
MOST_TABS = 80
# What a screen reader calls the place where the keyboard is.
FOCUSED = """() => {
  const here = document.activeElement, copy = (here.labels?.[0] || here).cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  return (here.getAttribute("aria-label") || copy.textContent).trim();
}"""
# The browser's own bar counts as inside: the page hears no key there.
INSIDE = """() => {
  const here = document.activeElement;
  return here === document.body || Boolean(here.closest("dialog[open]"));
}"""
# Whatever is wider than the place it stands in; a line that is cut with three dots is wider too.
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll("dialog, dialog *:not(option)")]
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  .filter((one) => getComputedStyle(one).display !== "inline")
  .filter((one) => !one.matches(".unseen, input, select")).map((one) => one.outerHTML.slice(0, 200))"""
# The example in an empty field, where it is longer than the field.
CUT_OFF = """() => [...document.querySelectorAll("dialog[open] input[placeholder]")].filter((one) => {
  const look = getComputedStyle(one), pen = document.createElement("canvas").getContext("2d");
  const room = one.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
  pen.font = look.font;
  return pen.measureText(one.placeholder).width > room;
}).map((one) => one.placeholder)"""
TO_THE_END = """() => {
  const body = [...document.querySelectorAll("dialog[open] .dialog-body")].at(-1);
  if (!body || body.scrollHeight <= body.clientHeight) return false;
  body.scrollTop = body.scrollHeight;
  return true;
}"""


class Keyboard:
    """Tab, Enter, Space, letters and Escape."""

    def __init__(self, stage: Stage, page: Page, name: str) -> None:
        self.slack, self.page = stage.slack, page
        self._screens = SCREENS / name
        self._seen = 0
        shutil.rmtree(self._screens, ignore_errors=True)

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title, exact=True)

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    @property
    def parent(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("article").first

    async def where(self) -> str:
        return str(await self.page.evaluate(FOCUSED))

    async def goes_to(self, name: str, key: str = "Tab") -> None:
        for _ in range(MOST_TABS):
            if (await self.where()).startswith(name):
                return
            await self.page.keyboard.press(key)
        pytest.fail(f"{key} never came to “{name}”")

    async def presses(self, name: str, key: str = "Tab") -> None:
        await self.goes_to(name, key)
        await self.page.keyboard.press("Enter")

    async def ticks(self, name: str) -> None:
        await self.goes_to(name)
        await self.page.keyboard.press("Space")

    async def fills(self, label: str, words: str) -> None:
        """What stood there is gone."""
        await self.goes_to(label)
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.insert_text(words)

    async def picks(self, label: str, keys: str) -> None:
        """In a menu, a day or a time: typed as the browser takes it."""
        await self.goes_to(label)
        await self.page.keyboard.type(keys)

    async def opens(self, button: str, title: str, key: str = "Tab") -> Locator:
        """The modal behind the button. Escape closes it and leads back; Tab stays inside; then it is open again."""
        form = await self.comes_to(button, title, key)
        await self._stays_inside()
        await self.page.keyboard.press("Escape")
        await expect(form).to_be_hidden()
        assert (await self.where()).startswith(button), f"Escape led to “{await self.where()}”"
        return await self.comes_to(button, title, key)

    async def comes_to(self, button: str, title: str, key: str = "Tab") -> Locator:
        await self.presses(button, key)
        form = self.dialog(title)
        await expect(form).to_be_visible()
        assert await self.page.evaluate("Boolean(document.activeElement.closest('dialog'))"), await self.where()
        return form

    async def _stays_inside(self) -> None:
        for key in ("Tab", "Shift+Tab"):
            for _ in range(await self.page.locator("dialog :is(button, input, textarea, select, a)").count() + 2):
                await self.page.keyboard.press(key)
                assert await self.page.evaluate(INSIDE), f"{key} led out of the modal, to “{await self.where()}”"

    async def sends(self, name: str) -> None:
        """To the modal's last button, and waits until the bot has answered."""
        async with self.page.expect_response("**/_sandbox/submit"):
            await self.presses(name)

    async def is_done(self, result: Locator) -> None:
        """Done is the last button; the keyboard is in the thread again."""
        await self.presses("Done")
        await expect(result).to_be_hidden()
        await self.page.wait_for_function("Boolean(document.activeElement.closest('aside.thread, main'))")

    async def is_told(self, field: Locator, words: str) -> None:
        """Seen under the field and its label, read aloud with it, and the keyboard is there."""
        await expect(field.page.locator("dialog .field-error").get_by_text(words, exact=True)).to_be_visible()
        await expect(field).to_be_focused()
        await expect(field.locator("xpath=../label")).to_be_in_viewport(ratio=1)
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_have_accessible_description(re.compile(re.escape(words)))

    async def looks(self, at: str) -> None:
        """Saves it from the top and from the end. Nothing sticks out, and axe finds nothing serious."""
        self._seen += 1
        path = self._screens / f"{self._seen:02d}-{at}.png"
        await self.page.evaluate("getSelection().removeAllRanges()")
        await self.page.screenshot(path=path)
        if await self.page.evaluate(TO_THE_END):
            await self.page.screenshot(path=path.with_stem(f"{path.stem}-end"))
        found = [*await self.page.evaluate(TOO_WIDE), *await self.page.evaluate(CUT_OFF), *await serious(self.page)]
        assert not found, f"{at}: {found}"


async def begins(stage: Stage, name: str, *, typed: str = "/rejected Initech", **look: Any) -> Keyboard:
    """In a thread with its first card."""
    await stage.slack.types(typed)
    page = await stage.opens("#/app/messages", size=look.pop("size", DESKTOP), **look)
    here = Keyboard(stage, page, name)
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    await here.presses("1 reply", "Shift+Tab")
    await expect(here.thread.get_by_role("heading", name="Thread")).to_be_focused()
    return here


async def begins_with_all(stage: Stage, name: str, **look: Any) -> Keyboard:
    """In a thread with every card, after an interview."""
    here = await begins(stage, name, **look)
    await here.slack.chooses("How far did it get?", "Interview or task")
    await expect(here.thread.get_by_text(english().card("be_professional", "interview").body)).to_be_visible()
    await here.presses("Show all steps")
    await expect(here.thread.get_by_role("button", name="Make my plan")).to_be_visible()
    await here.thread.get_by_role("heading", name="Thread").focus()
    return here
