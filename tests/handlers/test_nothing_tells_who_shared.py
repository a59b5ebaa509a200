"""The same story twice, once told by Maya and once by Noor, who lives elsewhere: nobody else sees any difference.

Every page of staff, every message others get, each answer of the command line, the metrics, the log, the copies of
members, and the database without its key.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp

import aiohttp
import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from bot.vault import new_key
from tests.handlers.shared import (
    CALLED,
    approves,
    chores,
    later,
    letters,
    opens_form,
    opens_queue,
    posts,
    replies,
    shares,
    shown,
    with_a_community,
)
from tests.living import ROOMY, WEDNESDAY, LivingBot
from tests.process import CHECKOUT

AUTHORS = {"maya": "U0MAYA00001", "noor": "U0NOOR00001"}
COMPANY = {"maya": "Zyxcorp", "noor": "Quuxworks"}
TYPED = "I heard from {company} on Monday. My gnu and I went for a walk."
READER, ANSWER = "sam", "The gnu is right."
COMMANDS = (
    ("deliveries",), ("deliveries", "--list", "--most", "400"), ("deliveries", "--json"), ("doctor",),
    ("staff", "list"),
)  # fmt: skip
# What differs from run to run, whoever shares.
CHANGING = re.compile(r"[0-9a-f]{16,}|gAAAA[\w=-]+|\b\d{10}\.\d{6}\b|D[A-Z0-9]{8,}|'block_id': '\w+'|127\.0\.0\.1:\d+")


@asynccontextmanager
async def living(folder: Path) -> AsyncIterator[tuple[Slack, LivingBot]]:
    clock = SandboxClock(WEDNESDAY)
    async with Slack.open(clock=clock, rates=ROOMY, retry_delays=(0.05, 0.05, 0.05)) as slack:
        bot = LivingBot(slack, folder, encryption_key=new_key())
        await bot.start()
        try:
            yield slack, bot
        finally:
            await bot.stop()


async def both_are_members(slack: Slack, bot: LivingBot) -> None:
    """Each has a thread of their own, and has been on Home that day."""
    for who in AUTHORS:
        await slack.types(f"/rejected {COMPANY[who]}", who)
        await slack.opens_home(who)
        await bot.settles()


async def story(slack: Slack, bot: LivingBot, author: str) -> dict[str, str]:
    """Everything that anybody else can look at, at each of its turns."""
    seen: dict[str, str] = {}
    await with_a_community(slack, bot)
    await both_are_members(slack, bot)
    await chores(slack, bot)  # what follows from the settings is done
    await shares(slack, bot, TYPED.format(company=COMPANY[author]), author)
    await looked_at(slack, bot, seen, "shared")
    await later(slack, bot, "90m")
    await opens_queue(slack, bot)
    seen["queue"] = shown(slack, "alex")
    await slack.closes_all("alex")
    await looked_at(slack, bot, seen, "in the queue")
    await approves(slack, bot)
    await later(slack, bot, "7h")
    await later(slack, bot, "14h")
    await replies(slack, bot, ANSWER, posts(slack)[0], READER)
    await looked_at(slack, bot, seen, "answered")
    await slack.presses("Show it to staff", author, ts=letters(slack, "Somebody answers", who=author)[0].ts)
    await later(slack, bot, "90m")
    await opens_queue(slack, bot)
    seen["queue with an answer"] = shown(slack, "alex")
    await slack.presses("Mute who wrote it", "alex")
    await slack.closes_all("alex")
    await later(slack, bot, "13m")
    await looked_at(slack, bot, seen, "muted")
    await opens_form(slack, bot, author)
    await slack.presses("Take back 1", author)
    await slack.closes_all(author)
    await bot.onward.erasing.run()
    await bot.settles()
    await looked_at(slack, bot, seen, "taken back")
    return seen


async def looked_at(slack: Slack, bot: LivingBot, seen: dict[str, str], when: str) -> None:
    looked = {**await of_staff(slack, bot), **in_the_database(bot)}
    if when == "answered":  # then there is one of everything
        looked |= await of_operators(bot)
    seen |= {f"{name}, {when}": text for name, text in looked.items()}


async def of_staff(slack: Slack, bot: LivingBot) -> dict[str, str]:
    """Home, the page, every form on it, the numbers, their messages, the channel."""
    await slack.opens_home("alex")
    await bot.settles()
    home = slack.home("alex")
    pages = {"home": str(home.blocks) if home else ""}
    await slack.presses("Career center", "alex")
    pages["page"] = shown(slack, "alex")
    for part in ("Staff", "Numbers", "Channel", "On and off", "Coaches", "Lines and links"):
        await slack.presses(part, "alex")
        pages[part] = shown(slack, "alex")
        await slack.closes("alex")
    await slack.closes_all("alex")
    for who in ("alex", "robin"):
        pages[f"messages of {who}"] = str([(each.text, each.blocks) for each in slack.dm(who)])
    pages["channel"] = str([(each.text, each.blocks) for each in slack.messages("job-search") if CALLED in each.text])
    return pages


async def of_operators(bot: LivingBot) -> dict[str, str]:
    told = await asyncio.to_thread(commands, bot)
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    told["metrics"] = "\n".join(each.rpartition(" ")[0] for each in lines if "sharing" in each)
    return told


def commands(bot: LivingBot) -> dict[str, str]:
    chosen = bot.settings()
    assert chosen.encryption_key and chosen.slack_signing_secret and chosen.slack_bot_token
    given = {
        "PATH": "/usr/bin:/bin", "PYTHONPATH": str(CHECKOUT), "DATABASE_URL": chosen.database_url,
        "ENCRYPTION_KEY": chosen.encryption_key.get_secret_value(),
        "SLACK_SIGNING_SECRET": chosen.slack_signing_secret.get_secret_value(),
        "SLACK_BOT_TOKEN": chosen.slack_bot_token.get_secret_value(), "SLACK_API_URL": chosen.slack_api_url,
    }  # fmt: skip
    copies = tuple(("export", user, "--print") for user in AUTHORS.values())
    told = {}
    for asked in (*COMMANDS, *copies):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", *asked], cwd=bot.database.parent, env=given, capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip
        told[f"command {' '.join(asked)}"] = ran.stdout + ran.stderr
    return told


def in_the_database(bot: LivingBot) -> dict[str, str]:
    """Every row, as whoever has the file and no key reads it."""
    with sqlite3.connect(bot.database) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: [str(row) for row in database.execute(f"SELECT * FROM {table}")] for table in tables}
    rows.pop("audits", None)  # written by the copies that were printed here
    return {f"table {table}": "\n".join(sorted(map(alike, found))) for table, found in rows.items()}


def alike(text: str) -> str:
    return CHANGING.sub("#", text)


def without_times(text: str) -> str:
    """Drawn times differ from run to run, and so does how late something was."""
    without = re.sub(r"[ \t]+", " ", re.sub(r"\d+", "0", alike(text)))
    return re.sub(r"\b0(\.0)? (s|min|h)\b", "late", without)


def compared(seen: dict[str, str]) -> dict[str, Counter[str]]:
    """Line by line: the order of a list goes by names that are drawn. Of threads it is chance how often they were
    redrawn; nobody opens one in this story after it has begun.
    """
    lines = {name: without_times(text).splitlines() for name, text in seen.items()}
    return {name: Counter(line for line in found if "thread." not in line) for name, found in lines.items()}


async def told_by(author: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, str]:
    capfd.readouterr()
    async with living(folder) as (slack, bot):
        seen = await story(slack, bot, author)
    return seen | {"log": "\n".join(capfd.readouterr())}


async def test_whoever_shares_nobody_else_can_see_a_difference(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told = {author: await told_by(author, Path(mkdtemp(dir=tmp_path)), capfd) for author in AUTHORS}
    one, other = (compared(told[author]) for author in AUTHORS)
    assert one.keys() == other.keys() and len(one) > 60
    differing = [f"{name}: {one[name] - other[name]} against {other[name] - one[name]}"
                 for name in one if name != "log" and one[name] != other[name]]  # fmt: skip
    assert differing == []
    for author, seen in told.items():
        assert named_in(author, seen) == []
        assert "gnu" in seen["queue"] and any("gnu" in seen[name] for name in seen if name.startswith("channel"))


def named_in(author: str, seen: dict[str, str]) -> list[str]:
    """Where who it was, or their company, stands beside what was shared; and in the log at all."""
    secrets = (AUTHORS[author], author.capitalize(), COMPANY[author], "gnu")
    in_the_log = [f"{secret} in the log" for secret in secrets if secret in seen["log"]]
    return in_the_log + [
        f"{secret} in {name}" for name, text in seen.items() for secret in secrets for line in text.splitlines()
        if secret in line and ("sharing" in line or "without a name" in line) and not is_the_post(name, secret)
    ]  # fmt: skip


def is_the_post(name: str, secret: str) -> bool:
    """The words themselves, where they may be read."""
    return secret == "gnu" and name.startswith(("queue", "channel"))
