"""The crash matrix, rows 17 to 23: replicas, a frozen one, and a database that crashes, locks, fills or is lost."""

import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crash.check_in_due import ARRIVES, check_ins, falls_due, is_there_once
from tests.crash.fleet import Fleet
from tests.crash.oracle import Oracle
from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess

MEMBERS = 12
SPREAD = 1200  # seconds either way by which members' check-ins lie apart
SORRY = ("Something went wrong on my side", "This is slow.")
on_sqlite = pytest.mark.parametrize("given", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("given", ["postgresql"], indirect=True)


@pytest.fixture
async def fleet(slack: SlackProcess, tmp_path: Path, given: dict[str, str]) -> AsyncIterator[Fleet]:
    """Two replicas, and a check-in that is to come for each of a dozen members."""
    slack.enrols(MEMBERS)
    fleet = Fleet(slack, tmp_path, 2, **given)
    await fleet.start()
    for number in range(MEMBERS):
        await slack.types("/rejected Initech", f"m{number}")
    await slack.until(lambda: all(len(slack.dm(f"m{number}")) == 2 for number in range(MEMBERS)), timeout=ARRIVES)
    yield fleet
    for bot in fleet.bots:
        await bot.kill()


@on_postgresql
async def test_row_17_two_replicas_share_the_work_and_each_message_is_there_once(
    slack: SlackProcess, fleet: Fleet, oracle: Oracle
) -> None:
    slack.set_clock(await slack.next_due() + 2 * SPREAD)
    await fleet.level()
    await slack.until(lambda: not oracle.unsettled(now=slack.unix()), timeout=ARRIVES)
    assert [len(check_ins(slack, f"m{number}")) for number in range(MEMBERS)] == [1] * MEMBERS
    assert (oracle.twice(), oracle.lost()) == ([], [])


@on_postgresql
async def test_row_18_a_frozen_replica_that_wakes_writes_nothing_and_takes_nothing_away(
    slack: SlackProcess, fleet: Fleet, oracle: Oracle
) -> None:
    """Frozen while Slack takes its post and says so: another one looks, finds it and goes on."""
    frozen, other = fleet.bots
    slack.fault("chat.postMessage", "late", seconds=0.25)
    due = await slack.next_due() + 2 * SPREAD
    slack.set_clock(due)
    await frozen.clock(due)
    await slack.until(lambda: len(slack.called("chat.postMessage")) > 2 * MEMBERS)
    frozen.freeze()
    other.answers()
    await other.clock(due)
    await slack.until(lambda: not oracle.unsettled(now=slack.unix()), timeout=ARRIVES)
    before = oracle.states()
    frozen.thaw()
    assert await frozen.stop() == 0
    assert oracle.states() == before and (oracle.twice(), oracle.lost()) == ([], [])
    assert [len(check_ins(slack, f"m{number}")) for number in range(MEMBERS)] == [1] * MEMBERS


@on_postgresql
@pytest.mark.parametrize("point", ["written_ahead", "leaving"])
async def test_row_18_a_replica_frozen_before_its_post_leaves_does_not_send_what_another_has_sent(
    slack: SlackProcess, fleet: Fleet, oracle: Oracle, point: str
) -> None:
    """For as long as others need to look and to send it again, also where the request was about to be written."""
    frozen, other = fleet.bots
    await frozen.kill()
    await frozen.stands_still_at(point)
    other.freeze()  # or it could be the one that posts
    await slack.types("/rejected Hooli", "noor")
    await slack.until(lambda: frozen.is_frozen)
    other.thaw()
    other.answers()
    await slack.until(lambda: len(slack.dm("noor")) == 2, timeout=ARRIVES)
    frozen.thaw()
    assert await frozen.stop() == 0
    assert len(slack.dm("noor")) == 2 and (oracle.twice(), oracle.lost()) == ([], [])


@on_postgresql
async def test_row_19_the_database_crashes_while_posts_are_under_way(
    slack: SlackProcess, fleet: Fleet, oracle: Oracle
) -> None:
    slack.fault("chat.postMessage", "late", count=3, seconds=0.25)
    slack.set_clock(await slack.next_due() + 2 * SPREAD)
    await fleet.level()
    await slack.until(lambda: len(slack.called("chat.postMessage")) > 2 * MEMBERS)
    oracle.crash_database()
    await slack.until(lambda: not oracle.unsettled(now=slack.unix()), timeout=2 * ARRIVES)
    assert (oracle.twice(), oracle.lost(), oracle.states()["unknown"]) == ([], [], 0)
    assert [len(check_ins(slack, f"m{number}")) for number in range(MEMBERS)] == [1] * MEMBERS


@on_sqlite
async def test_row_20_the_file_is_locked_for_long_and_nothing_is_lost(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    due = await slack.next_due()
    with _locked(bot.database):
        await falls_due(slack, bot, due)
        refused = await slack.types("/rejected Hooli", "noor")
        assert str(refused.text).startswith(SORRY)
        await slack.until(lambda: b"database" in bot.log.read_bytes())
    assert check_ins(slack) == []
    await is_there_once(slack, oracle, sent=(3, 5))  # after "This is slow" her parent and card come by themselves
    assert (await slack.types("/rejected Hooli", "noor")).ok  # where the work went on by itself, this is the same one
    await slack.until(lambda: len(slack.dm("noor")) == 2)


@on_sqlite
async def test_row_21_a_full_disk_lets_no_post_out_and_everything_out_once_there_is_room(
    slack: SlackProcess, bot: BotProcess, oracle: Oracle
) -> None:
    due, posts = await slack.next_due(), len(slack.called("chat.postMessage"))
    with _full(bot):
        refused = await slack.types("/rejected Hooli", "noor")
        assert str(refused.text).startswith(SORRY)
        await falls_due(slack, bot, due)
        await slack.until(lambda: b"database" in bot.log.read_bytes())
        assert len(slack.called("chat.postMessage")) == posts
    await is_there_once(slack, oracle)
    assert slack.called("conversations.history") == []


@on_sqlite
async def test_row_23_a_database_that_is_lost_invents_nothing(
    slack: SlackProcess, bot: BotProcess, given: dict[str, str]
) -> None:
    await bot.kill()
    for each in bot.database.parent.glob(f"{bot.database.name}*"):
        each.unlink()
    await bot.start()
    await slack.advances("14d")
    assert len(slack.dm("maya")) == 2
    assert (await slack.types("/rejected Initech", "maya")).ok
    await slack.until(lambda: len(slack.dm("maya")) == 4)


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    """As a backup of another program does it."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def _full(bot: BotProcess) -> Iterator[None]:
    """No file of this process may grow beyond what its write-ahead log holds now."""
    log = bot.database.with_name(f"{bot.database.name}-wal")
    unlimited = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (log.stat().st_size, unlimited[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, unlimited)
