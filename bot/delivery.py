"""What is due goes out: threads first, a lane a member, and beside them the sweep of the check-ins.

Within a lane one row goes after the other, so a parent is there before its cards. A thread row is leased by itself
when its post begins; check-ins wait behind their workspace's lease (see sweep).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from bot.clock import Clock
from bot.doors_first import DoorsFirst
from bot.exceptions import Busy
from bot.log import log, where
from bot.own_lanes import Lane, OwnLanes
from bot.pace import Pacer
from bot.reconcile import Reconcile
from bot.sender import POST, REDRAW, Sender
from bot.store import Store
from bot.store.deliveries import Closed
from bot.sweep import Sweep

BREATH = 0.02  # seconds from one look into the queue to the next: whoever comes meanwhile is found by one
PATIENCE = 8  # seconds for what is under way at the end: hosts kill after ten or more


class Delivery:
    """``wake`` is cheap and may be called from any handler; ``sweep`` starts what is due and returns at once."""

    def __init__(
        self, store: Store, clock: Clock, sender: Sender, sweep: Sweep, reconcile: Reconcile, doors_first: DoorsFirst,
        pacer: Pacer,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._sender = sender
        self._check_ins = sweep
        self._reconcile = reconcile
        self._doors_first = doors_first
        self.pace = pacer.pace
        self._pacer = pacer
        self.own_lanes = OwnLanes(clock, self.pace.others, shared=not store.database.on_sqlite)
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._lanes_of: Counter[str] = Counter()
        self._look: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._sweeping = asyncio.Lock()
        self._closing = False
        self._sweeps = True
        self._leaves_none = False  # to others

    def only_listens(self) -> None:
        """Sends what is in its own lanes, or in others' for long, and leaves check-ins and looks to others."""
        self._sweeps = False

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Sweeps whenever woken, until cancelled."""
        while True:
            await self._woken.wait()
            async with self._doors_first.turn():
                self._woken.clear()
                await self.sweep()
            await asyncio.sleep(BREATH)

    async def sweep(self) -> None:
        """Looks for what is in doubt, and starts every lane that has something ready and is not running.

        One at a time: two at once ask the same, and the second could find nothing while the first is not under way yet.
        """
        async with self._sweeping:
            await self._begin_what_is_ready()

    async def _begin_what_is_ready(self) -> None:
        if self._sweeps and not self._closing:
            self._looking()
        try:
            await self._start_lanes()
            if self._sweeps:
                await self._check_ins.begin(self.wake)
        except Busy:
            log.warning("sweep_waits", why="database")

    async def _start_lanes(self) -> None:
        """A workspace that has all its places taken is asked no further, however much it has waiting."""
        more = True
        while more and not self._closing:
            now = int(self._clock.unix())
            lanes, more = await self._store.deliveries.lanes(now=now, real=self._real(), closed=self._closed())
            patience = dict.fromkeys(lanes, 0.0) if self._leaves_none else self.own_lanes.patience(lanes)
            ours = (lane for lane, due in lanes.items() if due <= now - patience[lane])
            fresh = [lane for lane in ours if lane not in self._lanes and not self._is_full(lane[0])]
            for lane in fresh:
                if not self._is_full(lane[0]):
                    self._lanes_of[lane[0]] += 1
                    self._lanes[lane] = asyncio.create_task(self._drain(lane, patience[lane]))
            more = more and bool(fresh)

    def _is_full(self, team: str) -> bool:
        return self._lanes_of[team] >= self.pace.lanes

    def _closed(self) -> Closed:
        full = tuple(team for team in self._lanes_of if self._is_full(team))
        return Closed(full, self._pacer.paused_teams(POST), self._pacer.paused_teams(REDRAW))

    async def idle(self) -> int | None:
        """Returns once nothing is under way and nothing is ready. When the next delivery falls due, in Unix seconds."""
        self._leaves_none = True
        try:
            while True:
                await self._looking()
                await self.sweep()
                if not self._under_way:
                    return await self._store.deliveries.next_due()
                await asyncio.wait(self._under_way)
        finally:
            self._leaves_none = False

    async def close(self, patience: float = PATIENCE) -> None:
        """Begins nothing more, and gives what is under way its time. Then leases go back, and what may have arrived
        is left to whoever looks next.
        """
        self._closing = True
        self._check_ins.close()
        under_way = [*self._under_way, *([self._look] if self._look else [])]
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @property
    def _under_way(self) -> list[asyncio.Task[Any]]:
        return [*self._lanes.values(), *self._check_ins.under_way]

    def _looking(self) -> asyncio.Task[None]:
        """One look at a time: two could both find a post absent, and the slower one would send it once more.

        It holds up nobody: Slack may take its time to answer.
        """
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._settle())
        return self._look

    async def _settle(self) -> None:
        try:
            if await self._reconcile.all():
                self.wake()
        except Busy:
            log.warning("look_waits", why="database")
        except Exception as bug:  # as in a lane: only its name and place
            log.error("look_stopped", error=type(bug).__name__, where=where(bug))

    async def _drain(self, lane: Lane, patience: float) -> None:
        try:
            going_on = True
            while going_on and not self._closing:
                async with self._doors_first.turn():
                    going_on = await self._step(lane, patience)
        except Busy:
            log.warning("lane_waits", why="database")
        except Exception as bug:  # one row that cannot be delivered must not end the sweep for everybody else
            log.error("lane_stopped", error=type(bug).__name__, where=where(bug))
        finally:
            self._leave(lane)
            if patience:  # what we were asked for meanwhile was left out
                self.wake()

    def _leave(self, lane: Lane) -> None:
        """Whoever waits for a place of this workspace gets it now."""
        if self._is_full(lane[0]) and not self._closing:
            self.wake()
        self._lanes_of[lane[0]] -= 1
        if not self._lanes_of[lane[0]]:
            del self._lanes_of[lane[0]]
        del self._lanes[lane]

    async def _step(self, lane: Lane, patience: float) -> bool:
        """One row of the lane, which has been due for so many seconds. Whether there may be another."""
        row = await self._store.deliveries.next_of(lane, now=int(self._clock.unix() - patience), real=self._real())
        return row is not None and await self._sender.deliver(row)

    def _real(self) -> int:
        return int(self._clock.real())
