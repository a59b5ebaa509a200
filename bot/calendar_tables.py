"""An upgrade may bring new tables of time zones and holidays: what is planned follows them by itself."""

from __future__ import annotations

from bot import calendars
from bot.clock import Clock
from bot.doors_first import DoorsFirst
from bot.log import log
from bot.store import Store


class FollowCalendarTables:
    def __init__(self, store: Store, clock: Clock, doors_first: DoorsFirst) -> None:
        self._store = store
        self._clock = clock
        self._doors_first = doors_first

    async def run(self) -> None:
        """Looks once a minute; there is something to do once an upgrade."""
        tables, version = self._store.calendar_tables, calendars.version()
        if await tables.followed(version):
            return
        going_on = True
        while going_on:
            async with self._doors_first.turn():
                going_on = await tables.follow(version, now=self._clock.now())
        if await tables.followed(version):
            log.info("check_ins_follow", tables=version)
