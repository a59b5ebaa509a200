"""People first: while Slack waits for answers, only a few messages are on their way out at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType

CALM = 0.25  # seconds after the last request from which on the sender has the house for itself
A_WHILE = 0.3  # seconds one of them may keep its place: a Slack that hangs must not hold up the neighbours
AT_A_TIME = 2  # deliveries that go on while somebody waits: threads must arrive in a full house too


class DoorsFirst:
    """``with`` around a request; ``async with turn()`` around something that can wait."""

    def __init__(self) -> None:
        self._inside = 0
        self._left_at = 0.0
        self._narrow = asyncio.Semaphore(AT_A_TIME)

    def __enter__(self) -> None:
        self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside -= 1
        self._left_at = time.monotonic()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        if self._is_calm:
            yield
            return
        await self._narrow.acquire()
        place = _Place(self._narrow)
        leaving = asyncio.get_running_loop().call_later(A_WHILE, place.leave)
        try:
            yield
        finally:
            leaving.cancel()
            place.leave()

    @property
    def _is_calm(self) -> bool:
        return self._inside == 0 and time.monotonic() - self._left_at > CALM


class _Place:
    """One of the places, left once, whoever says so first."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places

    def leave(self) -> None:
        if self._places is not None:
            self._places.release()
            self._places = None
