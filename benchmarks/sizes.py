"""How much is measured: ``quick`` in minutes, ``full`` for the figures in docs/performance.md, ``tiny`` for a test."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.databases import ENGINES


@dataclass(frozen=True)
class Size:
    rounds: int
    commands: int
    due: int
    pending: tuple[int, ...]
    workspaces: int
    planned: int  # members whose check-ins are planned
    slow: int  # due in the workspace that is throttled
    engines: tuple[str, ...] = ENGINES


SIZES = {
    "tiny": Size(rounds=1, commands=20, due=20, pending=(100,), workspaces=5, planned=20, slow=5, engines=("sqlite",)),
    "quick": Size(rounds=3, commands=500, due=1000, pending=(1_000, 100_000), workspaces=50, planned=300, slow=500),
    "full": Size(
        rounds=3, commands=1000, due=1000, pending=(1_000, 100_000, 1_000_000), workspaces=50, planned=500, slow=1000
    ),
}
