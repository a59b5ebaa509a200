"""A workspace that Slack throttles, with as much due as all others together: how late are the others?"""

from __future__ import annotations

from benchmarks.contest import Figures, contest, rounds, say, table
from benchmarks.databases import Databases
from benchmarks.delivering import SENDERS
from benchmarks.fake_slack import Fake, fake_slack
from benchmarks.people import fill
from benchmarks.sizes import Size

SLOW_TOKEN = "xoxb-slow"
PENDING = 1000


def run(databases: Databases, size: Size) -> None:
    rows = [_measured(databases, size, engine) for engine in size.engines]
    table(
        f"Lateness of {size.due:,} check-ins of others, beside a throttled workspace with {size.slow:,} due",
        ("database", "p50 without it", "p99 without it", "p50 with it", "p99 with it", "it got"), rows,
    )  # fmt: skip


def _measured(databases: Databases, size: Size, engine: str) -> list[str]:
    say(f"Neighbour on {engine}: filling …")
    alone, beside = databases.fresh(engine), databases.fresh(engine)
    fill(alone, teams=size.workspaces, pending=PENDING, due=size.due)
    fill(beside, teams=size.workspaces, pending=PENDING, due=size.due, slow=size.slow)
    with fake_slack() as fake:
        seen = rounds(size.rounds, f"neighbour, {engine}", lambda day: _round(fake, alone, beside, size.due, day))
    databases.drop(alone)
    databases.drop(beside)
    return [
        engine, f"{seen['alone_p50']:.2f} s", f"{seen['alone_p99']:.2f} s", f"{seen['beside_p50']:.2f} s",
        f"{seen['beside_p99']:.2f} s", f"{seen['slow']:.0f}",
    ]  # fmt: skip


def _round(fake: Fake, alone: str, beside: str, due: int, day: int) -> Figures:
    without, beside_it = _lateness(fake, alone, due, day), _lateness(fake, beside, due, day)
    return {
        "alone_p50": without[due // 2], "alone_p99": without[int(due * 0.99) - 1],
        "beside_p50": beside_it[due // 2], "beside_p99": beside_it[int(due * 0.99) - 1],
        "slow": len(fake.seen()["arrivals"].get(SLOW_TOKEN, [])),
    }  # fmt: skip


def _lateness(fake: Fake, url: str, due: int, day: int) -> list[float]:
    """Seconds from the moment they fell due until Slack had them, of everybody but the throttled."""
    fake.forget()
    _, [ours] = contest(SENDERS, ("onward", fake.api, url, day, 0))
    arrivals = fake.seen()["arrivals"]
    late = [at - ours["began"] for token, times in arrivals.items() if token != SLOW_TOKEN for at in times]
    assert len(late) == due, f"{len(late)} of {due}"
    return sorted(late)
