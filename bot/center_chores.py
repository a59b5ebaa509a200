"""What a career center leads to by itself: check-ins follow its changes, posts are planned, a month is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from bot.calendars import find_zone
from bot.center import Feature
from bot.clock import Clock
from bot.numbers import NEAREST, bounds, month_to_release, release
from bot.store import Store
from bot.vault import Vault


class CenterChores:
    """Rung in every replica; whatever two of them do at the same time is one thing in the database."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, wake: Callable[[], None]) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        while await self._store.centers.follow(now=self._clock.now()):
            self._wake()
        while await self._store.coaching.end_some(now=self._clock.now()):
            self._wake()
        await self._go_on_without_names()
        while await self._store.channel_posts.plan(now=self._clock.now()):
            self._wake()
        await self._count()

    async def _go_on_without_names(self) -> None:
        """Nothing is written where nobody shares."""
        if await self._store.sharing.is_used():
            await self._store.sharing_talks.wipe()
            await self._store.sharing.call_staff(now=self._clock.now())
            while await self._store.sharing.go_on(now=self._clock.now()):
                self._wake()

    async def _count(self) -> None:
        """The month before, once for each workspace. What staff switched off is never counted afterwards either."""
        month, now = month_to_release(self._clock.now()), int(self._clock.unix())
        for team, zone in await self._store.numbers.waiting(month):
            numbers: dict[str, int] = {}
            if (await self._store.centers.find(team)).has(Feature.NUMBERS):
                counts = await self._store.numbers.count(team, *bounds(month, find_zone(zone) or UTC))
                numbers = release(counts, self._chance(team, month))
            await self._store.numbers.release(team, month, numbers, now=now)

    def _chance(self, team: str, month: str) -> Callable[[str], int]:
        return lambda cell: int(self._vault.pseudonym("numbers", team, month, cell), 16) % NEAREST
