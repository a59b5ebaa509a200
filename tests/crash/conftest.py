"""The bot as a process of its own, which can be killed, beside a local Slack whose memory is the judge."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.living import ROOMY
from tests.process import BotProcess


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(rates=ROOMY) as slack:
        yield slack


@pytest.fixture
async def process(slack: Slack, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(slack, tmp_path)
    await process.start()
    yield process
    await process.stop()
