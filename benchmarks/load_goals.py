"""What ``benchmarks.load`` must reach: no command and no check-in lost or sent twice, and nobody kept waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, text

from benchmarks.people import NOON

if TYPE_CHECKING:
    from benchmarks.fake_slack import Fake
    from benchmarks.load import Plan, Replica, Seen

SETTLED = 120.0  # seconds after which memory has found its level
ACK_MS, LATE_SECONDS, MEMORY = 500, 15, 1.05
OUR_POSTS = "state = 'sent' AND attempts > 0 AND edits IS NULL"
START = int(NOON.timestamp())


def judge(plan: Plan, url: str, seen: Seen, fake: Fake, replicas: list[Replica]) -> list[tuple[str, str, str, bool]]:
    """Each goal, what was seen, and whether it is reached."""
    engine = create_engine(url)
    with engine.connect() as connection:
        late = _late(connection, "check_ins.check_in")
        threads = _late(connection, "thread.parent")
        sent = int(connection.scalar(text(f"SELECT count(*) FROM deliveries WHERE {OUR_POSTS}")) or 0)
        left = left_over(connection)
    engine.dispose()
    posted = fake.seen()
    p99 = sorted(seen.answers)[int(len(seen.answers) * 0.99) - 1] * 1000
    lost = plan.due - len(late) + len(seen.answers) - len(threads)
    settled = [mb for at, mb in replicas[1].memory if at > min(SETTLED, plan.seconds / 4)]
    grown = max(settled[-6:]) / max(settled[:6])
    return [
        ("commands", f"{len(seen.answers):,} answered, {len(seen.failed)} failed", "0 failed", not seen.failed),
        ("acknowledgement p99", f"{p99:.0f} ms", f"≤ {ACK_MS} ms", p99 <= ACK_MS),
        ("check-ins sent", f"{len(late):,} of {plan.due:,}", "all", len(late) == plan.due),
        ("lateness of check-ins p99", f"{_p99(late)} s", f"≤ {LATE_SECONDS} s", _p99(late) <= LATE_SECONDS),
        ("threads sent", f"{len(threads):,} of {len(seen.answers):,}, p99 {_p99(threads)} s late", "all", not lost),
        ("lost", f"{lost}, {left} left over", "0", lost == left == 0),
        ("twice", f"{len(posted['twice'])} of {posted['marks']:,} posts", "0", not posted["twice"]),
        ("posts in the ledger", f"{sent:,}", f"{posted['marks']:,} at Slack", sent == posted["marks"]),
        ("memory, end against start", f"{grown:.3f} of {settled[0]:.0f} MB", f"≤ {MEMORY}", grown <= MEMORY),
    ]  # fmt: skip


def _late(connection: Connection, kind: str) -> list[int]:
    asked = {"kind": kind, "start": START}
    rows = (
        "SELECT sent_at - promised_at FROM deliveries WHERE state = 'sent' AND kind = :kind AND promised_at >= :start"
    )
    return sorted(connection.scalars(text(rows), asked).all())


def _p99(late: list[int]) -> int:
    return late[int(len(late) * 0.99) - 1] if late else 0


def left_over(connection: Connection) -> int:
    """Threads and check-ins of these minutes that are neither sent nor ended."""
    with connection:
        waiting = "state IN ('planned', 'sending') AND due_at < :end AND rank < 10"
        asked = {"end": START + 86400 // 2}
        return int(connection.scalar(text(f"SELECT count(*) FROM deliveries WHERE {waiting}"), asked) or 0)
