"""What the database and its key say. Nothing is made, migrated or written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.clock import Clock
from bot.database import Database
from bot.doctor.finding import Finding, note, ok, refused, wrong
from bot.exceptions import Busy, Refusal
from bot.settings import Settings
from bot.stall import STALLED
from bot.store import Store
from bot.vault import Vault, key_file, keys

MOST_TOKENS = 50  # Slack is asked about each
NOBODY_ELSE = 0o077
PUT_BACK = "Stop the bot and put a backup back: `python -m bot restore FILE`."


async def of_records(chosen: Settings) -> AsyncIterator[Finding]:
    """Key, database, schema and queue, as far as one leads to the next."""
    if chosen.sqlite_file is not None and not chosen.sqlite_file.exists():
        yield note("database", f"There is no {chosen.sqlite_file} yet; the first start makes it, and a key beside it.")
        return
    try:
        vault = Vault(keys(chosen))
    except Refusal as refusal:
        yield refused("key", refusal)
        return
    for finding in _key_file(chosen):
        yield finding
    async with _opened(chosen, vault) as store:
        async for finding in _of_store(store):
            yield finding


async def tokens(chosen: Settings) -> list[str]:
    """Of the workspaces that installed the app, some of them at most; none where the database cannot say."""
    if chosen.sqlite_file is not None and not chosen.sqlite_file.exists():
        return []
    with suppress(Refusal, Busy):
        async with _opened(chosen, Vault(keys(chosen))) as store:
            if await asyncio.to_thread(store.database.trouble) or await store.schema_state() in ("none", "older"):
                return []
            found = [await store.workspaces.find(team) for team in (await store.workspaces.teams())[:MOST_TOKENS]]
        return [each.token for each in found if each and each.token]
    return []


@asynccontextmanager
async def _opened(chosen: Settings, vault: Vault) -> AsyncIterator[Store]:
    store = Store(Database(chosen.database_url), vault)
    try:
        yield store
    finally:
        await store.close()


def _key_file(chosen: Settings) -> list[Finding]:
    path = None if chosen.encryption_key else key_file(chosen)
    if path is None or not path.stat().st_mode & NOBODY_ELSE:
        return []
    return [wrong("key", f"Others may read the key file {path.name}.", f"Run `chmod 600 {path}`.")]


async def _of_store(store: Store) -> AsyncIterator[Finding]:
    if trouble := await asyncio.to_thread(store.database.trouble):
        remedy = PUT_BACK if store.database.on_sqlite else "Is the server running, and are name and password right?"
        yield wrong("database", f"DATABASE_URL cannot be used: {trouble}.", remedy)
        return
    yield ok("database", "It answers.")
    state = await store.schema_state()
    if state == "none" or (state == "older" and store.database.on_sqlite):
        yield note("schema", "The next start brings the tables to this version.")
        return
    if state == "older":
        yield wrong("schema", "The database has an older schema.", "Run `python -m bot db upgrade`, then start again.")
        return
    yield ok(
        "schema", "Every migration was applied." if state == "current" else "It is newer, which this version takes."
    )
    async for finding in _of_rows(store):
        yield finding


async def _of_rows(store: Store) -> AsyncIterator[Finding]:
    try:
        await store.has_its_key()
        yield ok("key", "It opens this database.")
    except Refusal as refusal:
        yield refused("key", refusal)
        return
    now = int(Clock().unix())
    oldest = await store.deliveries.oldest_due(now=now)
    waiting = 0 if oldest is None else now - oldest
    if waiting > STALLED:
        yield wrong(
            "queue", f"A delivery has been due for {waiting // 60} minutes.",
            "Is a process running that sends, `run` or `work`? Its log and the lines above may say what holds it.",
        )  # fmt: skip
    else:
        yield ok("queue", "Nothing waits." if oldest is None else f"The oldest has been waiting for {waiting} s.")
