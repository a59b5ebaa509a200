"""The places of messages that are to go from Slack: noted before the rows that know of them are gone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.kinds import Kind
from bot.store import unnamed
from bot.store.upsert import insert
from bot.tables import deliveries, erasures
from bot.vault import Vault


def note(connection: Connection, vault: Vault, which: Any) -> int:
    """Of the deliveries of that condition those that were posted, or may have been. How many.

    Locked, so that none is sent between the look and whatever follows.
    """
    posts = which & deliveries.c.channel.is_not(None) & deliveries.c.edits.is_(None)
    rows = connection.execute(select(deliveries).where(posts).with_for_update()).all()
    by_id = {row.id: row.ts for row in rows}
    for row in rows:
        place = _place(connection, vault, row, by_id)
        connection.execute(insert(connection, erasures).values(**place).on_conflict_do_nothing())
    return len(rows)


def _place(connection: Connection, vault: Vault, row: Any, by_id: dict[str, str | None]) -> dict[str, Any]:
    mark = "" if row.ts else vault.pseudonym(row.team_id, row.id)
    its = unnamed.resolved(connection, vault, row)
    return {
        "team_id": row.team_id, "channel": row.channel, "ts": row.ts or "", "mark": mark,
        "in_thread": by_id.get(row.under), "is_reply": row.kind == Kind.CARD,
        "sealed_channel": vault.seal(its["channel"] or "") if "address" in its else None,
    }  # fmt: skip
