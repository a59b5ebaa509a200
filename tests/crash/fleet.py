"""Several bots on one database, as on several machines; and what a bad night does to them."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess


class Fleet:
    """``bots`` on one database. One that was killed comes back; Slack's requests go to one that lives."""

    def __init__(self, slack: SlackProcess, folder: Path, size: int, **given: str) -> None:
        self.slack = slack
        self.bots = []
        for number in range(size):
            home = folder / f"bot{number}"
            home.mkdir()
            self.bots.append(BotProcess(slack, home, **given))

    async def start(self) -> None:
        await asyncio.gather(*(each.start() for each in self.bots))
        await self.level()

    async def stop(self) -> list[int]:
        return list(await asyncio.gather(*(each.stop() for each in self.bots)))

    async def level(self) -> None:
        """Every clock set to Slack's."""
        await asyncio.gather(*(each.clock(self.slack.unix()) for each in self.bots))

    async def kill(self, bot: BotProcess) -> None:
        await bot.kill()
        await bot.start()
        await bot.clock(self.slack.unix())

    async def freeze(self, bot: BotProcess, seconds: float) -> None:
        """Frozen for longer than a lease, if that is asked for; meanwhile the others take over."""
        bot.freeze()
        others = [each for each in self.bots if each is not bot]
        if others:
            random.choice(others).answers()
        await asyncio.sleep(seconds)
        bot.thaw()
