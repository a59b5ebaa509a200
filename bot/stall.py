"""Says once that deliveries have stopped going out, and once that they go again. Between the two it keeps quiet."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.log import log
from bot.store import Store
from bot.store.values import Who

STALLED = 900  # seconds the oldest delivery has been waiting; a lease, a settle time and three looks take less
MOVING = 60


class Stall:
    """``look`` is a chore. ``channel`` is where operators are told as well: its id, or ``team/channel``."""

    def __init__(self, store: Store, clock: Clock, wake: Callable[[], None], channel: str | None) -> None:
        self._store = store
        self._clock = clock
        self._wake = wake
        self._channel = channel
        self.is_on = False

    async def look(self) -> None:
        now = int(self._clock.unix())
        oldest = await self._store.deliveries.oldest_due(now=now)
        waiting = 0 if oldest is None else now - oldest
        if not self.is_on and oldest is not None and waiting > STALLED:
            self.is_on = True
            log.error("deliveries_stall", oldest_due_seconds=waiting, remedy="Run `python -m bot doctor`.")
            await self._tell(oldest)
        elif self.is_on and waiting < MOVING:
            self.is_on = False
            log.info("deliveries_go_again")

    async def _tell(self, oldest: int) -> None:
        """Named by what waits longest, so that several processes, or a restart, still say it once."""
        if self._channel is None:
            return
        named, _, channel = self._channel.rpartition("/")
        team = named or next(iter(await self._store.workspaces.teams()), "")
        await self._store.deliveries.tell_operators(Who(team, channel), f"{oldest}", now=self._clock.now())
        self._wake()
