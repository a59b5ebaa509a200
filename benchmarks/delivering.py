"""Check-ins going out while many more are pending, against a bare SDK client that posts the same messages.

``.venv/bin/python -m benchmarks.delivering [due] [pending …]``: over 50 workspaces, 50 posts in flight, SQLite. Each
size runs in a process of its own; it prints posts a second for both, their ratio, and the bot's peak memory.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection, Table, insert

from benchmarks.fake_slack import fake_slack
from bot import settings
from bot.app import build
from bot.clock import MovableClock
from bot.kinds import CHECK_IN_RANK, Kind
from bot.store import Store
from bot.store.ledger import Wanted
from bot.store.queue import delivery_id
from bot.tables import check_ins, deliveries, journeys, members, series

WORKSPACES, IN_FLIGHT, ROUNDS = 50, 50, 3
AT_ONCE = 10_000
NOON = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)  # a Wednesday


def main() -> None:
    due = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sizes = [int(each) for each in sys.argv[2:]] or [1_000, 100_000]
    for pending in sizes:
        rounds = []
        for number in range(ROUNDS):
            command = [sys.executable, "-m", "benchmarks.delivering", "--one", str(due), str(pending)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            rounds.append(json.loads(done.stdout.splitlines()[-1]))
            sys.stderr.write(f"  round {number + 1}: {rounds[-1]}\n")
        ours, bare = (median(each[name] for each in rounds) for name in ("ours", "bare"))
        memory = median(each["megabytes"] for each in rounds)
        speed = f"{ours:.0f}/s, bare client {bare:.0f}/s, ratio {ours / bare:.2f}"
        sys.stdout.write(f"{pending:>9,} pending: {speed}, {memory:.0f} MB\n")


async def one(due: int, pending: int) -> dict[str, float]:
    with fake_slack() as url, tempfile.TemporaryDirectory() as folder:
        bare = await _bare(url, due)
        ours = await _ours(url, Path(folder), due, pending)
    return {
        "ours": due / ours,
        "bare": due / bare,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def _bare(url: str, due: int) -> float:
    """Seconds for as many posts, so many in flight, with nothing kept anywhere."""
    places = asyncio.Semaphore(IN_FLIGHT)
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-1", base_url=url, session=session, retry_handlers=[])

        async def post(number: int) -> None:
            async with places:
                await client.chat_postMessage(channel=f"D{number}", text="A quick check-in.", blocks=BLOCKS)

        began = time.perf_counter()
        await asyncio.gather(*(post(number) for number in range(due)))
        return time.perf_counter() - began


BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "A quick check-in. How are you doing?"}}] * 3


async def _ours(url: str, folder: Path, due: int, pending: int) -> float:
    chosen = settings.read(
        slack_bot_token="xoxb-1", slack_signing_secret="shh", slack_api_url=url,
        database_url=f"sqlite:///{folder}/onward.db", default_timezone="Etc/UTC",
    )  # fmt: skip
    clock = MovableClock()
    clock.set(NOON.timestamp() - 7200)
    onward = build(chosen, clock=clock)
    await _fill(onward.tools.store, due, pending)
    await onward.open()
    clock.set(NOON.timestamp())
    began = time.perf_counter()
    onward.delivery.wake()
    await onward.delivery.idle()
    seconds = time.perf_counter() - began
    sent = sum(each.count for each in await onward.tools.store.ledger.lines(Wanted(state="sent")))
    assert sent == due, f"{sent} of {due} were sent"
    await onward.close()
    return seconds


async def _fill(store: Store, due: int, pending: int) -> None:
    """Members with one check-in each: ``due`` of them at noon, the others two weeks later."""
    teams = [f"T{number}" for number in range(WORKSPACES)]
    for team in teams:
        await store.workspaces.adopt(
            team, token="xoxb-1", bot_user_id="U", bot_id="B", scopes=frozenset(), zone="Etc/UTC", country=None
        )
    for first in range(0, due + pending, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, due + pending))
        rows = [_rows(number, teams[number % WORKSPACES], is_due=number < due) for number in numbers]

        def write(connection: Connection, rows: list[dict[Table, dict[str, object]]] = rows) -> None:
            for table in (members, journeys, series, check_ins, deliveries):
                connection.execute(insert(table), [row[table] for row in rows])

        await store.database.write(write)
    await store.leases.repair()


def _rows(number: int, team: str, *, is_due: bool) -> dict[Table, dict[str, object]]:
    began = int((NOON - timedelta(days=1)).timestamp())
    due = int((NOON if is_due else NOON + timedelta(days=14)).timestamp())
    whose = {"team_id": team, "user_id": f"U{number}"}
    known = {"dm": f"D{number}", "zone": "Etc/UTC", "hour": "morning", "looked_up_at": int(NOON.timestamp())}
    running = {"started_at": began, "newest_at": began, "stage": "none", "tempo": "usual"}
    return {
        members: whose | known,
        journeys: whose | {"id": f"j{number}", "stage": "none", "text_key": "k", "started_at": began},
        series: whose | running | {"id": f"s{number}"},
        check_ins: whose | {"id": f"c{number}", "series_id": f"s{number}", "purpose": "day_1", "number": 1},
        deliveries: whose | {
            "id": delivery_id(Kind.CHECK_IN, f"c{number}"), "kind": Kind.CHECK_IN, "subject": f"c{number}",
            "rank": CHECK_IN_RANK, "due_at": due, "promised_at": due, "state": "planned",
        },
    }  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write(json.dumps(asyncio.run(one(int(sys.argv[2]), int(sys.argv[3])))))
    else:
        main()
