"""Threads that answer whoever waits together in one transaction: what SQLite can do at once is one thing anyway."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.exceptions import Busy

Result = TypeVar("Result")
Body = Callable[[Connection], Result]
Outcome = tuple[Any, BaseException | None]
Guard = Callable[[Connection, Body[Any]], Outcome]
Request = tuple[Body[Any], asyncio.Future[Any]]

GROUP = 50  # the most requests that may share a transaction


class Together:
    """Threads of SQLite's: requests that wait together share a transaction, and each hears its own answer.

    A group is complete before its transaction begins, so whoever asks after a commit sees it.
    """

    def __init__(self, engine: Engine, name: str, *, threads: int, one: Guard) -> None:
        self._engine = engine
        self._one = one
        self._waiting: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name=name, daemon=True) for _ in range(threads)]
        self._closed = False
        for thread in self._threads:
            thread.start()

    async def ask(self, body: Body[Result]) -> Result:
        if self._closed:
            raise Busy("The database is closed.")
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put((body, answer))
        return await answer

    def close(self) -> None:
        self._closed = True
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        going_on = True
        while going_on and (first := self._waiting.get()) is not None:
            group = [first]
            while going_on and len(group) < GROUP and not self._waiting.empty():
                with suppress(queue.Empty):  # another thread was faster
                    another = self._waiting.get_nowait()
                    going_on = another is not None
                    group += [another] if another else []
            self._answer(group)

    def _answer(self, group: list[Request]) -> None:
        try:
            with self._engine.begin() as connection:
                done = [(answer, *self._one(connection, body)) for body, answer in group]
        except Exception as failed:  # the transaction failed: every member of it must hear so
            done = [(answer, None, busy(failed)) for _, answer in group]
        with suppress(RuntimeError):  # whoever asked has gone, and their loop with them
            group[0][1].get_loop().call_soon_threadsafe(_settle, done)


def behind_a_savepoint(connection: Connection, body: Body[Any]) -> Outcome:
    """For writes: a body that raised has left nothing behind, and the rest of its group stands."""
    # Said to the driver itself: SQLAlchemy's own savepoints take as long as a statement each.
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT one")
    done = answered(connection, body)
    if done[1]:
        driver.execute("ROLLBACK TO one")
    driver.execute("RELEASE one")
    return done


def answered(connection: Connection, body: Body[Any]) -> Outcome:
    """What the body returns, or what it raised: handed to the one who asked, and to nobody else of the group."""
    try:
        return body(connection), None
    except Exception as error:
        return None, busy(error)


def _settle(done: list[tuple[asyncio.Future[Any], Any, BaseException | None]]) -> None:
    for answer, result, error in done:
        if answer.done():  # nobody waits any more
            continue
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(result)


def busy(error: Exception) -> Exception:
    """A driver's error as Busy, without its text: that may quote what was being written."""
    if isinstance(error, DBAPIError | sqlite3.Error):
        kind = type(error.orig if isinstance(error, DBAPIError) else error)
        return Busy(f"The database cannot take this now ({kind.__name__}).")
    return error
