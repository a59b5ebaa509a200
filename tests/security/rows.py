"""The database as it lies on the disk, compared row by row, and what must be true of it at any time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from bot.tables import metadata

Row = tuple[tuple[str, Any], ...]


def every(folder: Path) -> dict[str, set[Row]]:
    """All rows by table; what changes by itself (leases, events heard) is left out."""
    with sqlite3.connect(folder / "onward.db") as database:
        database.row_factory = sqlite3.Row
        return {
            table.name: {
                tuple((name, row[name]) for name in row.keys() if name not in MOVING)  # noqa: SIM118 - rows are no mappings
                for row in database.execute(f"SELECT * FROM {table.name}")
            }
            for table in metadata.sorted_tables if table.name not in {"events", "meta"}
        }  # fmt: skip


MOVING = {"lease_until", "lease_owner", "next_due", "paused_until", "looked_up_at", "active_at", "home_at"}


def of(rows: dict[str, set[Row]], team: str, user: str) -> dict[str, set[Row]]:
    """What belongs to a member: by the member's id, or by one of their journeys."""
    mine = {name: {row for row in found if _is(row, team, user)} for name, found in rows.items()}
    journeys = {dict(row)["id"] for row in mine["journeys"]}
    for name, found in rows.items():
        mine[name] |= {
            row for row in found if dict(row).get("team_id") == team and dict(row).get("journey_id") in journeys
        }
    return {name: found for name, found in mine.items() if found}


def halves(folder: Path) -> list[str]:
    """Facts without what must have been written with them. Empty when every write was whole."""
    with sqlite3.connect(folder / "onward.db") as database:
        return [f"{what}: {row}" for what, query in WHOLE.items() for row in database.execute(query).fetchall()]


WHOLE = {
    "a thread without its four steps": """
        SELECT j.id FROM journeys j LEFT JOIN steps s ON s.team_id = j.team_id AND s.journey_id = j.id
        GROUP BY j.team_id, j.id HAVING count(s.step) != 4""",
    "a thread without its first message": """
        SELECT id FROM journeys j WHERE NOT EXISTS
        (SELECT 1 FROM deliveries d WHERE d.team_id = j.team_id AND d.kind = 'thread.parent' AND d.subject = j.id)""",
    "a check-in without its delivery": """
        SELECT id FROM check_ins c WHERE NOT EXISTS
        (SELECT 1 FROM deliveries d
         WHERE d.team_id = c.team_id AND d.kind = 'check_ins.check_in' AND d.subject = c.id)""",
    "a delivery of a check-in that is not there": """
        SELECT id FROM deliveries d WHERE d.kind = 'check_ins.check_in' AND NOT EXISTS
        (SELECT 1 FROM check_ins c WHERE c.team_id = d.team_id AND c.id = d.subject)""",
    "a note without its thread": """
        SELECT n.journey_id FROM notes n WHERE NOT EXISTS
        (SELECT 1 FROM journeys j WHERE j.team_id = n.team_id AND j.id = n.journey_id)""",
    "somebody's rows without the member": """
        SELECT user_id FROM journeys j WHERE NOT EXISTS
        (SELECT 1 FROM members m WHERE m.team_id = j.team_id AND m.user_id = j.user_id)""",
}


def _is(row: Row, team: str, user: str) -> bool:
    found = dict(row)
    return bool(found.get("team_id") == team and found.get("user_id") == user)
