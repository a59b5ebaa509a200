"""A whole day of a bot in a process of its own, then everything it wrote is searched for what nobody may read there."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
from cryptography.fernet import Fernet

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.living import ROOMY, WEDNESDAY
from tests.process import BotProcess

TICK = ["Yes, keep this"]
COMPANY, ROLE = "Zyxcorp Quux", "Chief Frobnicator"
KEPT = "I told the gnu story"
SAID, PLANNED, LEARNED = "my zebra ate the contract", "call aunt Xylia", "speak slower about qwixels"
KEY = Fernet.generate_key().decode()
METRICS = "metrics-token-zyx"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(clock=SandboxClock(WEDNESDAY), rates=ROOMY, retry_delays=(0.05, 0.05)) as slack:
        yield slack


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(slack, tmp_path, ENCRYPTION_KEY=KEY, METRICS_TOKEN=METRICS, SANDBOX_PACE="30")
    await bot.start()
    yield bot
    await bot.stop()


async def a_day(slack: Slack, bot: BotProcess) -> None:
    """Everything a member can tell the bot, and whatever can go wrong around it."""
    await slack.types(f"/rejected {COMPANY}, {ROLE}")
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await slack.presses("Show all steps")
    await slack.until(lambda: len(slack.dm("maya")) == 5)
    await tells(slack, "Three questions", {"keep": KEPT, "try": KEPT, "keep_it": TICK})
    await tells(slack, "Make my plan", {"act": PLANNED, "another_no": PLANNED, "keep_it": TICK})
    await tells(slack, "I got an answer", {"keep": LEARNED, "try": LEARNED, "keep_it": TICK})
    await tells(slack, "Draft a note", {"name": SAID})
    await slack.says(SAID)
    await slack.until(lambda: "automated helper" in slack.dm("maya")[-1].text)
    await trouble(slack, bot)
    for word in ("history", "privacy", "help", "export", "pause 2 weeks", "stop", "start", f"{COMPANY} again"):
        await slack.types(f"/rejected {word}")
    await slack.opens_home()
    await slack.advances_to_next()
    await slack.settles()


async def tells(slack: Slack, button: str, words: Mapping[str, object]) -> None:
    assert (await slack.presses(button)).ok
    assert (await slack.submits(dict(words))).ok
    slack.reloads()
    await slack.closes_all()


async def trouble(slack: Slack, bot: BotProcess) -> None:
    """Requests that are not Slack's, and a Slack that fails while words are on their way."""
    event = f'{{"type": "event_callback", "event": {{"text": "{SAID}"'.encode()
    await slack.sends("event", event)
    await slack.sends("command", {"command": "/rejected", "text": COMPANY}, secret="0" * 32)
    await slack.sends("command", {"command": "/rejected", "text": COMPANY, "user_id": SAID})
    await slack.sends(
        "interaction", {"type": "block_actions", "user": {"id": SAID}, "actions": [{"action_id": COMPANY}]}
    )
    for method, kind in (
        ("chat.postMessage", "http_500_after"),
        ("chat.update", "error:internal_error"),
        ("users.info", "cut_after"),
    ):
        slack.fault(method, kind)
    await slack.presses("Done")
    async with aiohttp.ClientSession() as session:
        for page in (f"{COMPANY}", "slack/oauth_redirect?code=" + SAID, "metrics?" + ROLE):
            await session.get(f"{bot.url}/{page}", headers={"Cookie": f"x={SAID}".replace(" ", "")})


async def pages(bot: BotProcess) -> dict[str, str]:
    """What it answers to whoever asks over HTTP."""
    found = {}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {METRICS}"}) as session:
        for page in ("metrics", "readyz", "healthz", "", "privacy", "support"):
            async with session.get(f"{bot.url}/{page}") as answer:
                found[f"/{page}"] = await answer.text()
    return found


def commands(bot: BotProcess) -> dict[str, str]:
    """What it tells the operator."""
    found = {}
    for asked in (["deliveries"], ["deliveries", "--list"], ["deliveries", "--json"], ["doctor"], ["staff", "list"]):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", *asked], cwd=bot.database.parent, env=bot.environment(), capture_output=True,
            text=True, check=False, timeout=60,
        )  # fmt: skip
        found[" ".join(asked)] = ran.stdout + ran.stderr
    return found


def database_of(folder: Path) -> bytes:
    """With its write-ahead log."""
    return b"".join(path.read_bytes() for path in folder.glob("onward.db*"))


async def test_nothing_it_writes_holds_a_word_a_secret_or_a_member(
    slack: Slack, bot: BotProcess, tmp_path: Path
) -> None:
    await a_day(slack, bot)
    told = await pages(bot) | await asyncio.to_thread(commands, bot)
    await slack.uninstalls()
    await slack.settles()
    assert await bot.stop() == 0
    told["log"] = bot.log.read_text()
    secrets = [slack.bot_token, slack.signing_secret, KEY, METRICS, slack.client_secret]
    words = [COMPANY, ROLE, KEPT, PLANNED, LEARNED, SAID]
    hits = [f"{word!r} in {name}" for name, text in told.items() for word in (*words, *secrets) if word in text]
    hits += [f"{user.id} in {name}" for name, text in told.items() for user in slack.platform.workspace.users.values()
             if user.id in text]  # fmt: skip
    kept = database_of(tmp_path)
    hits += [f"{word!r} in the database" for word in (*words, *secrets) if word.encode() in kept]
    assert not hits, hits
    assert any(COMPANY in str(each.blocks) for each in slack.dm("maya"))  # where they may be, the words are found
    sealed = kept.count(b"gAAAA")
    assert sealed >= 5 and len(told["log"].splitlines()) >= 5 and "onward_deliveries" in told["/metrics"]
    size = sum(map(len, told.values())) + len(kept)
    print(f"searched {size} bytes in {len(told) + 1} places for {len(words) + len(secrets)} words and secrets: 0 hits")  # noqa: T201
