"""``backup`` and ``restore``: a copy of the SQLite file while the bot runs, and the way back.

PostgreSQL has tools of its own for both; ``restore`` then only notes that it happened.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import backups, settings
from bot.clock import Clock
from bot.database import Database
from bot.exceptions import Refusal
from bot.settings import Settings
from bot.store import Store
from bot.vault import Vault, key_file, keys

MEGABYTE = 1024 * 1024
FILE = typer.Argument(help="Where the copy goes. A folder: into it, named by the time.")
WITH_KEY = typer.Option("--with-key", help="Put the key file beside it. Whoever has both reads what members wrote.")
BACKUP = typer.Argument(help="The copy. Leave it out on PostgreSQL, after pg_restore.")
PG_DUMP = "DATABASE_URL is a PostgreSQL database: copy it with pg_dump, as docs/backup.md shows."
PG_RESTORE = "DATABASE_URL is a PostgreSQL database: put it back with pg_restore, then run `restore` without a file."


def backup(target: Annotated[Path, FILE], with_key: Annotated[bool, WITH_KEY] = False) -> None:
    """Copies the SQLite database as of now, also while the bot runs. The key is not in the copy."""
    chosen = _settings()
    source = _sqlite_file(chosen, PG_DUMP)
    if target.is_dir():
        target = target / f"onward-{Clock().now():%Y%m%d-%H%M%S}.db"
    backups.take(source, target, _progress())
    typer.echo(f"{target} holds everything up to now, {target.stat().st_size / MEGABYTE:.1f} MB.")
    typer.echo(_about_the_key(chosen, target, with_key))


def restore(source: Annotated[Path | None, BACKUP] = None) -> None:
    """Puts a copy in the place of the database. The next start looks into Slack before it sends what looks unsent."""
    chosen = _settings()
    if source is None:
        if chosen.on_sqlite:
            raise Refusal("Which copy? Name the file that `backup` made.")
        asyncio.run(_note(chosen, chosen.database_url))
        typer.echo("Noted. The next start looks into Slack before it sends what looks unsent.")
        return
    database = _sqlite_file(chosen, PG_RESTORE)
    aside = _put_back(chosen, source, database)
    typer.echo(f"{database} is the copy now. Start the bot: it looks into Slack before it sends what looks unsent.")
    typer.echo("Whoever deleted their data after the copy was made is in it again, and has to be deleted again.")
    if aside:
        typer.echo(f"The database from before is {aside}. Delete it once all is well.")


def _put_back(chosen: Settings, source: Path, database: Path) -> Path | None:
    """Nothing is in its place before the copy was read, found whole, and opened with the key."""
    ready = database.with_name(database.name + ".restoring")
    ready.unlink(missing_ok=True)
    backups.take(source, ready, _progress())
    try:
        _bring_key(chosen, source)
        asyncio.run(_note(chosen, f"sqlite:///{ready}"))
        aside = database.with_name(f"{database.name}.before-{Clock().now():%Y%m%d-%H%M%S}")
        there = database.exists()
        if there:
            backups.set_aside(database, aside)
        ready.rename(database)
    finally:
        ready.unlink(missing_ok=True)
    return aside if there else None


async def _note(chosen: Settings, url: str) -> None:
    """Writes into it that it is a copy that was put back. Raises Refusal when the key does not open it."""
    store = Store(Database(url), Vault(keys(chosen)))
    try:
        if trouble := await asyncio.to_thread(store.database.trouble):
            raise Refusal(f"The copy cannot be used: {trouble}.")
        if await store.schema_state() == "none":
            raise Refusal("That is no database of Onward's: name the file that `backup` made.")
        await store.has_its_key()
        await store.restored(now=int(Clock().unix()))
    finally:
        await store.close()


def _bring_key(chosen: Settings, source: Path) -> None:
    """A key that lies beside the copy comes along, where there is none yet."""
    place, beside = key_file(chosen), source.with_name(source.name + ".key")
    if chosen.encryption_key or place is None or place.exists():
        return
    if not beside.exists():
        raise Refusal(
            f"The key is missing: put the key file back as {place}, or set ENCRYPTION_KEY, then do this again."
        )
    shutil.copyfile(beside, place)
    place.chmod(backups.OURS_ALONE)


def _about_the_key(chosen: Settings, target: Path, with_key: bool) -> str:
    if chosen.encryption_key:
        return (
            "The key is not in it: it is ENCRYPTION_KEY. Keep that in another place; nobody reads the copy without it."
        )
    place = key_file(chosen)
    if with_key and place:
        beside = target.with_name(target.name + ".key")
        shutil.copyfile(place, beside)
        beside.chmod(backups.OURS_ALONE)
        return (
            f"The key lies beside it, {beside}. Whoever has both reads what members wrote: keep them apart if you can."
        )
    return (
        f"The key is not in it: it is {place}. Keep a copy of that in another place; nobody reads this one without it."
    )


def _settings() -> Settings:
    # A signing secret is what requests are checked with, and none comes in here.
    return settings.read(slack_signing_secret="nothing is heard")


def _sqlite_file(chosen: Settings, instead: str) -> Path:
    if chosen.sqlite_file is None:
        raise Refusal(instead if not chosen.on_sqlite else "DATABASE_URL is a database in memory, which has no file.")
    return chosen.sqlite_file


def _progress() -> backups.Tell:
    """Whole tenths, on standard error, so that what is printed stays for scripts."""
    told = -1

    def tell(done: int, all_: int) -> None:
        nonlocal told
        tenth = 10 * done // max(1, all_)
        if tenth != told:
            told = tenth
            sys.stderr.write(f"{tenth * 10} % of {all_} pages\n")

    return tell
