"""A local Slack and a living bot, as for the conversations."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.living import ROOMY, WEDNESDAY, LivingBot


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(clock=SandboxClock(WEDNESDAY), rates=ROOMY, retry_delays=(0.05, 0.05, 0.05)) as slack:
        yield slack


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[LivingBot]:
    bot = LivingBot(slack, tmp_path)
    await bot.start()
    yield bot
    await bot.stop()
