"""One number that grows with everything that happens, and a way to wait for it to grow."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Tests and the page wait on this instead of asking again and again."""

    def __init__(self) -> None:
        self.seq = 0
        self._waiting: set[asyncio.Event] = set()

    def happened(self) -> None:
        self.seq += 1
        for event in self._waiting:
            event.set()

    async def after(self, seq: int, timeout: float | None = None) -> bool:
        """True once something has happened after ``seq``; False when ``timeout`` seconds were quiet."""
        if self.seq > seq:
            return True
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), timeout)
        finally:
            self._waiting.discard(event)
        return self.seq > seq

    async def until(self, predicate: Callable[[], Found], timeout: float) -> Found | None:
        """What ``predicate`` says once it is true, or None. It is asked again after each change only."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            seq = self.seq
            if found := predicate():
                return found
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            await self.after(seq, left)
