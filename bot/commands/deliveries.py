"""``deliveries``: the ledger, in numbers: what is due, sent, skipped and why, unknown."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from bot import settings
from bot.database import Database
from bot.store import Store
from bot.vault import Vault, keys

Counts = dict[tuple[str, str, str], int]


def command(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Counts every delivery by kind, state and reason. It names no member."""
    counts = asyncio.run(_counts())
    rows = [{"kind": kind, "state": state, "reason": why, "count": n} for (kind, state, why), n in counts.items()]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for row in sorted(rows, key=lambda row: (str(row["kind"]), str(row["state"]))):
        typer.echo(f"{row['kind']:<24} {row['state']:<10} {row['reason']:<20} {row['count']:>8}")


async def _counts() -> Counts:
    chosen = settings.read()
    store = Store(Database(chosen.database_url), Vault(keys(chosen)))
    store.prepare()
    try:
        return await store.deliveries.counts()
    finally:
        await store.close()
