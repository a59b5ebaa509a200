"""The crash matrix, rows 1 to 8: the process dies before, in and after every step of a delivery, or is asked to end."""

import time

import pytest

from tests.crash.check_in_due import ARRIVES, check_ins, falls_due, is_there_once
from tests.crash.oracle import Oracle
from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess

KILLED = -9
SPREAD = 1200  # seconds either way by which members' check-ins lie apart
TOLD = "No more check-ins"


async def test_row_01_killed_before_the_commit_nothing_is_there_by_half(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    await bot.kill()
    await bot.dies_at("planning")
    assert not (await slack.types("/rejected Hooli", "noor")).ok
    assert await bot.died() == KILLED
    await bot.start()
    assert slack.dm("noor") == [] and oracle.states().total() == 6  # maya's: a parent, a card, four check-ins
    assert (await slack.types("/rejected Hooli", "noor")).ok
    await slack.until(lambda: len(slack.dm("noor")) == 2)


async def test_row_01_killed_before_the_commit_slack_sends_the_event_again_and_it_counts_once(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    await bot.kill()
    await bot.dies_at("planning")
    await slack.says("stop", "maya")
    assert await bot.died() == KILLED
    await bot.start()
    await slack.sends_event_again("message")  # as it does for an hour; here when the bot is back
    await slack.until(lambda: any(TOLD in each.text for each in slack.dm("maya")), timeout=ARRIVES)
    assert sum(TOLD in each.text for each in slack.dm("maya")) == 1
    assert oracle.states()["cancelled"] == 4


async def test_row_02_killed_after_the_commit_it_is_sent_when_it_is_due(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    due = await slack.next_due()
    await bot.kill()
    slack.set_clock(due + 1)
    await bot.start()
    await is_there_once(slack, oracle)
    assert slack.called("conversations.history") == []


async def test_row_03_killed_with_the_workspace_leased_nothing_is_in_doubt(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    await dies(slack, bot, "leased")
    assert oracle.states()["sending"] == 0
    await bot.start()
    await is_there_once(slack, oracle)
    assert slack.called("conversations.history") == []


async def test_row_04_killed_after_the_write_ahead_it_is_looked_for_and_sent_once(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    await dies(slack, bot, "written_ahead")
    assert check_ins(slack) == [] and oracle.states()["sending"] == 1
    await bot.start()
    await is_there_once(slack, oracle)
    assert slack.called("conversations.history")


async def test_row_05_killed_after_slack_took_it_it_is_found_and_not_sent_again(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    await dies(slack, bot, "answered")
    assert len(check_ins(slack)) == 1 and oracle.states()["sending"] == 1
    await bot.start()
    await is_there_once(slack, oracle)
    assert slack.called("conversations.history") and len(slack.called("chat.postMessage")) == 3


async def test_row_06_killed_after_it_was_settled_nothing_happens(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    await dies(slack, bot, "settled")
    await bot.start()
    await is_there_once(slack, oracle)
    assert slack.called("conversations.history") == [] and len(slack.called("chat.postMessage")) == 3


@pytest.mark.parametrize("arrived", [False, True], ids=["absent", "there"])
@pytest.mark.parametrize("point", ["looking", "looked"])
async def test_row_07_killed_during_the_look_the_next_one_looks(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle, point: str, arrived: bool
) -> None:
    await dies(slack, bot, "answered" if arrived else "written_ahead")
    await bot.dies_at(point)
    assert await bot.died() == KILLED
    assert oracle.states()["sending"] == 1 and len(check_ins(slack)) == arrived
    await bot.start()
    await is_there_once(slack, oracle)


async def test_row_08_asked_to_end_in_the_middle_of_a_burst_it_hands_back_in_time(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    slack.enrols(8)
    for number in range(8):
        await slack.types("/rejected Hooli", f"m{number}")
    await slack.until(lambda: all(len(slack.dm(f"m{number}")) == 2 for number in range(8)))
    slack.fault("chat.postMessage", "late", count=3, seconds=0.2)
    await falls_due(slack, bot, await slack.next_due() + 2 * SPREAD)
    await slack.until(lambda: len(slack.called("chat.postMessage")) > 18)
    began = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - began < 10
    assert oracle.states()["sending"] == 0 and oracle.leased() == 0
    await bot.start()
    await slack.until(lambda: not oracle.unsettled(now=slack.unix()), timeout=ARRIVES)
    assert (oracle.twice(), oracle.lost(), slack.called("conversations.history")) == ([], [], [])


async def dies(slack: SlackProcess, bot: BotProcess, point: str) -> None:
    """A check-in falls due, and the process dies at that point of its way."""
    due = await slack.next_due()
    await bot.kill()
    await bot.dies_at(point)
    await falls_due(slack, bot, due)
    assert await bot.died() == KILLED
