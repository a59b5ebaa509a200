"""Whoever is gone is forgotten, with the bot's messages; nobody is cut off in the middle."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from bot.sandbox.slack import Slack
from tests.handlers.kept_words import MAYA
from tests.handlers.test_private import bots_own, files, found, no_row_and_no_byte
from tests.living import QUICK, LivingBot


async def forgets(bot: LivingBot) -> None:
    await bot.onward.retention.run()
    await bot.onward.erasing.run()


async def keeps(bot: LivingBot, days: int) -> None:
    now = bot.onward.tools.clock.now()
    await bot.onward.tools.store.centers.change(MAYA.team, "check_ins", {"retention_days": days}, now=now)


async def test_after_half_a_year_without_a_sign_everything_goes(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await slack.types("/rejected Zanzibarium, Quokkaherder")
    await slack.advances("179d")
    await forgets(bot)
    assert await bot.onward.tools.store.journeys.recent(MAYA, limit=1) and bots_own(slack)
    await slack.advances("3d")
    await forgets(bot)
    await slack.until(lambda: not bots_own(slack), timeout=20)
    await no_row_and_no_byte(bot, tmp_path)
    assert not found(["Zanzibarium"], files(tmp_path))


async def test_one_press_in_between_counts_as_a_sign(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances("100d")
    await slack.opens_home()
    await bot.settles()
    await slack.advances("100d")
    await forgets(bot)
    assert await bot.onward.tools.store.journeys.recent(MAYA, limit=1)


async def test_a_sign_is_noted_before_the_process_ends(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, pace=replace(QUICK, noting=600))
    await bot.start()
    await slack.types("/rejected Initech")
    await bot.stop()
    with closing(sqlite3.connect(bot.database)) as database:
        assert database.execute("SELECT active_at IS NOT NULL FROM members").fetchall() == [(1,)]


async def test_a_change_of_profile_is_no_sign(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances("170d")
    await slack.changes_profile("maya", tz="Asia/Tokyo")
    await slack.advances("20d")
    await forgets(bot)
    assert not await bot.onward.tools.store.journeys.recent(MAYA, limit=1)


async def test_a_short_limit_never_cuts_a_running_series(slack: Slack, bot: LivingBot) -> None:
    await keeps(bot, 7)
    await slack.types("/rejected Initech")
    await slack.advances("9d")
    await forgets(bot)
    assert await bot.onward.tools.store.check_ins.upcoming(MAYA)
    await slack.advances("12d")
    await forgets(bot)
    assert not await bot.onward.tools.store.journeys.recent(MAYA, limit=1)


async def test_whose_last_sign_nobody_noted_counts_from_now(slack: Slack, bot: LivingBot) -> None:
    """Rows from before the day was kept."""
    await slack.types("/rejected Initech")
    await bot.settles()
    unknown = text("UPDATE members SET active_at = NULL")
    await bot.onward.tools.store.database.write(lambda connection: connection.execute(unknown))
    await slack.advances("170d")
    await forgets(bot)
    await slack.advances("170d")
    await forgets(bot)
    assert await bot.onward.tools.store.journeys.recent(MAYA, limit=1)


async def test_the_page_says_how_long_it_is_here(slack: Slack, bot: LivingBot) -> None:
    await keeps(bot, 30)
    await slack.types("/rejected privacy")
    assert "After 30 days without a sign of you" in slack.ephemerals("maya")[-1].text
