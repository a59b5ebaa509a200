"""The database behind an async face: SQLite with a writer that groups commits, PostgreSQL with a small pool.

Bodies are plain synchronous SQLAlchemy Core, so one code path serves both.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError

from bot.together import Body, Result, Together, answered, behind_a_savepoint, busy

BUSY_SECONDS = 1.5
READERS = 2  # more only wait for each other: Python runs one at a time
CONNECTIONS = 5  # few, so that whoever asks waits for few others; more of them send more (see docs/performance.md)
IN_FRONT = 3  # of them for requests alone
COUNTED = 1000  # rows of each index that SQLite looks at to know how they spread: a few ms
UNTRIED = 1.0  # seconds after which a connection of PostgreSQL's is tried before it is used
# PostgreSQL's words for "starting up", "in recovery mode" and "shutting down"; the code does not reach the driver.
STARTING, STARTING_SECONDS, STARTING_AGAIN = "the database system is", 60.0, 0.5

# Whether somebody waits for the answer. On PostgreSQL they have threads of their own, however much is on its way out.
in_front: ContextVar[bool] = ContextVar("in_front", default=False)

Connects = Callable[[], AbstractContextManager[Connection]]


class Database:
    """``write`` and ``read`` run a body in a transaction of its own and give back what it returns.

    Both raise Busy when the database is locked, full or away; a write that raised has left nothing behind.
    ``connections``: how many to PostgreSQL at most, and more than are in front.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS, connections: int = CONNECTIONS) -> None:
        self.on_sqlite = url.startswith("sqlite")
        self.engine = _sqlite(url, busy_seconds) if self.on_sqlite else _postgresql(url, connections)
        # A statement of PostgreSQL's sees what is committed by then, so to read it need not say BEGIN and COMMIT.
        self._reading = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._pool = ThreadPoolExecutor(1 if self.on_sqlite else connections - IN_FRONT, "database")
        self._front = ThreadPoolExecutor(IN_FRONT, "database-in-front")  # it starts no thread before it is asked
        self._writer: Together | None = None
        self._reader: Together | None = None
        if self.on_sqlite:
            self._writer, self._reader = self._groups()

    async def write(self, body: Body[Result]) -> Result:
        return await (self._writer.ask(body) if self._writer else self._in_pool(body, self.engine.begin))

    async def read(self, body: Body[Result]) -> Result:
        return await (self._reader.ask(body) if self._reader else self._in_pool(body, self._reading.connect))

    def once_started(self, prepare: Callable[[Engine], None]) -> None:
        """A server that starts, or crashes meanwhile and recovers, is given its time; any other refusal is raised."""
        deadline = time.monotonic() + STARTING_SECONDS
        while True:
            try:
                return prepare(self.engine)
            except OperationalError as error:
                comes_back = STARTING in str(error.orig) or error.connection_invalidated
                if not comes_back or time.monotonic() > deadline:
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
        for group in (self._writer, self._reader):
            if group:
                group.close()
        self._pool.shutdown()
        self._front.shutdown()
        self.engine.dispose()

    async def shed_deleted_bytes(self) -> None:
        """SQLite: what was deleted also leaves the write-ahead log. Readers in the way: the next call does it."""
        if self.on_sqlite:
            await asyncio.get_running_loop().run_in_executor(self._pool, self._truncate_log)

    def _groups(self) -> tuple[Together, Together]:
        writing = self.engine.execution_options(writes=True)
        return (
            Together(writing, "database-writer", threads=1, one=behind_a_savepoint),
            Together(self.engine, "database-reader", threads=READERS, one=answered),
        )

    async def _in_pool(self, body: Body[Result], connects: Connects) -> Result:
        pool = self._front if in_front.get() else self._pool
        return await asyncio.get_running_loop().run_in_executor(pool, self._with_connection, body, connects)

    def _with_connection(self, body: Body[Result], connects: Connects) -> Result:
        try:
            with connects() as connection:
                return body(connection)
        except DBAPIError as error:
            raise busy(error) from None

    async def count_rows(self) -> None:
        """SQLite may else read a whole workspace to find one member. PostgreSQL counts by itself."""
        if self._writer:
            await self._writer.ask(_count)

    def _truncate_log(self) -> None:
        with self.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _count(connection: Connection) -> None:
    connection.execute(text(f"PRAGMA analysis_limit = {COUNTED}"))
    connection.execute(text("ANALYZE"))


def reason(error: DBAPIError) -> str:
    """What the driver says about the file or the server. Only where no row has been read: it may quote one."""
    return str(error.orig).strip().split("\n")[0]


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
        # Said to the driver itself, as the savepoints are.
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")  # type: ignore[union-attr]

    return engine


def _postgresql(url: str, connections: int) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, pool_size=connections, max_overflow=0, pool_timeout=BUSY_SECONDS,
        connect_args={"connect_timeout": 3, "options": "-c lock_timeout=1500"},
    )  # fmt: skip

    @event.listens_for(engine, "checkout")
    def _try(connection: Any, record: Any, _proxy: Any) -> None:
        """One that nobody has used for a while may be dead; to ask before every use would be a third of the work."""
        if time.monotonic() - record.info.get("used", 0.0) > UNTRIED:
            try:
                connection.execute("SELECT 1")
                connection.rollback()
            except engine.dialect.loaded_dbapi.Error:
                raise DisconnectionError from None  # the pool makes a new one

    @event.listens_for(engine, "checkin")
    def _used(_connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    return engine
