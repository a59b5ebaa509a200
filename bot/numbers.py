"""Numbers for staff that point at nobody: counts of members, made once for a month and never again. Pure.

Cells of ten members or more, what is left beside a cell too; rounded by a secret that differs from cell to cell, so
that one member more or less moves a number once in five times; nothing in a community of fewer than 25 (design 2.5).
A month is counted once, after it is over: there are no two releases of it to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

FEWEST = 10  # members
NEAREST = 5
COMMUNITY = 25  # members who ever used it
BEGAN, DID, APPLIED, GOOD_NEWS, STAGE = "began", "did", "applied", "good_news", "stage"
AFTERWARDS = timedelta(days=2)  # until the month is over in every zone

Chance = Callable[[str], int]  # 0 to 4 for a cell, always the same and known to nobody


@dataclass(frozen=True)
class Counts:
    """A month's members, exactly. This stays inside: only what ``release`` makes of it is kept or shown.

    ``stages`` counts each member once. Those who ``did`` a step are among those who ``began``; the others need not be.
    """

    ever: int = 0
    began: int = 0
    did: int = 0
    applied: int = 0
    good_news: int = 0
    stages: Mapping[str, int] = field(default_factory=dict)


def release(counts: Counts, chance: Chance) -> dict[str, int]:
    """What may be shown, by cell (a stage is ``stage.<key>``); what is missing must not be told."""
    if counts.ever < COMMUNITY or not _are_many(BEGAN, counts.began, chance):
        return {}
    parts = {DID: counts.did} if _both_sides(DID, counts.did, counts.began, chance) else {}
    others = {APPLIED: counts.applied, GOOD_NEWS: counts.good_news}
    apart = {cell: count for cell, count in others.items() if _are_many(cell, count, chance)}
    exactly = {BEGAN: counts.began} | parts | apart | _stages(counts, chance)
    return {cell: _rounded(count, chance(cell)) for cell, count in exactly.items()}


def _stages(counts: Counts, chance: Chance) -> dict[str, int]:
    """Those that hide among the others. What is left over must be nobody or many, or the smallest goes to it."""
    cells = {f"{STAGE}.{stage}": count for stage, count in counts.stages.items()}
    shown = {cell: count for cell, count in cells.items() if _both_sides(cell, count, counts.began, chance)}
    while shown and 0 < counts.began - sum(shown.values()) < FEWEST:
        del shown[min(shown, key=lambda cell: (shown[cell], cell))]
    return shown


def _both_sides(cell: str, count: int, of: int, chance: Chance) -> bool:
    """Neither those in the cell nor those beside it are few: "everybody" and "nobody" are about each single one."""
    return _are_many(cell, count, chance) and _are_many(f"not {cell}", of - count, chance)


def _are_many(cell: str, count: int, chance: Chance) -> bool:
    """Ten or a few more: where exactly a cell begins to show is a secret too."""
    return count >= FEWEST + chance(f"from {cell}")


def _rounded(count: int, chance: int) -> int:
    return (count + chance) // NEAREST * NEAREST


def month_to_release(now: datetime) -> str:
    """The last month that is over for everybody: ``2027-01``."""
    last = (now - AFTERWARDS).replace(day=1) - timedelta(days=1)
    return f"{last:%Y-%m}"


def bounds(month: str, zone: tzinfo) -> tuple[int, int]:
    """Its first second and the first one after it, as Unix seconds."""
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=zone)
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return int(first.timestamp()), int(after.timestamp())
