"""/rejected, ten in flight: how many a second, and how long Slack waits for the answer.

The floor stores nothing and makes the same calls; the textbook plans its check-ins as APScheduler jobs. Slack answers
at once here: what counts is the bot's own work, and a slow Slack would only be worse for those who wait for it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import aiohttp

from benchmarks.contest import ROOT, Figures, quiet_environment, rounds, table
from benchmarks.databases import Databases
from benchmarks.fake_slack import Fake, fake_slack
from benchmarks.people import KEY, fill
from benchmarks.sizes import Size

IN_FLIGHT = 10
POSTS = 2  # the parent and its first card
TEAMS = 50
PATIENCE = 120.0  # seconds
LABELS = {"floor": "floor", "sqlite": "Onward, SQLite", "postgresql": "Onward, PostgreSQL", "textbook": "textbook"}


def run(databases: Databases, size: Size) -> None:
    names = [name for name in LABELS if name in (*size.engines, "floor", "textbook")]
    with fake_slack(latency=0) as fake:
        seen = rounds(size.rounds, "commands", lambda _: _all(databases, fake, names, size.commands))
    table(
        f"/rejected: {size.commands} members of {TEAMS} workspaces, {IN_FLIGHT} in flight",
        ("", "answered", "of the floor", "answer p50", "answer p99", "threads arrived", "of the floor"),
        [_row(seen, name) for name in names],
    )


def _row(seen: Figures, name: str) -> list[str]:
    acked, arrived = seen[f"{name}_acked"], seen[f"{name}_arrived"]
    return [
        LABELS[name], f"{acked:.0f}/s", f"{acked / seen['floor_acked']:.2f}", f"{seen[f'{name}_p50']:.1f} ms",
        f"{seen[f'{name}_p99']:.1f} ms", f"{arrived:.0f}/s", f"{arrived / seen['floor_arrived']:.2f}",
    ]  # fmt: skip


def _all(databases: Databases, fake: Fake, names: Sequence[str], many: int) -> Figures:
    seen = {name: asyncio.run(_round(databases, fake, name, many)) for name in names}
    return {f"{name}_{figure}": value for name, each in seen.items() for figure, value in each.items()}


async def _round(databases: Databases, fake: Fake, name: str, many: int) -> Figures:
    url = databases.fresh("postgresql" if name == "postgresql" else "sqlite")
    fill(url, teams=TEAMS, pending=0, due=0)
    fake.forget()
    async with listening(name, fake.api, url) as address:
        began = time.perf_counter()
        seconds = sorted(await type_rejected(address, many))
        acked = time.perf_counter() - began
        while (await asyncio.to_thread(fake.seen))["posts"] < many * POSTS:
            assert time.perf_counter() - began < PATIENCE, f"{name}: {fake.seen()['calls']}"
            await asyncio.sleep(0.05)
        arrived = time.perf_counter() - began
    databases.drop(url)
    p50, p99 = statistics.median(seconds) * 1000, seconds[int(len(seconds) * 0.99) - 1] * 1000
    return {"acked": many / acked, "p50": p50, "p99": p99, "arrived": many / arrived}


@asynccontextmanager
async def listening(name: str, api: str, database_url: str) -> AsyncIterator[str]:
    """The contestant as a process of its own, once it is ready. Its address."""
    port = free_port()
    process = start(name, api, database_url, port)
    try:
        await ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def start(
    name: str, api: str, database_url: str, port: int, command: Sequence[str] = ("run",), **settings: str
) -> subprocess.Popen[bytes]:
    commands = {
        "floor": ["benchmarks.floor", str(port), api],
        "textbook": ["benchmarks.textbook", str(port), api, database_url],
    }
    environment = quiet_environment(
        SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="shh", SLACK_API_URL=api, DATABASE_URL=database_url,
        ENCRYPTION_KEY=KEY, PORT=str(port), DEFAULT_TIMEZONE="Etc/UTC", **settings,
    )  # fmt: skip
    module = commands.get(name, ["bot", *command])
    return subprocess.Popen(
        [sys.executable, "-m", *module], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


async def ready(address: str, process: subprocess.Popen[bytes]) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(1200):
            try:
                async with session.get(f"{address}/readyz") as answer:
                    if answer.status in (200, 404):  # Bolt's own server knows no such address
                        return
            except aiohttp.ClientError:
                assert process.poll() is None, "it ended before it was ready"
            await asyncio.sleep(0.05)
    raise TimeoutError("it did not get ready")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def type_rejected(address: str, many: int) -> list[float]:
    """Seconds from each request to its answer, one member each."""
    numbers = iter(range(many))
    seconds: list[float] = []
    patient = aiohttp.ClientTimeout(total=PATIENCE)  # the textbook's server lets people wait long at its door
    async with aiohttp.ClientSession(timeout=patient) as session:

        async def types() -> None:
            for number in numbers:
                took = await rejected(session, address, f"T{number % TEAMS}", f"U{number:07d}")
                seconds.append(took)

        await asyncio.gather(*(types() for _ in range(IN_FLIGHT)))
    return seconds


async def rejected(session: aiohttp.ClientSession, address: str, team: str, user: str) -> float:
    body = urlencode({
        "command": "/rejected", "text": "Initech, Analyst", "team_id": team, "team_domain": "example", "user_id": user,
        "user_name": "somebody", "channel_id": "C0", "channel_name": "general", "api_app_id": "A0", "token": "t",
        "response_url": f"{address}/nowhere", "trigger_id": "1.2.3", "is_enterprise_install": "false",
    }).encode()  # fmt: skip
    began = time.perf_counter()
    async with session.post(f"{address}/slack/events", data=body, headers=_signed(body)) as answer:
        said = await answer.read()
        assert answer.status == 200 and said, f"{answer.status}: {said[:200]!r}"
    return time.perf_counter() - began


def _signed(body: bytes) -> dict[str, str]:
    at = str(int(time.time()))
    digest = hmac.new(b"shh", f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
