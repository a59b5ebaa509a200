"""The store of the installation that the settings name, open for as long as a command needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from bot import settings
from bot.database import Database
from bot.settings import Settings
from bot.store import Store
from bot.vault import Vault, keys

Done = TypeVar("Done")


@asynccontextmanager
async def opened(chosen: Settings | None = None, known: Sequence[str] = ()) -> AsyncIterator[Store]:
    """``known`` are other keys than those of the settings. Raises Refusal where database and key do not fit."""
    chosen = chosen or settings.read()
    store = Store(Database(chosen.database_url), Vault(known or keys(chosen)))
    try:
        store.prepare()
        yield store
    finally:
        await store.close()


async def with_store(work: Callable[[Store], Coroutine[Any, Any, Done]]) -> Done:
    async with opened() as store:
        return await work(store)
