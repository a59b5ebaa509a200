"""Several bots on one database, as on several machines; and what a bad night does to them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess


class Fleet:
    """``bots`` on one database. One that was killed comes back; Slack's requests go to one that stands."""

    def __init__(self, slack: SlackProcess, folder: Path, size: int, **given: str) -> None:
        self.slack = slack
        self.bots = []
        self._away: dict[BotProcess, asyncio.Task[None]] = {}
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
        await asyncio.gather(*(each.clock(self.slack.unix()) for each in self._standing))

    async def spare(self) -> list[BotProcess]:
        """Those of which one can be missed: one of the others stands all the time, if there are any."""
        while len(self._away) >= max(1, len(self.bots) - 1):
            await self._one_is_back()
        return self._standing

    def loses(self, bot: BotProcess, for_now: Coroutine[None, None, None]) -> None:
        """What is done to it takes its time; the night goes on meanwhile."""
        self._away[bot] = asyncio.create_task(for_now)

    async def is_whole(self) -> None:
        """Until all of them stand again."""
        while self._away:
            await self._one_is_back()

    async def kill(self, bot: BotProcess) -> None:
        await bot.kill()
        self._another_answers(bot)
        await bot.start()
        await bot.clock(self.slack.unix())

    async def freeze(self, bot: BotProcess, seconds: float) -> None:
        """Frozen for longer than a lease, if that is asked for; meanwhile the others take over."""
        bot.freeze()
        self._another_answers(bot)
        await asyncio.sleep(seconds)
        with suppress(ProcessLookupError):
            bot.thaw()
        await bot.clock(self.slack.unix())

    def picks_up(self) -> list[str]:
        """Starts anew what ended by itself, since nobody has killed it: where its log is, and its exit code."""
        fallen = [each for each in self.bots if each not in self._away and each.ended is not None]
        told = [f"{each.log}: {each.ended}" for each in fallen]
        for each in fallen:
            self.loses(each, self.kill(each))
        return told

    @property
    def _standing(self) -> list[BotProcess]:
        return [each for each in self.bots if each not in self._away and each.ended is None]

    def _another_answers(self, bot: BotProcess) -> None:
        others = [each for each in self._standing if each is not bot]
        if others:
            random.choice(others).answers()

    async def _one_is_back(self) -> None:
        await asyncio.wait(self._away.values(), return_when=asyncio.FIRST_COMPLETED)
        for bot, task in list(self._away.items()):
            if task.done():
                del self._away[bot]
                task.result()
