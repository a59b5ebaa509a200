"""The sweep: check-ins that are due go out, a leased workspace at a time, one post after the other in each.

So a throttled or slow workspace keeps its own place busy and nobody else's, replicas share the work without talking,
and a crash leaves at most one post of a workspace in doubt.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import suppress

from bot import failpoints
from bot.clock import Clock
from bot.doors_first import DoorsFirst
from bot.exceptions import Busy
from bot.log import log, where
from bot.pace import Pace
from bot.sender import Sender
from bot.skew import Skew
from bot.store import Store
from bot.store.values import Row
from bot.workspaces import Workspaces


class Sweep:
    """``begin`` leases what is due, as far as there are places, and returns at once."""

    def __init__(
        self, store: Store, workspaces: Workspaces, clock: Clock, skew: Skew, sender: Sender, doors_first: DoorsFirst,
        pace: Pace,
    ) -> None:  # fmt: skip
        self._store = store
        self._workspaces = workspaces
        self._clock = clock
        self._skew = skew
        self._sender = sender
        self._doors_first = doors_first
        self._pace = pace
        self._working: dict[str, asyncio.Task[None]] = {}
        self._late_since: dict[str, float] = {}  # of workspaces that have an outage behind them
        self._others_wait = False  # the last claim took all it could
        self._closing = False

    @property
    def under_way(self) -> list[asyncio.Task[None]]:
        return list(self._working.values())

    def close(self) -> None:
        """Leases nothing more; every workspace is given back after the post that is under way."""
        self._closing = True

    async def begin(self, wake: Callable[[], None]) -> None:
        """``wake`` is rung when a workspace leaves its place to others, so that nobody waits for the next sweep."""
        places = self._pace.workspaces - len(self._working)
        asked = {"now": int(self._clock.unix()), "real": self._real()}
        if self._closing or places <= 0 or not await self._store.leases.any_free(**asked):
            return
        if not await self._skew.look():
            return
        owner = secrets.token_hex(8)
        claimed = await self._store.leases.claim(owner, lease=self._lease, most=places, **asked)
        failpoints.reached("leased")
        self._others_wait = len(claimed) == places
        if claimed:  # another process may have been faster
            with suppress(Busy):  # then each is asked for by itself, and given back if need be
                await self._workspaces.meet(claimed)
        for team in claimed:
            if team not in self._working:
                self._working[team] = asyncio.create_task(self._work(_Turn(team, owner, self._lease), wake))

    async def _work(self, turn: _Turn, wake: Callable[[], None]) -> None:
        """The workspace's check-ins, until none is ready or others wait for the place."""
        more = False
        try:
            while await self._may_go_on(turn):
                began = time.monotonic()
                async with self._doors_first.turn():
                    row = await self._store.deliveries.next_check_in(
                        turn.team, now=int(self._clock.unix()), real=self._real()
                    )
                    more = row is not None and await self._sender.deliver(row) and not row.is_last
                if row is None or not more:
                    break
                if self._is_recovering(row):
                    await asyncio.sleep(time.monotonic() - began)
        except Busy:
            log.warning("workspace_waits", why="database")
        except Exception as bug:  # one row that cannot be delivered must not end the sweep for everybody else
            log.error("workspace_stopped", error=type(bug).__name__, where=where(bug))
            more = False
        finally:
            await self._give_back(turn)
        if more or self._others_wait:
            wake()

    async def _may_go_on(self, turn: _Turn) -> bool:
        """Whether the lease is ours for another post and it is not somebody else's turn."""
        if self._closing or (self._is_full and turn.lasted > self._pace.turn):
            return False
        if turn.left > self._lease / 2:
            return True
        turn.renewed_at = time.monotonic()
        return await self._store.leases.renew(turn.team, turn.owner, real=self._real(), lease=self._lease)

    def _is_recovering(self, row: Row) -> bool:
        """For an hour after an outage a workspace gets half as many posts, so that a week's worth is no flood."""
        if self._clock.unix() - row.promised.timestamp() <= self._pace.outage:
            self._late_since.pop(row.team, None)
            return False
        since = self._late_since.setdefault(row.team, time.monotonic())
        return time.monotonic() - since < self._pace.recovery

    async def _give_back(self, turn: _Turn) -> None:
        self._working.pop(turn.team, None)
        try:
            pause = self._sender.paused_for(turn.team)
            await self._store.leases.release(turn.team, turn.owner, real=self._real(), pause=pause)
        except Busy:
            log.warning("lease_not_given_back", why="database")  # it runs out by itself

    @property
    def _is_full(self) -> bool:
        return len(self._working) >= self._pace.workspaces

    @property
    def _lease(self) -> int:
        return max(2, int(self._pace.lease))

    def _real(self) -> int:
        return int(self._clock.real())


class _Turn:
    """One workspace's lease, as long as it lasts: seconds of the monotonic clock, on the safe side of the real one."""

    def __init__(self, team: str, owner: str, lease: int) -> None:
        self.team = team
        self.owner = owner
        self.began_at = self.renewed_at = time.monotonic()
        self._lease = lease

    @property
    def lasted(self) -> float:
        return time.monotonic() - self.began_at

    @property
    def left(self) -> float:
        return self.renewed_at + self._lease - time.monotonic()
