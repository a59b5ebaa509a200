"""``deliveries``: the ledger: what is due, what was sent and how late, what was skipped and why, what is unknown."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from bot.clock import Clock
from bot.commands.store import opened
from bot.kinds import Kind
from bot.store.ledger import Entry, Line, Wanted


class State(StrEnum):
    planned = "planned"
    sending = "sending"
    sent = "sent"
    skipped = "skipped"
    cancelled = "cancelled"
    failed = "failed"
    unknown = "unknown"


STATE = typer.Option("--state", help="Only these.")
KIND = typer.Option("--kind", help="Only these.")
DUE = typer.Option("--due", help="Only what is due by now and neither sent nor ended.")
LIST = typer.Option("--list", help="One line a delivery instead of counts. Members are pseudonyms.")
MOST = typer.Option("--most", min=1, max=10_000, help="So many lines of --list at most.")
AS_JSON = typer.Option("--json", help="For machines.")


def command(
    state: Annotated[State | None, STATE] = None,
    kind: Annotated[Kind | None, KIND] = None,
    due: Annotated[bool, DUE] = False,
    listed: Annotated[bool, LIST] = False,
    most: Annotated[int, MOST] = 50,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Counts every delivery by kind, state and reason, with how late it was. It names no member."""
    wanted = Wanted(state, kind, int(Clock().unix()) if due else None)
    lines, entries = asyncio.run(_read(wanted, most if listed else 0))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in (entries if listed else lines)]))
    elif listed:
        _table(("due (UTC)", "kind", "state", "reason", "late", "tries", "who"), [_entry(each) for each in entries])
    else:
        _table(("kind", "state", "reason", "count", "late (median)", "late (most)"), [_line(each) for each in lines])


async def _read(wanted: Wanted, most: int) -> tuple[list[Line], list[Entry]]:
    async with opened() as store:
        lines = [] if most else await store.ledger.lines(wanted)
        return lines, await store.ledger.entries(wanted, most=most) if most else []


def _line(line: Line) -> tuple[str, ...]:
    return line.kind, line.state, line.reason, str(line.count), _span(line.late_median), _span(line.late_most)


def _entry(entry: Entry) -> tuple[str, ...]:
    due = f"{datetime.fromtimestamp(entry.due, UTC):%Y-%m-%d %H:%M}"
    return due, entry.kind, entry.state, entry.reason, _span(entry.late), str(entry.tries), entry.who


def _span(seconds: int | None) -> str:
    """Seconds as somebody would say them."""
    if seconds is None:
        return ""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds} s"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        typer.echo("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
