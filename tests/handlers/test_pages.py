"""What a browser sees at PUBLIC_URL: words of ours, nothing from elsewhere, and a reason for every permission."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.slack import Slack
from tests.living import LivingBot

ROOT = Path(__file__).parents[2]
SCOPES = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]["bot"]
PAGES = ("/", "/privacy", "/support")


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[LivingBot]:
    """Behind a proxy that leads ``/onward`` here, as it is or cut off."""
    bot = LivingBot(
        slack, tmp_path, public_url="https://example.org/onward", operator_contact="help@example.org",
        operator_name="Cats & <Dogs>",
    )  # fmt: skip
    await bot.start()
    yield bot
    await bot.stop()


async def page(bot: LivingBot, path: str, **headers: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}{path}", headers=headers) as answer:
        assert answer.status == 200 and answer.content_type == "text/html"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        return await answer.text()


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_asks_for_nothing_and_leads_on(slack: Slack, bot: LivingBot, path: str) -> None:
    text = await page(bot, path)
    assert not re.findall(r"(?:src|action)=|<script|<link|<img|url\(|@import", text)
    assert re.findall(r'href="([^"]+)"', text)[-3:] == ["/onward", "/onward/privacy", "/onward/support"]
    assert "Cats & <Dogs>" not in text and "{" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    assert text.count("<h1>") == 1 and '<html lang="en">' in text


@pytest.mark.parametrize("path", ["", *PAGES])
async def test_the_path_of_the_public_address_may_be_cut_off_or_not(slack: Slack, bot: LivingBot, path: str) -> None:
    assert await page(bot, f"/onward{path}") == await page(bot, path or "/")


async def test_slack_reaches_the_bot_below_the_path_too(slack: Slack, bot: LivingBot) -> None:
    assert await slack.connect(f"{bot.url}/onward/slack/events", f"{bot.url}/_sandbox/clock")
    assert (await slack.types("/rejected Initech")).text.startswith("I'm sorry")


@pytest.mark.parametrize("scope", SCOPES)
async def test_every_permission_has_its_reason(slack: Slack, bot: LivingBot, scope: str) -> None:
    assert re.search(rf"<dt><code>{scope}</code>( \(optional\))?</dt><dd>[A-Z][^<]{{20,}}</dd>", await page(bot, "/"))


async def test_privacy_says_what_members_read_and_when_a_workspace_is_forgotten(slack: Slack, bot: LivingBot) -> None:
    text = await page(bot, "/privacy")
    assert "could read what is stored" in text and "After 7 days every row" in text
    assert "Cats &amp; &lt;Dogs&gt;" in text and 'href="mailto:help@example.org"' in text


async def test_a_language_nobody_wrote_is_english(slack: Slack, bot: LivingBot) -> None:
    for said in ("kl,en;q=0.5", "", "x" * 5000, "../../etc/passwd"):
        assert await page(bot, "/", **{"Accept-Language": said}) == await page(bot, "/")
