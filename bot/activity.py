"""When a member last did something, kept to the day, so that whoever is gone can be forgotten.

Noted once a day, beside the answer and together with whoever else did something in the same moment: nobody waits for
it, and a locked database only means that it is noted later.
"""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.exceptions import Busy
from bot.log import log
from bot.pace import Pace
from bot.store import Store
from bot.store.values import Member, Who

A_DAY = 86400
AT_ONCE = 500  # members a write


class Activity:
    """Keeps in mind who did something, and notes it a moment later."""

    def __init__(self, store: Store, clock: Clock, pace: Pace) -> None:
        self._members, self._clock, self._pause = store.members, clock, pace.noting
        self._seen: dict[Who, bool] = {}  # whether at Home
        self._noting: asyncio.Task[None] | None = None

    def notice(self, member: Member, *, at_home: bool = False) -> None:
        """Returns at once. ``at_home``: they opened Home, which is drawn anew for a while when something changes."""
        today = self._today()
        if member.active_at == today and (not at_home or member.home_at == today):
            return
        self._seen[member.who] = at_home or self._seen.get(member.who, False)
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._soon())

    async def note(self) -> None:
        """Whoever was seen so far is noted. At the end of a process, too: what it has in mind is gone with it."""
        while self._seen:
            some = {who: self._seen.pop(who) for who in list(self._seen)[:AT_ONCE]}
            try:
                # Asked first: a write of nothing would wait for a locked database, and others would wait behind it.
                if news := await self._members.unseen(some, today=self._today()):
                    await self._members.seen(news, today=self._today())
            except Busy:
                log.warning("activity_waits", why="database")

    async def _soon(self) -> None:
        while self._seen:
            await asyncio.sleep(self._pause)
            await self.note()

    def _today(self) -> int:
        """The first Unix second of the day."""
        return int(self._clock.unix()) // A_DAY * A_DAY
