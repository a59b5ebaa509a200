"""Two processes on one PostgreSQL: Slack asks one of them, and that one sends."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot import schema
from bot.clock import MovableClock
from bot.kinds import Kind
from bot.sandbox.slack import Slack
from bot.vault import new_key
from tests.living import QUICK, LivingBot

LONG = 600  # seconds that what was asked of another is left to it


@pytest.fixture
async def pair(slack: Slack, tmp_path: Path, postgres_database: str) -> AsyncIterator[tuple[LivingBot, LivingBot]]:
    """One that only sweeps, and the one Slack asks."""
    engine = create_engine(postgres_database)
    schema.upgrade(engine)
    engine.dispose()
    given = {"database_url": postgres_database, "encryption_key": new_key(), "pace": replace(QUICK, others=LONG)}
    idle, asked = (LivingBot(slack, tmp_path / name, **given) for name in ("idle", "asked"))
    await idle.start()
    await asked.start()
    yield idle, asked
    await asked.stop()
    await idle.stop()


def parts_sent(bot: LivingBot) -> int:
    counted = bot.onward.metrics.deliveries
    return sum(int(counted.labels(kind, "sent")._value.get()) for kind in (Kind.PARENT, Kind.CARD))


async def test_the_one_that_was_asked_sends_however_often_the_other_looks(
    slack: Slack, pair: tuple[LivingBot, LivingBot]
) -> None:
    """The other could not know a draft or a situation that was never written down."""
    idle, asked = pair
    async with asked.onward.delivery._sweeping:  # it has other things to do for a moment
        await slack.types("/rejected Initech")
        await idle.onward.delivery.sweep()
        if under_way := idle.onward.delivery._under_way:
            await asyncio.wait(under_way)
    await asked.settles()
    assert (parts_sent(idle), parts_sent(asked)) == (0, 2)


async def test_once_the_other_is_gone_it_sends_what_was_left(slack: Slack, pair: tuple[LivingBot, LivingBot]) -> None:
    idle, asked = pair
    async with asked.onward.delivery._sweeping:
        await slack.types("/rejected Initech")
        clock = idle.onward.tools.clock
        assert isinstance(clock, MovableClock)
        clock.set(clock.unix() + 2 * LONG)
        await idle.onward.delivery.sweep()
        await asyncio.wait(idle.onward.delivery._under_way)
    assert parts_sent(idle) == 2
