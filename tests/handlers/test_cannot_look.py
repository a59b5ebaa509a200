"""A post whose answer was lost, and nobody can look whether it arrived: what is done then, and how often."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.handlers.test_slack_fails import CARD, CHECK_IN, SETTLED, check_ins, posts, until_ledger
from tests.living import QUICK, LivingBot


@pytest.mark.parametrize(("posted", "copies"), [("http_500_before", 1), ("http_500_after", 2)])
async def test_where_nobody_can_look_a_parent_is_posted_once_more(
    slack: Slack, bot: LivingBot, posted: str, copies: int
) -> None:
    slack.fault("chat.postMessage", posted)
    slack.fault("conversations.history", "http_500_before", count=3)
    await slack.types("/rejected Initech")
    await until_ledger(slack, bot, CARD, {"sent": 1})
    assert len([each for each in slack.dm("maya") if not each.is_reply]) == copies and looks(slack) == 3


async def test_where_nobody_can_look_a_card_is_posted_once_more_and_never_a_third_time(
    slack: Slack, bot: LivingBot
) -> None:
    slack.fault("conversations.replies", "http_500_before", count=6)
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", "http_500_after", count=2)
    await slack.presses("Done")
    await until_ledger(slack, bot, CARD, {"sent": 1, "unknown": 1})
    assert len(slack.dm("maya")) == 4 and (await bot.ledger())[(CARD, "unknown", "could_not_look")] == 1


@pytest.mark.parametrize(("posted", "copies"), [("http_500_before", 0), ("http_500_after", 1)])
async def test_where_nobody_can_look_a_check_in_is_unknown_and_not_sent_again(
    slack: Slack, bot: LivingBot, posted: str, copies: int
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", posted)
    slack.fault("conversations.history", "http_500_before", count=3)
    await slack.advances_to_next()
    await until_ledger(slack, bot, CHECK_IN, {"unknown": 1, "planned": 3})
    assert len(check_ins(slack)) == copies and (await bot.ledger())[(CHECK_IN, "unknown", "could_not_look")] == 1


@pytest.mark.parametrize(
    ("posted", "came", "ends"), [("http_500_before", 0, "cancelled"), ("http_500_after", 1, "sent")]
)
async def test_a_check_in_in_doubt_when_stop_comes_is_looked_for_and_not_sent_again(
    slack: Slack, bot: LivingBot, posted: str, came: int, ends: str
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", posted)
    await slack.advances_to_next()
    await slack.types("/rejected stop")
    await until_ledger(slack, bot, CHECK_IN, dict(Counter(["cancelled"] * 3 + [ends])))
    assert len(check_ins(slack)) == came and looks(slack) == 1


@pytest.mark.parametrize("kind", ["rate_limited", "error:missing_scope"])
async def test_row_16_where_history_is_limited_a_check_in_is_unknown_and_not_sent_again(
    slack: Slack, bot: LivingBot, kind: str
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", "http_500_after")
    slack.fault("conversations.history", kind, count=3, retry_after=1)
    await slack.advances_to_next()
    await until_ledger(slack, bot, CHECK_IN, {"unknown": 1, "planned": 3})
    assert len(check_ins(slack)) == 1 and looks(slack) == 3


async def test_row_16_a_look_waits_as_long_as_slack_asks_and_finds_it_then(slack: Slack, bot: LivingBot) -> None:
    """Apps that are sold outside the Marketplace may look once a minute."""
    slack.fault("chat.postMessage", "http_500_after")
    slack.fault("conversations.history", "rate_limited", retry_after=3)
    await slack.types("/rejected Initech")
    await until_ledger(slack, bot, CARD, {"sent": 1})
    refused, found = [each.at for each in slack.calls if each.method == "conversations.history"]
    assert found - refused > 2 and len(slack.dm("maya")) == 2


async def test_rounds_at_the_same_time_look_once_and_post_once(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "http_500_before")
    slack.fault("conversations.history", "late", count=9, seconds=0.25)
    await slack.types("/rejected Initech")
    while looks(slack) == 0:
        await bot.onward.delivery.sweep()
        await slack.platform.changes.after(slack.platform.changes.seq, 0.05)
    await until_ledger(slack, bot, CARD, {"sent": 1})
    assert looks(slack) == 1 and len(posts(slack)) == 3 and len(slack.dm("maya")) == 2


async def test_a_look_that_hangs_delays_nobodys_thread(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, pace=replace(QUICK, timeout=8))
    await bot.start()
    slack.fault("chat.postMessage", "http_500_before")
    slack.fault("conversations.history", "hang", seconds=6)
    await slack.types("/rejected Initech")
    await slack.until(lambda: looks(slack), SETTLED)
    await slack.types("/rejected Initech", "sam")
    await slack.until(lambda: len(slack.dm("sam")) == 2, timeout=3)
    await bot.settles()
    await bot.stop()


def looks(slack: Slack) -> int:
    return len([each for each in slack.calls if each.method == "conversations.history"])
