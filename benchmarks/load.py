"""Ten minutes of a large community: ``python -m benchmarks.load [--minutes 10] …`` (see docs/performance.md).

5,000 workspaces and 200,000 members on PostgreSQL, two replicas: 60 commands and 100 due check-ins a second, and one
replica is taken down and started again in the middle. Commands come at their times, however slow the answers are, and
are measured from those times. Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
from sqlalchemy import create_engine, text

from benchmarks.commands import free_port, ready, rejected, start
from benchmarks.contest import now_mb, say, table
from benchmarks.databases import databases
from benchmarks.fake_slack import Fake, fake_slack
from benchmarks.load_goals import START, judge, left_over
from benchmarks.people import KEY, LATER, add, adopt, settle
from bot.vault import Vault

CONNECTIONS = "9"  # a replica, as docs/run.md advises for so many members
WARM = 20.0  # seconds from the start of the replicas' day to the first check-in
DRAIN = 90  # seconds, at most, for what is on its way at the end


@dataclass(frozen=True)
class Plan:
    minutes: float
    workspaces: int
    members: int
    commands: int  # a second
    check_ins: int  # a second

    @property
    def seconds(self) -> float:
        return self.minutes * 60

    @property
    def due(self) -> int:
        return int(self.seconds * self.check_ins)


@dataclass
class Replica:
    api: str
    database_url: str
    port: int = field(default_factory=free_port)
    answers: bool = False  # whether the balancer sends requests here
    memory: list[tuple[float, float]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def up(self, began: float) -> None:
        self.process = start("onward", self.api, self.database_url, self.port, DATABASE_CONNECTIONS=CONNECTIONS)
        await ready(self.address, self.process)
        await self._level(START + time.monotonic() - began)
        self.answers = True

    async def down(self) -> None:
        """As a deploy does it: out of the balancer, then SIGTERM."""
        self.answers = False
        self.process.terminate()
        await asyncio.to_thread(self.process.wait)

    async def _level(self, now: float) -> None:
        """It answers once it has nothing to do, which nobody waits for here."""
        with suppress(aiohttp.ClientError, TimeoutError):
            async with aiohttp.ClientSession() as session, asyncio.timeout(0.5):
                await session.post(f"{self.address}/_sandbox/clock", json={"now": now})


@dataclass
class Seen:
    answers: list[float] = field(default_factory=list)  # seconds
    failed: list[str] = field(default_factory=list)


async def run(plan: Plan, url: str, fake: Fake) -> tuple[Seen, list[Replica]]:
    replicas = [Replica(fake.api, url), Replica(fake.api, url)]
    began = time.monotonic()
    await asyncio.gather(*(each.up(began) for each in replicas))
    say(f"  both replicas are up after {time.monotonic() - began:.0f} s")
    seen = Seen()
    try:
        async with asyncio.TaskGroup() as under_way:
            under_way.create_task(_commands(plan, replicas, seen, began + WARM))
            under_way.create_task(_restart(plan, replicas[0], began))
            watching = under_way.create_task(_watch(replicas, seen, began))
            await asyncio.sleep(began + WARM + plan.seconds - time.monotonic())
            watching.cancel()
        await _drained(url)
    finally:
        for each in replicas:
            await each.down()
    return seen, replicas


async def _commands(plan: Plan, replicas: list[Replica], seen: Seen, first: float) -> None:
    """Each at its time. Those who type have a thread from yesterday and no check-in due in these minutes."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session, asyncio.TaskGroup() as sent:
        for number in range(int(plan.seconds * plan.commands)):
            at = first + number / plan.commands
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            who = plan.members - 1 - number % (plan.members - plan.due)
            sent.create_task(_command(session, replicas, f"T{who % plan.workspaces}", f"U{who}", at, seen, number))


async def _command(
    session: aiohttp.ClientSession, replicas: list[Replica], team: str, user: str, at: float, seen: Seen, number: int
) -> None:
    """What a balancer does: the next replica that is in; if it does not take the request, the other one."""
    candidates = [each for each in replicas if each.answers]
    for replica in (candidates[number % len(candidates)], *candidates):
        with suppress(aiohttp.ClientConnectorError):
            try:
                await rejected(session, replica.address, team, user)
                seen.answers.append(time.monotonic() - at)
            except (AssertionError, aiohttp.ClientError) as failed:
                seen.failed.append(f"{type(failed).__name__} {failed}")
            return
    seen.failed.append("nobody took it")


async def _restart(plan: Plan, replica: Replica, began: float) -> None:
    await asyncio.sleep(began + WARM + plan.seconds / 2 - time.monotonic())
    at = time.monotonic()
    await replica.down()
    say(f"  a replica went down in {time.monotonic() - at:.1f} s")
    await replica.up(began)
    say(f"  and is back after {time.monotonic() - at:.1f} s")


async def _watch(replicas: list[Replica], seen: Seen, began: float) -> None:
    while True:
        await asyncio.sleep(10)
        now = time.monotonic() - began
        for each in replicas:
            if each.answers:
                each.memory.append((now, now_mb(each.process.pid)))
        latest = sorted(seen.answers[-500:]) or [0.0]
        say(
            f"  {now:4.0f} s: {len(seen.answers):,} answered, p99 of the last 500 "
            f"{latest[int(len(latest) * 0.99) - 1] * 1000:.0f} ms, {len(seen.failed)} failed, "
            f"{' and '.join(f'{each.memory[-1][1]:.0f}' for each in replicas if each.memory)} MB"
        )


async def _drained(url: str) -> None:
    engine = create_engine(url)
    for _ in range(DRAIN):
        await asyncio.sleep(1)
        left = await asyncio.to_thread(left_over, engine.connect())
        if not left:
            break
    engine.dispose()


def fill(plan: Plan, url: str) -> None:
    engine, vault = create_engine(url), Vault([KEY])
    due = f"CASE WHEN i < {plan.due} THEN {START + int(WARM)} + i / {plan.check_ins}"
    with engine.begin() as connection:
        for number in range(plan.workspaces):
            adopt(connection, vault, f"T{number}", f"xoxb-{number}")
        later = f"{due} ELSE {START + int(LATER.total_seconds())} + (i % 86400) END"
        add(connection, "U", plan.members, f"'T' || (i % {plan.workspaces})", later, str(START))
        settle(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    given.add_argument("--minutes", type=float, default=10)
    given.add_argument("--workspaces", type=int, default=5000)
    given.add_argument("--members", type=int, default=200_000)
    given.add_argument("--commands", type=int, default=60, help="a second")
    given.add_argument("--check-ins", type=int, default=100, help="a second")
    plan = Plan(**vars(given.parse_args()))
    with databases() as made, fake_slack() as fake:
        url = made.fresh("postgresql")
        say(f"Load: filling {plan.members:,} members in {plan.workspaces:,} workspaces …")
        fill(plan, url)
        seen, replicas = asyncio.run(run(plan, url, fake))
        goals = judge(plan, url, seen, fake, replicas)
    for each in seen.failed[:5]:
        say(f"  failed: {each[:200]}")
    table(
        f"{plan.minutes:g} minutes, {plan.workspaces:,} workspaces, {plan.members:,} members, 2 replicas with "
        f"{CONNECTIONS} connections each",
        ("", "seen", "goal", "reached"),
        [(name, was, goal, "yes" if ok else "**no**") for name, was, goal, ok in goals],
    )
    sys.exit(not all(ok for *_, ok in goals))


if __name__ == "__main__":
    main()
