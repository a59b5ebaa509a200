"""Brings the tables to the version this code needs. The only door to Alembic, with ``migrations/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bot.exceptions import Refusal

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Applies what is missing, in one transaction. A newer schema stays as it is: old code runs on it."""
    with engine.begin() as connection:
        if not _knows(_version(connection)):
            return
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_current(engine: Engine) -> None:
    """Raises Refusal when a migration is missing."""
    with engine.connect() as connection:
        if state(connection) in ("none", "older"):
            raise Refusal("The database has an older schema: run `python -m bot db upgrade`, then start again.")


def state(connection: Connection) -> str:
    """``none``, ``older``, ``current`` or ``newer``. Old code runs on a newer one (expand, contract)."""
    version = _version(connection)
    if version is None:
        return "none"
    return "newer" if not _knows(version) else "current" if version == _head() else "older"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _knows(version: str | None) -> bool:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return version is None or version in known
