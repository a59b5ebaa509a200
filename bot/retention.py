"""Forgetting: single noes a day after they were deleted, and whoever is gone.

After so many days without a sign of a member, everything about them is deleted. The days are the workspace's, 180
unless it chose others. A running series is never cut: it counts as a sign as long as a check-in is still to come.
"""

from __future__ import annotations

from bot.clock import Clock
from bot.log import log
from bot.store import Store

AT_ONCE = 10  # members in one transaction, so that nobody at a door waits for it


class Retention:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        now = self._clock.now()
        await self._store.privacy.begin_counting(now=now)
        deleted, forgotten = 0, 0
        while found := await self._store.privacy.forget_deleted(now=now, most=AT_ONCE):
            deleted += found
        while found := await self._store.privacy.forget_unused(now=now, most=AT_ONCE):
            forgotten += found
        if deleted or forgotten:
            await self._store.database.shed_deleted_bytes()
        if forgotten:
            log.info("members_forgotten", count=forgotten)
