"""How a room of the store speaks: a synchronous body, one transaction, awaited from outside.

``@writes`` and ``@reads`` turn ``def start(self, connection, …)`` into ``await store.journeys.start(…)``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.database import Database
from bot.vault import Vault

P = ParamSpec("P")
R = TypeVar("R")
Self_ = TypeVar("Self_", bound="Room")


class Room:
    """One noun of the store."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault


def writes(
    body: Callable[Concatenate[Self_, Connection, P], R],
) -> Callable[Concatenate[Self_, P], Coroutine[Any, Any, R]]:
    async def transaction(self: Self_, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self._database.write(lambda connection: body(self, connection, *args, **kwargs))

    update_wrapper(transaction, body)
    return transaction


def reads(
    body: Callable[Concatenate[Self_, Connection, P], R],
) -> Callable[Concatenate[Self_, P], Coroutine[Any, Any, R]]:
    async def transaction(self: Self_, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self._database.read(lambda connection: body(self, connection, *args, **kwargs))

    update_wrapper(transaction, body)
    return transaction
