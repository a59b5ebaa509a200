"""A message that cannot be put into words, by a fault of ours: it stops nothing else, and is not tried for ever."""

import sqlite3

from bot.sandbox.slack import Slack
from tests.handlers.test_check_ins import check_ins
from tests.handlers.test_wrong_clock import nothing_waits
from tests.living import LivingBot

CHECK_IN = "check_ins.check_in"


async def test_a_check_in_without_words_stops_nobody_elses_and_fails_within_the_hour(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.types("/rejected Initech", "maya")
    await slack.types("/rejected Hooli", "noor")
    await bot.settles()
    breaks(bot, "UPDATE check_ins SET purpose = 'nobody knows it' WHERE user_id LIKE 'U0MAYA%'")
    await slack.advances("2d")
    await nothing_waits(slack, bot)
    assert len(check_ins(slack, "noor")) == 1 and check_ins(slack, "maya") == []
    assert (await bot.ledger())[CHECK_IN, "failed", "our_bug"] == 1


async def test_a_redraw_without_words_is_not_tried_for_ever(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.update", "rate_limited", retry_after=1)
    await slack.presses("Done")
    await bot.settles()
    breaks(bot, "UPDATE journeys SET sealed_company = 'nobody can read it'")
    await slack.advances("2h")
    await nothing_waits(slack, bot)
    assert (await bot.ledger())["thread.parent_redraw", "failed", "our_bug"] == 1


def breaks(bot: LivingBot, statement: str) -> None:
    with sqlite3.connect(bot.database) as database:
        assert database.execute(statement).rowcount
