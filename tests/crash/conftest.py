"""The bot as a process of its own, which can be killed, beside a local Slack whose memory is the judge."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.living import ROOMY
from tests.process import BotProcess, kill_what_is_left


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    kill_what_is_left()


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(rates=ROOMY) as slack:
        yield slack


# Settle, lease and look so many times faster; nothing else changes. ``make soak`` runs at real times, PACE=1.
FASTER = os.environ.get("PACE", "30")


@pytest.fixture
async def process(slack: Slack, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(slack, tmp_path, SANDBOX_PACE=FASTER)
    await process.start()
    yield process
    await process.stop()
