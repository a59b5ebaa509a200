"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells per dialect. Each statement is built once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:
    """An insert that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return insert_for(connection.dialect.name, table)


def insert_new(connection: Connection, table: Table) -> Any:
    """An insert that leaves a row alone that is there already. The values go beside it into ``execute``."""
    return _insert_new(connection.dialect.name, table)


def inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Whether the row is new; one that is there already stays as it is.

    Asked of what comes back: how many rows an insert made PostgreSQL's driver does not say.
    """
    new = _insert_new(connection.dialect.name, table).values(**row).returning(*table.primary_key.columns)
    return connection.execute(new).first() is not None


@cache
def insert_for(dialect: str, table: Table) -> Any:
    """The same for whoever keeps the whole statement, once a dialect."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


@cache
def _insert_new(dialect: str, table: Table) -> Any:
    return insert_for(dialect, table).on_conflict_do_nothing()
