"""The alarm clock rings whatever happens to the machine's: set back, it would fall silent for as long."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.pace import Pace
from bot.scheduler import Alarm, Job

QUICK = Pace().times(50)  # a sweep ten times a second
RINGS = 4


class Counted:
    """A job that can be waited for."""

    def __init__(self) -> None:
        self.times = 0
        self._rung = asyncio.Event()

    async def __call__(self) -> None:
        self.times += 1
        self._rung.set()

    async def rings(self, times: int) -> None:
        wanted = self.times + times
        async with asyncio.timeout(10):
            while self.times < wanted:
                self._rung.clear()
                await self._rung.wait()


@pytest.mark.parametrize("hours", [-24, -1, 1])
async def test_row_24_the_wall_clock_jumps_and_sweep_and_chores_go_on_ringing(hours: int) -> None:
    sweep, erase = Counted(), Counted()
    alarm = an_alarm(sweep, erase)
    await alarm.start()
    await erase.rings(1)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True):
        await sweep.rings(RINGS)
        await erase.rings(RINGS)
        assert alarm.silent_for < 1
        alarm.stop()


async def test_a_sweep_that_fails_silences_nobody() -> None:
    erase = Counted()

    async def fails() -> None:
        raise RuntimeError

    alarm = an_alarm(fails, erase)
    await alarm.start()
    await erase.rings(RINGS)
    alarm.stop()


async def test_a_chore_that_runs_at_the_end_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def takes_long() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    alarm = an_alarm(Counted(), takes_long)
    await alarm.start()
    await asyncio.wait_for(begun.wait(), 10)
    alarm.stop()
    await asyncio.wait_for(ended.wait(), 10)
    await asyncio.sleep(0)  # whoever looks at what came of it
    await asyncio.sleep(0)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def an_alarm(sweep: Job, erase: Job) -> Alarm:
    async def words() -> None:
        pass

    return Alarm(QUICK, sweep=sweep, words=words, chores=[(erase, QUICK.sweep)])
