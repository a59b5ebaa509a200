"""The bot as a process of its own, which can be killed, beside a local Slack whose memory is the judge."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.slack import Slack
from tests.living import ROOMY

ROOT = Path(__file__).parent.parent.parent


class BotProcess:
    """``python -m bot run`` on a SQLite file that outlives it."""

    def __init__(self, slack: Slack, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.slack = slack
        self.log = folder / "bot.log"
        self._environ = {
            "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{folder}/onward.db", "PORT": str(self.port),
        }  # fmt: skip
        self._process: asyncio.subprocess.Process

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=os.environ | self._environ, stderr=log
            )
        await self._is_ready()
        self.slack.connect(f"http://127.0.0.1:{self.port}/slack/events")

    async def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def end(self) -> int:
        """SIGTERM, and the exit code."""
        if self._process.returncode is None:
            self._process.terminate()
        return await self._process.wait()

    async def _is_ready(self) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(30):
            while not await self._answers(session):  # noqa: ASYNC110 - a process says only over HTTP that it is there
                await asyncio.sleep(0.05)

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(rates=ROOMY) as slack:
        yield slack


@pytest.fixture
async def process(slack: Slack, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(slack, tmp_path)
    await process.start()
    yield process
    await process.end()
