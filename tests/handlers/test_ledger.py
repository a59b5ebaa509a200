"""``python -m bot deliveries``: an operator sees what is due, sent, late, skipped and why, and nobody's name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.living import LivingBot

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
async def told(slack: Slack, bot: LivingBot) -> LivingBot:
    """A thread, one check-in on time, one of them late, the rest stopped."""
    await slack.types("/rejected Initech, Analyst")
    await bot.settles()
    await slack.advances_to_next()
    await bot.settles()
    await slack.types("/rejected stop")
    await bot.settles()
    return bot


def deliveries(bot: LivingBot, *asked: str) -> str:
    settings = bot.settings()
    given = {"DATABASE_URL": settings.database_url, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh"}
    command = [sys.executable, "-m", "bot", "deliveries", *asked]
    environment = {"PATH": os.environ["PATH"], **given}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_counts_say_what_was_sent_how_late_and_why_not(told: LivingBot) -> None:
    rows = [line.split() for line in deliveries(told).splitlines()[1:]]
    assert ["thread.parent", "sent", "1", "0", "s", "0", "s"] in rows
    assert ["check_ins.check_in", "cancelled", "stopped", "3"] in rows
    assert any(row[:3] == ["check_ins.check_in", "sent", "1"] for row in rows)


async def test_lists_name_nobody(told: LivingBot) -> None:
    listed = deliveries(told, "--list", "--kind", "check_ins.check_in")
    assert len(listed.splitlines()) == 5 and "stopped" in listed
    assert not any(word in listed for word in ("Initech", "Analyst", "maya", "U0"))


async def test_for_machines(told: LivingBot) -> None:
    rows = json.loads(deliveries(told, "--json", "--state", "cancelled"))
    assert [(row["state"], row["reason"], row["count"]) for row in rows] == [("cancelled", "stopped", 3)]
    assert json.loads(deliveries(told, "--json", "--due")) == []
    assert {"due", "late", "who", "tries"} <= json.loads(deliveries(told, "--json", "--list"))[0].keys()
