"""A machine's clock that is wrong, and a database put back from a backup: nothing leaves that should not."""

import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.sandbox.slack import Slack
from bot.store.ledger import Wanted
from tests.handlers.test_check_ins import check_ins
from tests.living import LivingBot

DAY = 86400
CHECK_IN = "check_ins.check_in"
LOOKS = ("conversations.history", "conversations.replies")


class SetClock(Clock):
    """A machine whose clock somebody can set. Unlike the sandbox's, the bot has to take it as the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = 0.0

    def unix(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path, clock: SetClock) -> AsyncIterator[LivingBot]:
    slack.clock.set(time.time())
    bot = LivingBot(slack, tmp_path, clock=clock)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.mark.parametrize("days", [8, 30, 400])
async def test_a_clock_that_jumps_ahead_sends_no_check_in_and_skips_none(
    slack: Slack, bot: LivingBot, clock: SetClock, days: int
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    clock.ahead = days * DAY
    await bot.settles()
    assert bot.onward.skew.is_wrong and check_ins(slack) == []
    assert (await bot.ledger())[CHECK_IN, "planned", ""] == 4


async def test_threads_go_on_while_the_clock_is_wrong(slack: Slack, bot: LivingBot, clock: SetClock) -> None:
    await slack.types("/rejected Initech")
    clock.ahead = 8 * DAY
    await bot.settles()
    await slack.presses("Done")
    await bot.settles()
    assert len(slack.dm("maya")) == 3


async def test_a_clock_put_right_sends_again(slack: Slack, bot: LivingBot, clock: SetClock) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    clock.ahead = 8 * DAY
    await bot.settles()
    assert not await bot.onward.skew.look()
    clock.ahead = 0.0
    assert await bot.onward.skew.look() and not bot.onward.skew.is_wrong


# How a look into the conversation may fail, and how often.
UNSEEN = {"never": ("http_500_before", 0), "once": ("http_500_before", 1), "twice, throttled": ("rate_limited", 2)}


@pytest.mark.parametrize(("kind", "times"), UNSEEN.values(), ids=UNSEEN)
async def test_a_backup_put_back_sends_nothing_that_is_in_slack_already(
    slack: Slack, tmp_path: Path, kind: str, times: int
) -> None:
    """Taken before the thread and a check-in went out, put back after: both are found, and the rest goes on."""
    bot, sent = await put_back(slack, tmp_path)
    for method in LOOKS if times else ():
        slack.fault(method, kind, count=times, retry_after=1)
    await bot.start(after_restore=True)
    await nothing_waits(slack, bot)
    assert [ts for ts, _ in sent] == [each.ts for each in slack.dm("maya")]
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4
    await bot.stop()


async def test_where_nobody_can_look_after_that_a_card_comes_once_more_and_a_check_in_does_not(
    slack: Slack, tmp_path: Path
) -> None:
    bot, sent = await put_back(slack, tmp_path)
    for method in LOOKS:
        slack.fault(method, "http_500_before", count=99)
    await bot.start(after_restore=True)
    await nothing_waits(slack, bot)
    ledger = await bot.ledger()
    assert ledger[CHECK_IN, "unknown", "could_not_look"] == 1 and len(check_ins(slack)) == 1
    assert ledger["thread.card", "sent", "could_not_look"] == 1 and len(slack.dm("maya")) == len(sent) + 1
    await bot.stop()


async def put_back(slack: Slack, tmp_path: Path) -> tuple[LivingBot, list[tuple[str, str]]]:
    """The bot as its backup was put back, not started yet; and what Slack has of it."""
    bot = LivingBot(slack, tmp_path)
    await bot.start()
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", "rate_limited", retry_after=1)  # so that a card waits, and has been tried
    await slack.presses("Done")
    await bot.settles()
    await bot.stop()
    backup = tmp_path / "backup.db"
    _copy(bot.database, backup)
    await bot.start()
    await slack.until(lambda: len(slack.dm("maya")) == 3)
    await bot.settles()
    await slack.advances_to_next()
    await bot.settles()
    sent = [(each.ts, each.text) for each in slack.dm("maya")]
    assert len(check_ins(slack)) == 1 and len(sent) == 4
    await bot.stop()
    _copy(backup, bot.database)
    return bot, sent


async def nothing_waits(slack: Slack, bot: LivingBot) -> None:
    """What is due is sent or ended, however often it had to be looked for."""
    for _ in range(400):
        await bot.settles()
        if not await bot.onward.tools.store.ledger.lines(Wanted(due_by=int(slack.clock.unix()))):
            return
        await slack.platform.changes.after(slack.platform.changes.seq, bot.pace.sweep)
    raise AssertionError(f"{await bot.ledger()}\n{slack.transcript()}")


def _copy(source: Path, target: Path) -> None:
    for each in target.parent.glob(f"{target.name}*"):
        if each.suffix != ".key":
            each.unlink()
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
