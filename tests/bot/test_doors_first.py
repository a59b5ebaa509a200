"""People first: what goes out waits its turn while somebody waits for an answer, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.doors_first import A_WHILE, AT_A_TIME, CROWD, IN_A_CROWD, DoorsFirst

MANY = 6


class Messages:
    """So many deliveries that ask for a turn, and stay at Slack until they are let go."""

    def __init__(self, doors: DoorsFirst) -> None:
        self.begun: list[int] = []
        self.answered = asyncio.Semaphore(0)
        self._another = asyncio.Event()
        self._doors = doors

    async def go(self, number: int) -> None:
        async with self._doors.turn():
            self.begun.append(number)
            self._another.set()
            await self.answered.acquire()

    async def have_begun(self, many: int) -> None:
        async with asyncio.timeout(5):
            while len(self.begun) < many:
                self._another.clear()
                await self._another.wait()


@asynccontextmanager
async def asking(doors: DoorsFirst) -> AsyncIterator[Messages]:
    messages = Messages(doors)
    tasks = [asyncio.create_task(messages.go(number)) for number in range(MANY)]
    await asyncio.sleep(0)
    yield messages
    for _ in range(MANY):
        messages.answered.release()
    await asyncio.gather(*tasks)


def crowd(doors: DoorsFirst) -> None:
    for _ in range(CROWD):
        with doors:
            pass


async def test_when_nobody_waits_everything_goes_at_once() -> None:
    async with asking(DoorsFirst()) as messages:
        assert len(messages.begun) == MANY


async def test_while_somebody_waits_a_few_begin_and_the_rest_follow_while_slack_answers() -> None:
    doors = DoorsFirst()
    with doors:
        async with asking(doors) as messages:
            assert len(messages.begun) == AT_A_TIME
            await messages.have_begun(MANY)


async def test_whoever_waits_goes_as_soon_as_it_is_calm() -> None:
    doors = DoorsFirst()
    with doors:
        asked = asking(doors)
        messages = await asked.__aenter__()
        assert len(messages.begun) == AT_A_TIME
    await asyncio.sleep(0)
    assert len(messages.begun) == MANY
    await asked.__aexit__(None, None, None)


async def test_in_a_crowd_one_after_the_other_goes_in_the_order_they_came_however_fast_slack_answers() -> None:
    doors, loop = DoorsFirst(now=lambda: 0.0), asyncio.get_running_loop()  # all within one moment
    crowd(doors)
    with doors:
        async with asking(doors) as messages:
            began = loop.time()
            assert messages.begun == [0][:IN_A_CROWD]
            for _ in range(MANY):
                messages.answered.release()
            await messages.have_begun(MANY)
            assert messages.begun == list(range(MANY))
            assert loop.time() - began > (MANY - 1) * A_WHILE * 0.9


async def test_who_gives_up_waiting_keeps_no_place() -> None:
    doors = DoorsFirst()
    with doors:
        async with asking(doors) as messages:
            late = asyncio.create_task(messages.go(MANY))
            await asyncio.sleep(0)
            late.cancel()
            await messages.have_begun(MANY)
    assert late.cancelled()
    assert MANY not in messages.begun
