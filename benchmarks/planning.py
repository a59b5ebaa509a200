"""Check-ins being planned while 100,000 others are pending: facts in, dates found, four rows in the queue.

The textbook finds no dates; it adds four jobs, as its library is installed. Both are asked from ten places at once.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.contest import Figures, contest, finished, ready_and_told, rounds, say, table
from benchmarks.databases import Databases
from benchmarks.people import NOON, chosen, fill, noes
from benchmarks.sizes import Size

CHECK_INS = 4
IN_FLIGHT = 10


def run(databases: Databases, size: Size) -> None:
    rows = [_measured(databases, size, engine, pending) for engine in size.engines for pending in size.pending]
    table(
        f"Planning check-ins, {IN_FLIGHT} at once",
        ("database", "pending", "Onward", "textbook", "ratio", "whole /rejected with its thread"), rows,
    )  # fmt: skip


def _measured(databases: Databases, size: Size, engine: str, pending: int) -> list[str]:
    say(f"Planning on {engine}, {pending:,} pending: filling …")
    ours, theirs = databases.fresh(engine), databases.fresh(engine)
    fill(ours, teams=size.workspaces, pending=pending, due=1)
    noes(ours, size.rounds * (size.planned + 1))

    def round_(number: int) -> Figures:
        _, [onward] = contest("benchmarks.planning", ("onward", ours, number * (size.planned + 1), size.planned))
        _, [whole] = contest("benchmarks.planning", ("whole", ours, number * (size.planned + 1), size.planned))
        _, [book] = contest("benchmarks.planning", ("textbook", theirs, pending if number == 0 else 0, size.planned))
        return {
            "onward": onward["a_second"], "textbook": book["a_second"], "ratio": onward["a_second"] / book["a_second"],
            "whole": whole["a_second"],
        }  # fmt: skip

    seen = rounds(size.rounds, f"planning on {engine}, {pending:,} pending", round_)
    databases.drop(ours)
    databases.drop(theirs)
    return [
        engine, f"{pending:,}", f"{seen['onward']:,.0f}/s", f"{seen['textbook']:,.0f}/s", f"{seen['ratio']:.1f}",
        f"{seen['whole']:,.0f}/s",
    ]  # fmt: skip


async def _onward(database_url: str, first: int, many: int, *, whole: bool) -> None:
    from bot.commands.run import share_python  # noqa: PLC0415
    from bot.database import Database  # noqa: PLC0415
    from bot.store import Store  # noqa: PLC0415
    from bot.store.values import Asked, Who  # noqa: PLC0415
    from bot.vault import Vault, keys  # noqa: PLC0415

    known = chosen(database_url, "http://127.0.0.1/api/")
    share_python(known)
    store = Store(Database(database_url), Vault(keys(known)))

    def who(number: int) -> Who:
        return Who("T0", f"{'W' if whole else 'N'}{number}")

    async def plan(number: int) -> None:
        if whole:
            await store.journeys.start(who(number), Asked(f"k{number}", "Initech", "Analyst"), now=NOON)
        else:
            await store.check_ins.replan(who(number), now=NOON)

    await plan(first + many)  # one more, to warm up
    ready_and_told()
    began = time.perf_counter()
    await _all(plan, range(first, first + many))
    finished(a_second=many * CHECK_INS / (time.perf_counter() - began))
    await store.close()


async def _all(plan: Callable[[int], Awaitable[None]], numbers: range) -> None:
    left = iter(numbers)

    async def some() -> None:
        for number in left:
            await plan(number)

    await asyncio.gather(*(some() for _ in range(IN_FLIGHT)))


def _textbook(database_url: str, pending: int, many: int) -> None:
    from benchmarks import textbook  # noqa: PLC0415

    scheduler = textbook.scheduler(database_url)
    if pending:
        textbook.fill(scheduler, pending)
    ready_and_told()
    began = time.perf_counter()
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        list(pool.map(lambda number: textbook.plan(scheduler, number), range(many)))
    finished(a_second=many * CHECK_INS / (time.perf_counter() - began))
    scheduler.shutdown(wait=False)


if __name__ == "__main__":
    name, url, first, many = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if name == "textbook":
        _textbook(url, first, many)
    else:
        asyncio.run(_onward(url, first, many, whole=name == "whole"))
