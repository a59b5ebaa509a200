"""What a career center's settings lead to by themselves, a little at a time: check-ins follow what staff
changed, and the next weekly post is planned.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.store import Store


class CenterChores:
    """Rung in every replica; whatever two of them do at the same time is one thing in the database."""

    def __init__(self, store: Store, clock: Clock, wake: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        while await self._store.centers.follow(now=self._clock.now()):
            self._wake()
        while await self._store.channel_posts.plan(now=self._clock.now()):
            self._wake()
