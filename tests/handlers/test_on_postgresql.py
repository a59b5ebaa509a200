"""The same main job with PostgreSQL under it: what differs is the database and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot import schema
from bot.app import build
from bot.exceptions import Refusal
from bot.sandbox.slack import Slack
from bot.settings import read
from bot.vault import new_key
from tests.handlers.kept_words import MAYA
from tests.handlers.test_check_ins import check_ins
from tests.living import LivingBot


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path, postgres_database: str) -> AsyncIterator[LivingBot]:
    engine = create_engine(postgres_database)
    schema.upgrade(engine)
    engine.dispose()
    bot = LivingBot(slack, tmp_path, database_url=postgres_database, encryption_key=new_key())
    await bot.start()
    yield bot
    await bot.stop()


async def test_a_thread_four_check_ins_and_an_end(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech, Analyst")
    await bot.settles()
    for label in ("Done", "Not now", "Done", "Done"):
        await slack.presses(label)
        await bot.settles()
    assert "You went through all four" in slack.dm("maya")[0].text
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4


async def test_the_same_words_again_stop_and_delete(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.types("/rejected Initech")
    await slack.types("/rejected stop")
    await bot.settles()
    assert len([each for each in slack.dm("maya") if not each.is_reply]) == 1
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await bot.onward.erasing.run()
    assert slack.dm("maya") == [] and await bot.ledger() == {}


async def test_several_noes_make_one_short_thread_one_message_a_week_and_go_together(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.presses("I've had many")
    await slack.submits({"One a line: Company, Role": "Initech\nHooli\nGlobex"})
    await bot.settles()
    assert slack.dm("maya")[0].text.startswith("Another no.")
    await slack.types("/rejected Umbrella")
    await slack.advances("8d")
    (digest,) = check_ins(slack)
    assert "Still open: Close the loop kindly." in digest.text
    await slack.presses("Remove this", ts=slack.dm("maya")[0].ts)
    await bot.settles()
    journeys = await bot.onward.tools.store.journeys.recent(MAYA, limit=9)
    assert [each.name for each in journeys] == ["Umbrella"] and journeys[0].short


def test_an_old_schema_is_refused_with_the_remedy(postgres_database: str) -> None:
    settings = read(
        slack_bot_token="xoxb-1", slack_signing_secret="shh", database_url=postgres_database, encryption_key=new_key()
    )
    with pytest.raises(Refusal, match="db upgrade"):
        build(settings)
