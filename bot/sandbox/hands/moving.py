"""Moving the clock: from one due row of the bot to the next, never past one, waiting each time until it is idle."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sandbox.clock import seconds_of
from bot.sandbox.hands.person import Hands
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.web_api.scheduled import post_due

HOUR = 3600.0


class Moving(Hands):
    async def advances(self, by: timedelta | str | float) -> Json:
        """``"1d"``, ``"2h30m"``, a timedelta or seconds."""
        return await self.advances_to(self.platform.clock.unix() + seconds_of(by))

    async def advances_to(self, moment: datetime | float) -> Json:
        target = moment.timestamp() if isinstance(moment, datetime) else float(moment)
        if target < self.platform.clock.unix() - 1:
            raise HandsError("the clock does not run backwards")
        return await self._walk(target)

    async def advances_to_next(self) -> Json:
        """To the next due row; the clock stays where it is when nothing is due."""
        state = await self._ask()
        due = [each for each in (state["next_due"], self._next_scheduled()) if each is not None]
        return await self._walk(max(self.platform.clock.unix(), float(min(due)))) if due else state

    async def _walk(self, target: float) -> Json:
        self._notes("advances_to", None, {"moment": target})
        state = await self._ask()
        seen: set[float] = set()
        while (stop := self._next_stop(state, target, seen)) < target:
            seen.add(stop)
            state = await self._go(max(stop, self.platform.clock.unix()))
        return await self._go(target)

    def _next_stop(self, state: Json, target: float, seen: set[float]) -> float:
        """The next due row; while one stays due (it waits for something else), hour by hour past it."""
        due = [float(each) for each in (state["next_due"], self._next_scheduled()) if each is not None]
        stop = min(due, default=target)
        return min(target, self.platform.clock.unix() + HOUR) if stop in seen else min(stop, target)

    async def _go(self, moment: float) -> Json:
        platform = self.platform
        if moment > platform.clock.unix():
            platform.clock.set(moment)
        for each in platform.world.platforms.values():
            post_due(each)
        if platform.door.clock_url:
            state = await platform.door.clock(platform.clock.unix())
        else:
            state = self._alone()
        await platform.events.settle()
        platform.changes.happened()
        return state | {"now": platform.clock.unix()}

    async def _ask(self) -> Json:
        await self.platform.world.level_clock()
        if self.platform.door.clock_url:
            return await self.platform.door.clock()
        return self._alone()

    def _alone(self) -> Json:
        return {"now": self.platform.clock.unix(), "idle": True, "next_due": self._next_scheduled()}

    def _next_scheduled(self) -> int | None:
        every = self.platform.world.platforms.values()
        return min((row["post_at"] for each in every for row in each.scheduled), default=None)
