"""People first: while Slack waits for answers, only a few messages are on their way out at a time."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType

CROWD = 15  # so many requests within so many seconds are a crowd: who comes next is at the door already
LATELY = 0.25
AT_A_TIME = 3  # deliveries that begin together while somebody waits: threads must arrive in a full house too,
IN_A_CROWD = 1  # if more slowly
A_MOMENT = 0.01  # seconds one of them keeps its place: our own work is done by then, Slack's answer costs nothing
A_WHILE = 0.1  # in a crowd, where every answer waits for the one before, it keeps it that long even if done earlier


class DoorsFirst:
    """``with`` around a request; ``async with turn()`` around something that can wait."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._inside = 0
        self._left: deque[float] = deque(maxlen=CROWD)
        self._taken = 0  # places
        self._waiting: deque[asyncio.Future[None]] = deque()

    def __enter__(self) -> None:
        self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside -= 1
        self._left.append(self._now())
        self._let_in()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        if self._is_calm:
            yield
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        self._let_in()
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # it had just been let in
                self._leave()
            raise
        place = _Place(self._leave)
        in_a_crowd = self._is_crowd
        leaving = asyncio.get_running_loop().call_later(A_WHILE if in_a_crowd else A_MOMENT, place.leave)
        try:
            yield
        finally:
            if not in_a_crowd:
                leaving.cancel()
                place.leave()

    def _let_in(self) -> None:
        """As many as there are places; and everybody once it is calm."""
        while self._waiting and (self._has_room or self._is_calm):
            waiting = self._waiting.popleft()
            if not waiting.done():  # cancelled meanwhile
                self._taken += 1
                waiting.set_result(None)

    def _leave(self) -> None:
        self._taken -= 1
        self._let_in()

    @property
    def _has_room(self) -> bool:
        return self._taken < (IN_A_CROWD if self._is_crowd else AT_A_TIME)

    @property
    def _is_calm(self) -> bool:
        return self._inside == 0 and not self._is_crowd

    @property
    def _is_crowd(self) -> bool:
        return len(self._left) == CROWD and self._now() - self._left[0] < LATELY


class _Place:
    """One of the places, left once, whoever says so first."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave: Callable[[], None] | None = leave

    def leave(self) -> None:
        if self._leave is not None:
            leave, self._leave = self._leave, None
            leave()
