"""The alarm clock: rings the sweep and the chores. The only door to APScheduler.

The database is the schedule and the queue; APScheduler only says when to look. Its jobs live in memory, never in a
job store. A watchdog on the monotonic clock rings too, since an interval job falls silent for as long as the wall
clock was set back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.exceptions import Busy
from bot.log import log
from bot.pace import Pace

MINUTE, HOUR = 60, 3600
SILENCE = 3 * Pace.sweep

Job = Callable[[], Awaitable[object]]


class Alarm:
    """Rings ``sweep`` at start and every 5 s, and each of ``chores`` every so many seconds.

    ``words`` rings as often as the sweep, also in a process that only listens.
    """

    def __init__(self, pace: Pace, *, sweep: Job, words: Job, chores: Sequence[tuple[Job, float]]) -> None:
        self._sweep = sweep
        self._patience = 3 * pace.sweep
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._rung_at = time.monotonic()
        self._watchdog: asyncio.Task[None] | None = None
        self._listening = ((guarded(words), pace.sweep),)
        self._sending = ((self._ring, pace.sweep), *((guarded(chore), seconds) for chore, seconds in chores))

    @property
    def silent_for(self) -> float:
        """Seconds since the sweep last ran to its end."""
        return time.monotonic() - self._rung_at

    async def start(self, *, sending: bool = True) -> None:
        for job, seconds in (*self._listening, *(self._sending if sending else ())):
            rings = ending_quietly(job)
            self._scheduler.add_job(
                rings, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None
            )
        self._scheduler.start()
        if sending:
            self._watchdog = asyncio.create_task(self._watch())
            await self._ring()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
        if self._watchdog:
            self._watchdog.cancel()

    async def _ring(self) -> None:
        await guarded(self._sweep)()
        self._rung_at = time.monotonic()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._patience / 3)
            if self.silent_for > self._patience:
                log.warning("alarm_was_silent", seconds=round(self.silent_for))
                self._set_anew()
                await self._ring()

    def _set_anew(self) -> None:
        """Every job counts from now: after the wall clock was set back they would all wait for the old time."""
        for job in self._scheduler.get_jobs():
            job.reschedule("interval", seconds=job.trigger.interval.total_seconds())


def ending_quietly(job: Job) -> Callable[[], Awaitable[None]]:
    """At the end APScheduler cancels what runs, and would log that as a fault with all its lines."""

    async def run() -> None:
        with suppress(asyncio.CancelledError):
            await job()

    return run


def guarded(job: Job) -> Callable[[], Awaitable[None]]:
    """A chore that fails is said and comes again; it must not silence the others."""

    async def run() -> None:
        try:
            await job()
        except Busy:
            log.warning("chore_waits", why="database")
        except Exception as bug:  # see above; its text may quote a member, so only its name is written
            log.error("chore_failed", error=type(bug).__name__)

    return run
