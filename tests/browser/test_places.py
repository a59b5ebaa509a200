"""Where people meet beside the app's own DM: channels, group messages, shared files, another workspace."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.casts import HILLSIDE
from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.browser.conftest import MANIFEST, MONDAY, Stage, serious
from tests.browser.small_bot import small_bot

pytestmark = pytest.mark.asyncio(loop_scope="session")
MAYA, ALEX = "U0MAYA00001", "U0ALEX00001"
WORDS = "company,stage\nInitech,final_round\n"
SCOPES = ("mpim:write", "files:write", "channels:join", "channels:read")
CLAIM: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Maya would like to talk about an interview."}},
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "claim", "text": {"type": "plain_text", "text": "I take it"}}],
    },
]


def able(*scopes: str) -> dict[str, Any]:
    """Our own manifest with more scopes."""
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    manifest["oauth_config"]["scopes"]["bot"] += scopes
    return manifest


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    """A small bot that may also open group DMs, join channels and share files."""
    heard: list[Any] = []
    async with (
        Slack.open(manifest=able(*SCOPES), clock=SandboxClock(MONDAY), socket_mode=False) as slack,
        small_bot(slack, heard) as address,
    ):
        await slack.connect(address)
        here = Stage(slack, heard, browser, [])
        yield here
        for context in list(browser.contexts):
            await context.close()
    assert here.trouble == []


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


async def test_a_coach_and_a_member_meet_in_a_group_message(stage: Stage) -> None:
    group = (await client(stage.slack).conversations_open(users=[MAYA, ALEX]))["channel"]["id"]
    await client(stage.slack).chat_postMessage(channel=group, text="Somebody would like to talk.", blocks=CLAIM)
    page = await stage.opens()
    await page.get_by_label("Act as").select_option(label="Alex")
    await page.get_by_role("link", name="Maya, Onward 1 unread").click()
    await expect(page.get_by_role("heading", name="Alex, Maya")).to_have_count(0)
    await expect(page.get_by_role("heading", name="Maya, Onward")).to_be_visible()
    await page.get_by_role("button", name="I take it").click()
    await page.get_by_role("textbox", name="Message Maya, Onward").fill("Hello Maya, shall we talk tomorrow?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("shall we talk tomorrow")).to_be_visible()
    assert await serious(page) == []
    await page.get_by_label("Act as").select_option(label="Sam")
    await expect(page.get_by_role("link", name="Onward")).to_have_count(1)  # the app alone
    await page.get_by_label("Act as").select_option(label="Maya")
    await page.get_by_role("link", name="Alex, Onward").click()
    await expect(page.get_by_text("shall we talk tomorrow")).to_be_visible()


async def test_the_bot_is_invited_into_a_channel_and_sent_away_again(stage: Stage) -> None:
    page = await stage.opens("#/c/C0JOBSEARCH")
    box = page.get_by_role("textbox", name="Message #job-search")
    await box.fill("/invite @onward")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("6 members")).to_be_visible()
    await client(stage.slack).chat_postMessage(channel="C0JOBSEARCH", text="Three ways to ask for feedback")
    await expect(page.get_by_text("Three ways to ask")).to_be_visible()
    await box.fill("/remove @onward")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("5 members")).to_be_visible()


async def test_a_file_in_the_dm_can_be_taken_away(stage: Stage) -> None:
    slack = stage.slack
    dm = (await client(slack).conversations_open(users=MAYA))["channel"]["id"]
    await client(slack).files_upload_v2(
        channel=dm, content=WORDS, filename="onward.csv", title="What is stored about you", initial_comment="Yours."
    )
    page = await stage.opens("#/app/messages")
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="What is stored about you").click()
    saved = await saving.value
    assert saved.suggested_filename == "onward.csv"
    assert read(await saved.path()) == WORDS
    assert await serious(page) == []


async def test_the_page_leads_to_another_workspace_and_acts_there(stage: Stage) -> None:
    hillside = stage.slack.opens_workspace(installed=True)
    page = await stage.opens()
    await page.locator("#workspace").select_option(label="Hillside Alumni")
    await page.wait_for_url(f"**/?team={HILLSIDE.team}")
    await page.get_by_label("Act as").select_option(label="Omar")
    await page.get_by_role("textbox", name="Message #general").fill("Hello from Hillside")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Hello from Hillside")).to_be_visible()
    assert hillside.messages("general")[-1].text == "Hello from Hillside"
    assert await serious(page) == []
