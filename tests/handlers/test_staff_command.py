"""``python -m bot staff``: the first person of staff is named by whoever runs the bot."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.sandbox.slack import Slack
from tests.living import LivingBot

ALEX, ROBIN = "U0ALEX00001", "U0ROBIN0001"


async def staff(slack: Slack, bot: LivingBot, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    """As in another terminal, beside the bot that runs."""
    monkeypatch.chdir(Path(bot.database).parent)  # where no .env of the developer's lies
    environment = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{bot.database}",
    }  # fmt: skip
    return await asyncio.to_thread(CliRunner().invoke, app, ["staff", *words], env=environment)


async def test_somebody_is_named_by_name_or_id_listed_and_taken_off_again(
    slack: Slack, bot: LivingBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nobody is staff here yet" in (await staff(slack, bot, monkeypatch, "list")).output
    assert f"{ALEX} is staff now." in (await staff(slack, bot, monkeypatch, "add", "@alex")).output
    assert f"{ALEX} was staff already." in (await staff(slack, bot, monkeypatch, "add", ALEX)).output
    assert f"{ROBIN} is staff now." in (await staff(slack, bot, monkeypatch, "add", ROBIN)).output
    assert (await staff(slack, bot, monkeypatch, "list")).output.split() == [ALEX, ROBIN]
    assert f"{ALEX} is not staff any more." in (await staff(slack, bot, monkeypatch, "remove", "@alex")).output
    assert await bot.onward.tools.store.staff.of("T0RIVERSIDE") == [ROBIN]


@pytest.mark.parametrize("words", [("add", "@nobody"), ("remove", "@nobody")])
async def test_a_name_nobody_has_is_said_in_a_sentence(
    slack: Slack, bot: LivingBot, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    refused = await staff(slack, bot, monkeypatch, *words)
    assert "Nobody here is called @nobody" in str(refused.exception)
