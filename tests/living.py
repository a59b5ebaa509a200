"""A whole bot beside a local Slack, over real HTTP, in one event loop: what conversation tests hold on to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import settings
from bot.app import Onward, build
from bot.clock import Clock, MovableClock
from bot.pace import Pace
from bot.sandbox.limits import Rates
from bot.sandbox.slack import Slack
from bot.store.ledger import Wanted
from bot.web import runner

# A Wednesday, 11:00 in New York. No holiday and no change of clocks within the next weeks.
WEDNESDAY = datetime(2027, 1, 13, 16, 0, tzinfo=UTC)
# A post may take two seconds: the machine that runs the tests may be busy. A lease outlasts it, as it does in earnest.
# It may stall for seconds, too: that is no test's subject but those that say so.
QUICK = replace(Pace().times(30), settle=2.0, timeout=2.0, lease=3.0, leaves=2.0, answer=20.0)
ROOMY = Rates(
    posts_a_second=200, post_burst=200, patience=30.0,
    tiers={"1": 60, "2": 1200, "3": 6000, "4": 6000, "special": 60000},
)  # fmt: skip


class LivingBot:
    """The bot as the composition root builds it. ``stop`` and ``start`` again is a restart on the same database."""

    def __init__(self, slack: Slack, folder: Path, **given: Any) -> None:
        self.slack = slack
        self.database = folder / "onward.db"
        self.pace: Pace = given.pop("pace", QUICK)
        self._clock: Clock | None = given.pop("clock", None)
        self._given = given
        self.onward: Onward
        self._runner: web.AppRunner

    def settings(self) -> settings.Settings:
        basic = {
            "slack_bot_token": self.slack.bot_token,
            "slack_signing_secret": self.slack.signing_secret,
            "slack_api_url": self.slack.api_url,
            "database_url": f"sqlite:///{self.database}",
            "operator_name": "Riverside Career Center",
        }
        return settings.read(**(basic | self._given))

    async def start(self, *, after_restore: bool = False) -> None:
        self.onward = build(self.settings(), clock=self._clock or self._level_clock(), pace=self.pace)
        if after_restore:
            await self.onward.tools.store.restored(now=int(self.onward.tools.clock.unix()))
        self._runner = runner(self.onward)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        await self.onward.open()
        await self.slack.connect(f"{self.url}/slack/events", f"{self.url}/_sandbox/clock")

    def _level_clock(self) -> Clock:
        clock = MovableClock()
        clock.set(self.slack.clock.unix())
        return clock

    async def stop(self) -> None:
        """Slack lets go of calls that hang, and sends nothing more: a request that meets a closing door stays open."""
        self.slack.lets_go()
        await self.slack.disconnects()
        await self._runner.cleanup()
        await self.onward.close()
        await asyncio.sleep(0)  # connections that were closed or cut are gone one turn of the loop later

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def settles(self) -> None:
        """Until nothing is under way and nothing is ready to go."""
        await self.slack.settles()
        while unfinished := self.onward.bolt.unfinished:  # also past the deadline
            await asyncio.wait(unfinished)
        await self.onward.tools.activity.note()
        await self.onward.delivery.idle()

    async def ledger(self) -> dict[tuple[str, str, str], int]:
        lines = await self.onward.tools.store.ledger.lines(Wanted())
        return {(each.kind, each.state, each.reason): each.count for each in lines}
