"""An upgrade may bring new tables of time zones and holidays: what is planned follows them by itself."""

from __future__ import annotations

from bot import calendars
from bot.clock import Clock
from bot.log import log
from bot.store import Store


class FollowCalendarTables:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Looks once a minute; there is something to do once an upgrade."""
        tables, version = self._store.calendar_tables, calendars.version()
        if await tables.followed(version):
            return
        while await tables.follow(version, now=self._clock.now()):
            pass
        if await tables.followed(version):
            log.info("check_ins_follow", tables=version)
