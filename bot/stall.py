"""Says once that deliveries have stopped going out, and once that they go again. Between the two it keeps quiet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.log import log
from bot.store import Store

STALLED = 900  # seconds the oldest delivery has been waiting; a lease, a settle time and three looks take less
MOVING = 60

Tell = Callable[[int], Awaitable[None]]  # when the delivery that waits longest fell due


class Stall:
    """``look`` is a chore. ``tell`` is told as well, where the operator named a channel for it."""

    def __init__(self, store: Store, clock: Clock, tell: Tell | None = None) -> None:
        self._store = store
        self._clock = clock
        self._tell = tell
        self.is_on = False

    async def look(self) -> None:
        now = int(self._clock.unix())
        oldest = await self._store.deliveries.oldest_due(now=now)
        waiting = 0 if oldest is None else now - oldest
        if not self.is_on and oldest is not None and waiting > STALLED:
            self.is_on = True
            log.error("deliveries_stall", oldest_due_seconds=waiting, remedy="Run `python -m bot doctor`.")
            if self._tell:
                await self._tell(oldest)
        elif self.is_on and waiting < MOVING:
            self.is_on = False
            log.info("deliveries_go_again")
