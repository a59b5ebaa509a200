"""A local Slack and a living bot for every conversation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.living import ROOMY, WEDNESDAY, LivingBot


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    """A fresh workspace on a Wednesday. No test may end with a request the bot did not answer as Slack asks."""
    async with Slack.open(clock=SandboxClock(WEDNESDAY), rates=ROOMY, retry_delays=(0.05, 0.05, 0.05)) as slack:
        yield slack
        assert slack.unknown_methods == []


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[LivingBot]:
    bot = LivingBot(slack, tmp_path)
    await bot.start()
    yield bot
    await bot.stop()
