"""``close``: ends an installation well: members are told and get their copy, then everything is deleted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Annotated

import typer

from bot.clock import Clock
from bot.commands.store import with_store
from bot.exceptions import Refusal
from bot.store import Store
from bot.store.values import Who

app = typer.Typer(no_args_is_help=True, help="Ends it well: tells members, sends their copies, deletes everything.")
ON = typer.Option("--on", formats=["%Y-%m-%d"], help="The day everything is deleted, such as 2027-03-01.")
NOW = typer.Option("--now", help="Before the day that was announced, or with none announced.")
YES = typer.Option("--yes", help="Do not ask first.")
LAST = "When that is 0, uninstall the app in Slack, stop the bot, and delete database, key and backups."


@app.command()
def announce(on: Annotated[datetime, ON]) -> None:
    """Tells every member once, at a good hour, and sends each a copy. Run it again for who came since."""
    typer.echo(asyncio.run(with_store(lambda store: _announce(store, on.date()))))


@app.command()
def status() -> None:
    """Counts who was told, whose data is still here, and the messages that are still to go."""
    typer.echo(asyncio.run(with_store(_status)))


@app.command()
def delete(now: Annotated[bool, NOW] = False, yes: Annotated[bool, YES] = False) -> None:
    """Deletes every member, on the day that was announced. The running bot then takes its messages out of Slack."""
    if not yes:
        typer.confirm("This deletes every member's threads, plans and check-ins, for good. Go on?", abort=True)
    typer.echo(asyncio.run(with_store(lambda store: _delete(store, before_its_day=now))))


async def _announce(store: Store, day: date) -> str:
    now = Clock().now()
    if day <= now.date():
        raise Refusal(f"--on {day} is not ahead of today: leave members some weeks.")
    await store.closing.announce(day)
    told, others = 0, 0
    async for who in _everyone(store):
        if await store.closing.tell(who, day, now=now):
            await store.exports.ask(who, by="operator", now=now)
            told += 1
        else:
            others += 1
    return (
        f"{told} members are told, each at a good hour, and get their copy. {others} are not: told before, or they "
        f"pressed Stop, are gone, or never wrote. Keep the bot running."
    )


async def _status(store: Store) -> str:
    day, notices = await store.closing.day(), await store.closing.notices()
    people = [who async for who in _everyone(store)]
    told = ", ".join(f"{count} {state}" for state, count in sorted(notices.items())) or "none"
    return (
        f"Announced for: {day or 'no day'}. Notices: {told}. Members whose data is here: {len(people)}. "
        f"Messages still to be taken out of Slack: {await store.privacy.waiting()}."
    )


async def _delete(store: Store, *, before_its_day: bool) -> str:
    day, now = await store.closing.day(), Clock().now()
    if not before_its_day and (day is None or now.date() < day):
        said = f"announced for {day}" if day else "not announced: `close announce --on DAY` tells members first"
        raise Refusal(f"It is {said}. With --now it is done all the same.")
    gone = 0
    async for who in _everyone(store):
        await store.privacy.delete_for(who, now=now, action="deleted", with_all_others=True)
        gone += 1
    await store.database.shed_deleted_bytes()
    left = await store.privacy.waiting()
    return (
        f"{gone} members are deleted. The running bot takes {left} messages out of Slack; `close status` counts. {LAST}"
    )


async def _everyone(store: Store) -> AsyncIterator[Who]:
    last: Who | None = None
    while some := await store.closing.people(last):
        for who in some:
            yield who
        last = some[-1]
