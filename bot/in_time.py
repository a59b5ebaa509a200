"""A post leaves soon after its write-ahead, or not at all: once its process has stood still, others may have looked.

This is asked where the first byte is about to be written. From there to the socket nothing waits and nothing else
runs: only a standstill within those few instructions goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import aiohttp

from bot import failpoints
from bot.clock import Since

_leaving: ContextVar[tuple[Since, float] | None] = ContextVar("leaving", default=None)


class Late(Exception):
    """Not a byte of it was written. It is the cause of the failure that the call ends with."""


@contextmanager
def leaves(within: float, began: Since) -> Iterator[None]:
    """A call made in here is written ``within`` so many seconds of ``began``, or fails."""
    before = _leaving.set((began, within))
    try:
        yield
    finally:
        _leaving.reset(before)


def guard() -> aiohttp.TraceConfig:
    """For the session that posts go through."""
    trace = aiohttp.TraceConfig()
    trace.on_request_chunk_sent.append(_about_to_write)
    return trace


async def _about_to_write(_session: object, _context: object, _chunk: object) -> None:
    """aiohttp asks with the connection at hand and the request's head still unsent: head and body go out together."""
    leaving = _leaving.get()
    if leaving is not None:
        failpoints.reached("leaving")
        began, within = leaving
        if began.seconds > within:
            raise Late
