"""The database is locked, full or slow: the member reads a clear sentence, types again, and gets one thread."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

from sqlalchemy import Connection, event

from bot.pace import Pace
from bot.sandbox.slack import Slack
from tests.living import LivingBot

SORRY = "Something went wrong on my side, and it may not have been kept. Please try once more in a minute."
SLOW = "This is slow. If nothing arrives in a minute, type it again; you won't get two."
SLOW_FORM = "This is slow. Please try once more; you won't get two."


async def test_locked_it_says_so_and_the_second_try_brings_one_thread(slack: Slack, bot: LivingBot) -> None:
    with locked(bot):
        refused = await slack.types("/rejected Initech")
    assert refused.text == SORRY and 1.4 < refused.seconds < 3 and await bot.ledger() == {}
    again = await slack.types("/rejected Initech")
    await bot.settles()
    assert again.text.startswith("I'm sorry") and len(slack.dm("maya")) == 2 and slack.failures == []


async def test_locked_while_a_button_is_pressed_it_can_be_pressed_again(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    with locked(bot):
        await slack.presses("Done")
    assert slack.ephemerals("maya")[-1].text == SORRY and len(slack.dm("maya")) == 2
    await slack.presses("Done", ts=slack.dm("maya")[1].ts)
    await bot.settles()
    assert len(slack.dm("maya")) == 3 and slack.dm("maya")[0].text.count("☑") == 1


async def test_locked_while_a_form_is_sent_what_was_typed_stays_and_it_can_be_sent_again(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.uses_shortcut("I got a rejection")
    with locked(bot):
        await slack.submits({"Company": "Hooli"})
    told = slack.modal("maya")
    assert told is not None and SORRY in str(told.blocks) and await bot.ledger() == {}
    await slack.closes()
    form = slack.modal("maya")
    assert form is not None and "Hooli" in str(form.values)
    await slack.submits({})
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and "Hooli" in str(slack.dm("maya")[0].blocks)


async def test_locked_while_a_button_on_home_is_pressed_it_says_so_there(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.opens_home()
    await bot.settles()
    with locked(bot):
        await slack.presses("Stop")
    told = slack.modal("maya")
    assert told is not None and SORRY in str(told.blocks)
    await slack.closes()
    await slack.opens_home()
    await bot.settles()
    await slack.presses("Stop")
    await bot.settles()
    assert "Check-ins are off." in slack.dm("maya")[0].text


async def test_locked_while_an_event_comes_slack_sends_it_again(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    with locked(bot):
        await slack.says("stop")
        await slack.until(lambda: slack.failures)
    answered = await slack.until(lambda: [each for each in slack.dm("maya") if "No more check-ins" in each.text])
    assert len(answered) == 1 and {each.status for each in slack.failures} == {500}
    assert ("check_ins.check_in", "planned", "") not in await bot.ledger()


async def test_an_event_that_failed_half_way_is_heard_when_it_comes_again(slack: Slack, bot: LivingBot) -> None:
    """That it was heard is kept together with what it does, or not at all."""
    await slack.types("/rejected Initech")
    await bot.settles()
    with refusing(bot, "UPDATE OF check_ins_on ON members"):
        await slack.says("stop")
        await slack.until(lambda: slack.failures)
    await slack.sends_event_again("message")
    answered = await slack.until(lambda: [each for each in slack.dm("maya") if "No more check-ins" in each.text])
    assert len(answered) == 1 and ("check_ins.check_in", "planned", "") not in await bot.ledger()


async def test_locked_right_after_a_post_was_taken_it_is_not_posted_twice(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "late", seconds=0.2)
    await slack.types("/rejected Initech")
    await slack.until(lambda: slack.dm("maya"))
    with locked(bot):
        await slack.types("/rejected Hooli", "sam")
        await slack.types("/rejected Hooli", "sam")  # one writer, in turn: by now the row was refused too
        assert (await bot.ledger())[("thread.parent", "sending", "")] == 1
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=20)
    await bot.settles()
    assert [each.is_reply for each in slack.dm("maya")] == [False, True]
    assert ("thread.parent", "sending", "") not in await bot.ledger()


async def test_full_it_says_so_keeps_nothing_by_half_and_works_again_when_freed(slack: Slack, bot: LivingBot) -> None:
    promised, answer = 0, await slack.types("/rejected Initech")
    with full(bot):
        while answer.text != SORRY:
            promised += 1
            assert promised < 100, "the database never filled up"
            answer = await slack.types(f"/rejected {promised} {'x' * 90}, {'y' * 90}")
        kept = await bot.ledger()
        assert await count(bot, "journeys") == promised and await count(bot, "steps") == 4 * promised
        assert sum(number for (kind, *_), number in kept.items() if kind == "thread.card") == promised
    assert (await slack.types("/rejected Hooli")).text.startswith("I'm sorry")
    await slack.until(lambda: len(slack.dm("maya")) == 2 * (promised + 1), timeout=20)
    await bot.settles()
    assert (await bot.ledger())[("thread.parent", "sent", "")] == promised + 1
    assert len(slack.dm("maya")) == 2 * (promised + 1)


async def test_past_two_seconds_it_says_so_and_the_thread_comes_once(slack: Slack, bot: LivingBot) -> None:
    async with held_up(bot):
        slow = await slack.types("/rejected Initech")
        again = await slack.types("/rejected Initech")
    assert slow.text == again.text == SLOW and slow.seconds < 3 and again.seconds < 3
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and slack.failures == []


async def test_past_two_seconds_an_event_comes_again_and_has_one_effect(slack: Slack, bot: LivingBot) -> None:
    async with held_up(bot):
        await slack.says("stop")
        await slack.until(lambda: slack.failures)
    await slack.until(lambda: [each for each in slack.dm("maya") if "No more check-ins" in each.text])
    await bot.settles()
    assert len([each for each in slack.dm("maya") if each.user == slack.bot_user_id]) == 1


async def test_a_form_that_waits_too_long_stays_filled_in_and_sent_again_is_one_thread(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.uses_shortcut("I got a rejection")
    async with held_up(bot):
        await slack.submits({"Company": "Hooli"})
    modal = slack.modal("maya")
    assert modal is not None and modal.errors == {"company": SLOW_FORM} and "Hooli" in str(modal.values)
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await bot.settles()
    await slack.advances("5m")
    again = await slack.submits({"Company": "Hooli"})
    await bot.settles()
    assert again.ok and len(slack.dm("maya")) == 2


@contextmanager
def locked(bot: LivingBot) -> Iterator[None]:
    """Somebody else writes to the file, and takes their time."""
    other = sqlite3.connect(bot.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def refusing(bot: LivingBot, change: str) -> Iterator[None]:
    """The database takes everything but this one change."""
    with closing(sqlite3.connect(bot.database, timeout=5)) as other:
        other.execute(f"CREATE TRIGGER refusing BEFORE {change} BEGIN SELECT RAISE(ABORT, 'refused'); END")
        other.commit()
        try:
            yield
        finally:
            other.execute("DROP TRIGGER refusing")
            other.commit()


@contextmanager
def full(bot: LivingBot) -> Iterator[None]:
    """No page more than there is now, as on a disk with nothing left."""
    engine = bot.onward.tools.store.database.engine

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        event.remove(engine, "begin", limit)
        event.listen(engine, "begin", _unlimited)


def _unlimited(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")


@asynccontextmanager
async def held_up(bot: LivingBot) -> AsyncIterator[None]:
    """A long write stands before everybody else's, and the bot is no more patient than in earnest."""
    bot.onward.bolt.deadline = Pace().answer
    done = threading.Event()
    database = bot.onward.tools.store.database
    writing = asyncio.create_task(database.write(lambda _: done.wait(Pace.timeout)))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        done.set()
        await writing


async def count(bot: LivingBot, table: str) -> int:
    counts = f"SELECT count(*) FROM {table}"
    database = bot.onward.tools.store.database
    return int(await database.read(lambda connection: connection.exec_driver_sql(counts).scalar_one()))
