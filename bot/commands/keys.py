"""``keys new``: a key for ENCRYPTION_KEY. ``keys rotate``: everything sealed anew with the newest one."""

from __future__ import annotations

import asyncio

import typer

from bot import settings
from bot.commands.store import opened
from bot.exceptions import Refusal
from bot.settings import Settings
from bot.store import Store
from bot.store.rotation import sealed_columns
from bot.vault import key_file, keys, new_key, put_in_front

app = typer.Typer(no_args_is_help=True, help="The keys members' words are sealed with.")

ONE_KEY = (
    "ENCRYPTION_KEY holds one key only: put one from `python -m bot keys new` in front of it with a comma between, "
    "restart the bot, then run this."
)


@app.callback()
def _keys() -> None:
    pass


@app.command()
def new() -> None:
    """Prints a new key. Put it first in ENCRYPTION_KEY and keep the old ones behind it."""
    typer.echo(new_key())


@app.command()
def rotate() -> None:
    """Seals everything anew with the newest key, beside the running bot. It can be broken off and begun again."""
    chosen = settings.read()
    known = keys(chosen)
    if len(known) > 1:
        typer.echo(_told(asyncio.run(_rotate(chosen, known))))
        return
    file = None if chosen.encryption_key else key_file(chosen)
    if file is None:
        raise Refusal(ONE_KEY)
    put_in_front(file)
    typer.echo(f"A new key stands in front in {file.name}. Restart the bot, then run this again.")


async def _rotate(chosen: Settings, known: list[str]) -> int:
    async with opened(chosen, known) as store:
        try:
            return await store.rotation.turn_upkeep() + await _tables(store)
        finally:
            await store.database.shed_deleted_bytes()


async def _tables(store: Store) -> int:
    anew = 0
    for table in sealed_columns():
        turned = await store.rotation.turn(table, None)
        anew += turned.anew
        while turned.after is not None:
            turned = await store.rotation.turn(table, turned.after)
            anew += turned.anew
    return anew


def _told(anew: int) -> str:
    if anew:
        return f"{anew} values have the newest key now. Run this again until it says that none is left."
    return "Every value has the newest key: none is left. The old keys can go; restart the bot without them."
