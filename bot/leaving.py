"""A workspace took the app out: what was still to be sent is cancelled, and on its day every row of it goes."""

from __future__ import annotations

from bot.clock import Clock
from bot.log import log
from bot.store import Store


class Leaving:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """The chore: finishes what an event or a crash left half done."""
        for team in await self._store.installs.gone():
            while await self._store.installs.cancel_some(team):
                pass
            await self._purge(team)

    async def _purge(self, team: str) -> None:
        rows = 0
        while some := await self._store.installs.purge_some(team, now=self._clock.now()):
            rows += some
        if rows:
            await self._store.database.shed_deleted_bytes()
            log.info("workspace_purged", rows=rows)
