"""Check-ins going out while many more are pending: against a bare SDK client, and against one job a check-in."""

from __future__ import annotations

from benchmarks.contest import Figures, contest, rounds, say, table
from benchmarks.databases import Databases
from benchmarks.fake_slack import Fake, fake_slack
from benchmarks.people import fill
from benchmarks.sizes import Size

SENDERS = "benchmarks.senders"
EMPTY_SWEEPS = 100


def run(databases: Databases, size: Size) -> None:
    rows = [_measured(databases, size, engine, pending) for engine in size.engines for pending in size.pending]
    table(
        f"Delivering: {size.due:,} check-ins due over {size.workspaces} workspaces, 50 in flight, Slack takes 100 ms",
        ("database", "pending", "Onward", "bare client", "ratio", "textbook", "peak memory", "empty sweep"), rows,
    )  # fmt: skip


def _measured(databases: Databases, size: Size, engine: str, pending: int) -> list[str]:
    say(f"Delivering on {engine}, {pending:,} pending: filling …")
    url = databases.fresh(engine)
    fill(url, teams=size.workspaces, pending=pending, due=size.due)
    book = _textbook(databases, engine, pending + size.rounds * size.due)  # each round uses up its own
    with fake_slack() as fake:
        seen = rounds(size.rounds, f"{engine}, {pending:,} pending", lambda day: _round(fake, url, book, size, day))
    databases.drop(url)
    databases.drop(book)
    return [
        engine, f"{pending:,}", f"{seen['onward']:.0f}/s", f"{seen['bare']:.0f}/s",
        f"{seen['ratio']:.2f}", f"{seen['textbook']:.0f}/s", f"{seen['peak_mb']:.0f} MB", f"{seen['empty_ms']:.2f} ms",
    ]  # fmt: skip


def _round(fake: Fake, url: str, book: str, size: Size, day: int) -> Figures:
    """Side by side: the floor before and after, so that a machine that gets slower wrongs nobody."""
    _, [before] = contest(SENDERS, ("bare", fake.api, size.due))
    fake.forget()
    _, [ours] = contest(SENDERS, ("onward", fake.api, url, day, EMPTY_SWEEPS))
    seen = fake.seen()
    assert seen["posts"] == seen["marks"] == size.due, f"{seen['posts']} posts of {size.due}"
    _, [after] = contest(SENDERS, ("bare", fake.api, size.due))
    _, [theirs] = contest(SENDERS, ("textbook", fake.api, book, size.due))
    bare, onward = (before["a_second"] + after["a_second"]) / 2, size.due / ours["seconds"]
    return {
        "onward": onward, "bare": bare, "ratio": onward / bare, "textbook": theirs["a_second"],
        "peak_mb": ours["peak_mb"], "empty_ms": ours["empty_ms"],
    }  # fmt: skip


def _textbook(databases: Databases, engine: str, jobs: int) -> str:
    from benchmarks import textbook  # noqa: PLC0415

    url = databases.fresh(engine)
    made = textbook.scheduler(url, paused=True)
    textbook.fill(made, jobs)
    made.shutdown(wait=False)
    return url


def replicas(databases: Databases, size: Size) -> None:
    """The same on PostgreSQL with more processes."""
    if "postgresql" not in size.engines:
        return
    url = databases.fresh("postgresql")
    pending = max(size.pending)
    fill(url, teams=size.workspaces, pending=pending, due=size.due)
    rows = []
    with fake_slack() as fake:
        for day, many in enumerate((1, 2, 4)):
            fake.forget()
            seconds, _ = contest(SENDERS, *[("onward", fake.api, url, day, 0)] * many)
            seen = fake.seen()
            assert seen["posts"] == seen["marks"] == size.due, f"{seen['posts']} posts of {size.due}"
            say(f"  {many} replicas: {size.due / seconds:.0f}/s")
            rows.append([many, f"{size.due / seconds:.0f}/s", len(seen["twice"])])
    databases.drop(url)
    table(f"Replicas on PostgreSQL, {pending:,} pending", ("replicas", "check-ins", "sent twice"), rows)
