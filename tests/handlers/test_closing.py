"""The end of an installation: members are told once, at a good hour, with their copy; then everything goes."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.clock import Clock
from bot.exceptions import Refusal
from bot.sandbox.slack import Slack
from tests.living import LivingBot

DAY = (Clock().now() + timedelta(days=60)).date().isoformat()


async def close(bot: LivingBot, *words: str) -> str:
    """As an operator types it beside the running bot."""
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0" * 32, "DATABASE_URL": f"sqlite:///{bot.database}",
    }  # fmt: skip

    def here() -> str:
        with contextlib.chdir(bot.database.parent):
            ran = CliRunner().invoke(app, ["close", *words], env=environment)
        if isinstance(ran.exception, Refusal):
            return f"refused: {ran.exception}"
        assert ran.exit_code == 0, ran.exception
        return ran.stdout

    return await asyncio.to_thread(here)


def notices(slack: Slack, name: str) -> list[str]:
    return [each.text for each in slack.dm(name) if "ends me here" in each.text]


async def begins(slack: Slack, bot: LivingBot, *names: str) -> None:
    for name in names:
        await slack.types("/rejected Initech", name)
    await bot.settles()


async def test_each_is_told_once_and_gets_a_copy_but_nobody_after_stop(slack: Slack, bot: LivingBot) -> None:
    await begins(slack, bot, "maya", "sam", "noor")
    await slack.types("/rejected stop", "noor")
    assert (await close(bot, "announce", "--on", DAY)).startswith("2 members are told")
    assert (await close(bot, "announce", "--on", DAY)).startswith("0 members are told")
    await slack.advances("3d")
    await slack.until(lambda: notices(slack, "maya") and notices(slack, "sam"), timeout=20)
    assert [len(notices(slack, name)) for name in ("maya", "sam", "noor")] == [1, 1, 0]
    assert "Riverside Career Center ends me here on" in notices(slack, "maya")[0]
    assert "Initech" not in notices(slack, "maya")[0] and "reject" not in notices(slack, "maya")[0].lower()
    assert "2 sent" in await close(bot, "status")


async def test_at_night_it_waits_for_the_morning(slack: Slack, bot: LivingBot) -> None:
    await begins(slack, bot, "maya")
    await slack.advances("11h")  # 22:00 in New York
    await close(bot, "announce", "--on", DAY)
    bot.onward.delivery.wake()
    await bot.settles()
    assert notices(slack, "maya") == []
    await slack.advances("13h")
    await slack.until(lambda: notices(slack, "maya"))


async def test_on_the_day_everything_goes_and_not_before(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await begins(slack, bot, "maya", "sam")
    assert "not announced" in await close(bot, "delete", "--yes")
    await close(bot, "announce", "--on", DAY)
    assert "announced for" in await close(bot, "delete", "--yes")
    said = await close(bot, "delete", "--yes", "--now")
    assert said.startswith("2 members are deleted") and "uninstall the app" in said
    await slack.until(lambda: not written_by_bot(slack), timeout=30)
    await slack.advances("30d")
    assert written_by_bot(slack) == 0
    assert "Members whose data is here: 0." in await close(bot, "status")


@pytest.mark.parametrize("day", ["2020-01-01", Clock().now().date().isoformat()])
async def test_a_day_that_is_over_is_refused(bot: LivingBot, day: str) -> None:
    assert "is not ahead of today" in await close(bot, "announce", "--on", day)


def written_by_bot(slack: Slack) -> int:
    told = [each for name in ("maya", "sam") for each in slack.dm(name)]
    return sum(each.user == slack.bot_user_id for each in told)


async def test_home_says_the_day_also_to_who_pressed_stop(slack: Slack, bot: LivingBot) -> None:
    await begins(slack, bot, "noor")
    await slack.types("/rejected stop", "noor")
    await slack.opens_home("noor")
    await bot.settles()
    assert "ends me here" not in str(slack.home("noor"))
    await close(bot, "announce", "--on", DAY)
    await slack.opens_home("noor")
    await slack.until(lambda: "Riverside Career Center ends me here on" in str(slack.home("noor")), timeout=20)
    assert "Get a copy" in str(slack.home("noor"))
