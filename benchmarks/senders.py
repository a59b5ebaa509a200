"""Contestants that send what is due, each in a process of its own (see contest).

``bare``: a loop around the SDK. ``onward``: the whole bot. ``textbook``: one APScheduler job a check-in.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from statistics import median

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.contest import finished, ready_and_told
from benchmarks.people import NOON, chosen

IN_FLIGHT = 50
BLOCKS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "A quick check-in. How are you doing?"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "Your <https://example.slack.com/archives/D0/p1|steps>."}},
    {"type": "actions", "elements": [
        {"type": "button", "action_id": f"check_ins.{number}", "text": {"type": "plain_text", "text": "Okay"}}
        for number in range(6)
    ]},
]  # fmt: skip


async def bare(api: str, due: int) -> None:
    """The same two calls a check-in, so many in flight, and nothing kept anywhere."""
    places = asyncio.Semaphore(IN_FLIGHT)
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-1", base_url=api, session=session, retry_handlers=[])

        async def send(number: int) -> None:
            async with places:
                await client.chat_getPermalink(channel=f"D{number}", message_ts="1800000000.1")
                await client.chat_postMessage(channel=f"D{number}", text="A quick check-in.", blocks=BLOCKS)

        ready_and_told()
        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(send(number) for number in range(due)))
        used = time.process_time() - used
        finished(a_second=due / (time.perf_counter() - began), cpu=used)


async def onward(api: str, database_url: str, day: int, looks: int) -> None:
    """At that day's noon: ``looks`` empty sweeps before it, then everything that is due."""
    from bot import log  # noqa: PLC0415
    from bot.app import build  # noqa: PLC0415
    from bot.clock import MovableClock  # noqa: PLC0415
    from bot.commands.run import share_python  # noqa: PLC0415

    log.start()
    known = chosen(database_url, api)
    share_python(known)
    clock = MovableClock()
    noon = (NOON + timedelta(days=day)).timestamp()
    clock.set(noon - 7200)
    bot = build(known, clock=clock)
    await bot.open()
    await bot.delivery.idle()
    empty = [await _timed_sweep(bot) for _ in range(looks)]
    ready_and_told()
    clock.set(noon)
    began, used = time.monotonic(), time.process_time()
    await bot.delivery.idle()
    used = time.process_time() - used
    finished(began=began, seconds=time.monotonic() - began, cpu=used, empty_ms=median(empty) * 1000 if empty else 0.0)
    await bot.close()


async def _timed_sweep(bot: object) -> float:
    began = time.perf_counter()
    await bot.delivery.sweep()  # type: ignore[attr-defined]
    return time.perf_counter() - began


def textbook(api: str, database_url: str, due: int) -> None:
    """As many threads as others have posts in flight, and no grace time: its default drops what is a second late."""
    from benchmarks import textbook as book  # noqa: PLC0415

    done = threading.Semaphore(0)
    book.prepare(api, done.release)
    scheduler = book.scheduler(database_url, threads=IN_FLIGHT, paused=True)
    book.make_due(scheduler, due, datetime.now(UTC) - timedelta(seconds=1))
    ready_and_told()
    began = time.perf_counter()
    scheduler.resume()
    for _ in range(due):
        done.acquire()
    finished(a_second=due / (time.perf_counter() - began))
    scheduler.shutdown(wait=False)


if __name__ == "__main__":
    name, api, *rest = sys.argv[1:]
    if name == "bare":
        asyncio.run(bare(api, int(rest[0])))
    elif name == "onward":
        asyncio.run(onward(api, rest[0], int(rest[1]), int(rest[2])))
    else:
        textbook(api, rest[0], int(rest[1]))
