"""The database behind an async face: SQLite with one writer thread that groups commits, PostgreSQL with a small pool.

Bodies are plain synchronous SQLAlchemy Core, so one code path serves both.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.exceptions import Busy

Result = TypeVar("Result")
Body = Callable[[Connection], Result]

BUSY_SECONDS = 1.5
GROUP = 50  # the most requests one commit may carry
READERS = 2  # more only wait for each other: Python runs one at a time
POOL = 8
# PostgreSQL's words for "starting up", "in recovery mode" and "shutting down"; the code does not reach the driver.
STARTING, STARTING_SECONDS, STARTING_AGAIN = "the database system is", 60.0, 0.5


class Database:
    """``write`` and ``read`` run a body in a transaction of its own and give back what it returns.

    Both raise Busy when the database is locked, full or away; a write that raised has left nothing behind.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.on_sqlite = url.startswith("sqlite")
        self.engine = _sqlite(url, busy_seconds) if self.on_sqlite else _postgresql(url)
        self._pool = ThreadPoolExecutor(READERS if self.on_sqlite else POOL, "database")
        self._writer = GroupWriter(self.engine) if self.on_sqlite else None

    async def write(self, body: Body[Result]) -> Result:
        if self._writer:
            return await asyncio.wrap_future(self._writer.submit(body))
        return await self._in_pool(body)

    async def read(self, body: Body[Result]) -> Result:
        return await self._in_pool(body)

    def wait_until_started(self) -> None:
        """A server that starts or recovers from a crash is given its time; any other refusal is raised."""
        deadline = time.monotonic() + STARTING_SECONDS
        while True:
            try:
                with self.engine.connect():
                    return
            except OperationalError as error:
                if STARTING not in str(error.orig) or time.monotonic() > deadline:
                    raise
                time.sleep(STARTING_AGAIN)

    def trouble(self) -> str | None:
        """Why it cannot be used, in the driver's words, or None. No row is read, so nobody is quoted."""
        try:
            with self.engine.connect() as connection:
                said = connection.scalar(text("PRAGMA quick_check(1)" if self.on_sqlite else "SELECT 'ok'"))
        except DBAPIError as error:
            return reason(error)
        return None if said == "ok" else f"the file is damaged ({said})"

    def close(self) -> None:
        """Waits for what is being written, then lets go of every connection."""
        if self._writer:
            self._writer.close()
        self._pool.shutdown()
        self.engine.dispose()

    async def shed_deleted_bytes(self) -> None:
        """SQLite: what was deleted also leaves the write-ahead log. Readers in the way: the next call does it."""
        if self.on_sqlite:
            await asyncio.get_running_loop().run_in_executor(self._pool, self._truncate_log)

    async def _in_pool(self, body: Body[Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._in_transaction, body)

    def _in_transaction(self, body: Body[Result]) -> Result:
        try:
            with self.engine.begin() as connection:
                return body(connection)
        except DBAPIError as error:
            raise _busy(error) from None

    def _truncate_log(self) -> None:
        with self.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


class GroupWriter:
    """One thread that writes to SQLite. Requests that wait together share a commit, each behind its own savepoint."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(writes=True)
        self._waiting: queue.SimpleQueue[tuple[Body[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="database-writer", daemon=True)
        self._thread.start()

    def submit(self, body: Body[Result]) -> Future[Result]:
        promise: Future[Result] = Future()
        self._waiting.put((body, promise))
        return promise

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            while len(group) < GROUP and not self._waiting.empty():
                another = self._waiting.get()
                if another is None:
                    self._commit(group)
                    return
                group.append(another)
            self._commit(group)

    def _commit(self, group: list[tuple[Body[Any], Future[Any]]]) -> None:
        try:
            with self._engine.begin() as connection:
                done = [(promise, *_guarded(connection, body)) for body, promise in group]
        except Exception as failed:  # the group's commit failed: every member of it must hear so
            done = [(promise, None, _busy(failed)) for _, promise in group]
        for promise, result, error in done:
            _settle(promise, result, error)


def _guarded(connection: Connection, body: Body[Any]) -> tuple[Any, BaseException | None]:
    try:
        with connection.begin_nested():
            return body(connection), None
    except Exception as error:  # handed to the one who asked; the others of the group are not touched
        return None, _busy(error)


def _settle(promise: Future[Any], result: Any, error: BaseException | None) -> None:
    if not promise.set_running_or_notify_cancel():
        return
    if error:
        promise.set_exception(error)
    else:
        promise.set_result(result)


def reason(error: DBAPIError) -> str:
    """What the driver says about the file or the server. Only where no row has been read: it may quote one."""
    return str(error.orig).strip().split("\n")[0]


def _busy(error: Exception) -> Exception:
    """A driver's error as Busy, without its text: that may quote what was being written."""
    if isinstance(error, DBAPIError):
        return Busy(f"The database cannot take this now ({type(error.orig).__name__}).")
    return error


def _sqlite(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that a savepoint stays inside a transaction
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE waits for the lock at once; a read that turns into a write would be refused without waiting.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    return create_engine(
        url, hide_parameters=True, pool_size=POOL, max_overflow=0, pool_timeout=BUSY_SECONDS, pool_pre_ping=True,
        connect_args={"connect_timeout": 3, "options": "-c lock_timeout=1500"},
    )  # fmt: skip
