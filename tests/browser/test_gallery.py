"""The gallery in a browser, as `python -m bot content preview` opens it: what is shown, chosen, edited and broken."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.conftest import NARROW, WIDE, serious
from tests.messages.gallery import ROOMS, english

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
ANNOUNCED = "Gallery: "
TO_START_S, TO_END_S = 60, 10
DRAWN_MS = 30_000  # most rooms take a tenth of a second


@dataclass
class Preview:
    address: str
    words: Path
    browser: Browser
    trouble: list[str] = field(default_factory=list)

    async def opens(self, query: str = "", **look: Any) -> Page:
        context = await self.browser.new_context(viewport=look.pop("size", WIDE), reduced_motion="reduce", **look)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)
        await page.goto(self.address + query)
        return page

    def writes(self, name: str, text: str) -> None:
        path = self.words / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Preview]:
    """The command as an operator types it, with a folder of their own words. It runs through everything below."""
    words = tmp_path_factory.mktemp("words")
    command = (sys.executable, "-m", "bot", "content", "preview", "--no-open", "--words-dir", str(words))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), TO_START_S)).decode()
    assert line.startswith(ANNOUNCED), line
    yield Preview(line.removeprefix(ANNOUNCED).strip(), words, browser)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), TO_END_S) == 0


@pytest_asyncio.fixture(loop_scope="session")
async def preview(shown: Preview) -> AsyncIterator[Preview]:
    """Nobody has words of their own yet."""
    for folder in shown.words.iterdir():
        shutil.rmtree(folder)
    yield shown
    for context in list(shown.browser.contexts):
        await context.close()
    assert shown.trouble == []


def pictures(page: Page) -> Locator:
    return page.locator("main > article")


async def names_of(page: Page) -> list[str]:
    return await pictures(page).locator("> header h2").all_inner_texts()


async def test_every_room_can_be_seen_with_its_notifications_and_its_json(preview: Preview) -> None:
    page = await preview.opens()
    rooms = page.get_by_label("Show", exact=True)
    await expect(rooms.locator("option")).to_have_text(["Everything", *ROOMS])
    for name in ROOMS:
        await rooms.select_option(name)
        await expect(page.get_by_role("main")).not_to_have_attribute("aria-busy", "true", timeout=DRAWN_MS)
        await expect(pictures(page).first.locator(".kind")).to_contain_text(name)
        assert await page.locator(".unknown").count() == 0, name
    await rooms.select_option("answers")
    answer = pictures(page).first
    await expect(answer.get_by_text("Only visible to you")).to_be_visible()
    await expect(answer.locator(".notification")).to_contain_text(english().phrase("rejected.pointer"))
    await expect(answer.locator("pre")).to_have_count(0)
    await answer.get_by_text("JSON", exact=True).click()
    assert json.loads(await answer.get_by_label("JSON").inner_text())["blocks"]


async def test_a_stage_shows_what_depends_on_it_and_stays_in_the_address(preview: Preview) -> None:
    page = await preview.opens("?room=cards")
    await page.get_by_label("Stage").select_option(label="final round")
    body = english().card("be_professional", "final_round").body
    await expect(pictures(page).first.locator(".canvas").get_by_text(body)).to_be_visible()
    titles = await names_of(page)
    assert all("final round" in title for title in titles) and len(titles) >= 4
    await page.reload()
    await expect(page.get_by_label("Stage")).to_have_value("final_round")
    await expect(pictures(page).first).to_be_visible()
    assert await names_of(page) == titles


async def test_every_state_is_more_and_comes_in_portions(preview: Preview) -> None:
    page = await preview.opens("?room=home")
    await expect(pictures(page).first).to_be_visible()
    few = await pictures(page).count()
    await page.get_by_label("Every state").check()
    more = page.get_by_role("button", name="Show more")
    await more.click()
    await expect(pictures(page).nth(40).locator("> header h2")).to_be_focused()
    assert await pictures(page).count() > max(few, 40)


async def test_a_button_in_a_picture_does_nothing_and_a_menu_shows_its_options(preview: Preview) -> None:
    page = await preview.opens("?room=cards")
    card = pictures(page).first
    await card.get_by_role("button", name="How far did it get?").click()
    await expect(page.get_by_role("option", name="Final round", exact=True)).to_be_visible()
    await page.keyboard.press("Escape")
    await card.get_by_role("button", name="Show all steps").click()
    await expect(page.get_by_text("A picture: nothing was sent.")).to_be_visible()


async def test_an_edited_word_shows_on_reload(preview: Preview) -> None:
    page = await preview.opens("?room=answers")
    await expect(pictures(page).first).to_contain_text(english().phrase("rejected.pointer"))
    preview.writes("phrases.toml", '[rejected]\npointer = "Your own thread is ready for you."\n')
    await page.reload()
    await expect(pictures(page).first).to_contain_text("Your own thread is ready for you.")


async def test_a_language_of_the_operators_own_can_be_chosen(preview: Preview) -> None:
    region = preview.words / "en-GB" / "phrases.toml"
    region.parent.mkdir()
    region.write_text('[rejected]\npointer = "Your private thread is there, whenever you fancy."\n', encoding="utf-8")
    page = await preview.opens("?room=answers")
    await page.get_by_label("Language").select_option("en-GB")
    await expect(pictures(page).first).to_contain_text("whenever you fancy")


async def test_broken_words_are_told_in_place_of_the_gallery_until_they_are_mended(preview: Preview) -> None:
    preview.writes("phrases.toml", '[rejected]\npointer = "Stay strong.\n')
    page = await preview.opens("?room=answers")
    finding = page.get_by_role("listitem")
    await expect(finding.first).to_contain_text("phrases.toml:2")
    await expect(finding.first).to_contain_text("The TOML is not valid")
    await expect(finding.first).to_contain_text("with every quote closed")
    await expect(pictures(page)).to_have_count(0)
    assert await serious(page) == []
    preview.writes("phrases.toml", '[rejected]\npointer = "Stay strong."\n')
    await page.get_by_role("button", name="Reload").click()
    await expect(finding.first).to_contain_text("is a banned phrase")
    preview.writes("phrases.toml", '[rejected]\npointer = "It is there."\n')
    await page.get_by_role("button", name="Reload").click()
    await expect(pictures(page).first).to_contain_text("It is there.")


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"size": NARROW}], ids=["light", "dark", "narrow"])
async def test_axe_finds_nothing_serious_in_the_gallery(preview: Preview, look: dict[str, Any]) -> None:
    found = []
    for room in ("direct messages", "forms", "home"):
        page = await preview.opens(f"?room={room}", **look)
        await expect(pictures(page).first).to_be_visible()
        found += await serious(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{room} is too wide"
    assert found == []
