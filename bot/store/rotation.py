"""Sealing everything anew with the newest key, some rows at a time, so that the old key can go.

What has the newest key already is left as it is: broken off and begun again, it goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, and_, select, tuple_, update

from bot.store.base import Room, writes
from bot.tables import meta, metadata

SEALED = "sealed_"
AT_ONCE = 100  # rows in one transaction
CANARY, PEPPER = "canary", "pepper"  # what the database keeps sealed about itself


@dataclass(frozen=True)
class Turned:
    """One stretch of a table: how many values were sealed anew, and the key to go on after; None at its end."""

    anew: int
    after: tuple[Any, ...] | None


def sealed_columns() -> dict[Table, list[Column[Any]]]:
    """Every column with ciphertext in it, by its table."""
    found = {table: [each for each in table.columns if each.name.startswith(SEALED)]
             for table in metadata.sorted_tables}  # fmt: skip
    return {table: columns for table, columns in found.items() if columns}


class Rotation(Room):
    @writes
    def turn(self, connection: Connection, table: Table, after: tuple[Any, ...] | None) -> Turned:
        """The next rows of a table that has sealed columns."""
        keys, columns = list(table.primary_key.columns), sealed_columns()[table]
        query = select(*keys, *columns).order_by(*keys).limit(AT_ONCE)
        rows = connection.execute(query if after is None else query.where(tuple_(*keys) > after)).all()
        anew = sum(self._reseal(connection, table, keys, column, row) for row in rows for column in columns)
        last = tuple(rows[-1][: len(keys)]) if len(rows) == AT_ONCE else None
        return Turned(anew, last)

    @writes
    def turn_upkeep(self, connection: Connection) -> int:
        """What the database keeps about itself."""
        rows = connection.execute(select(meta).where(meta.c.name.in_((CANARY, PEPPER)))).all()
        return sum(self._reseal(connection, meta, [meta.c.name], meta.c.value, row) for row in rows)

    def _reseal(
        self, connection: Connection, table: Table, keys: list[Column[Any]], column: Column[Any], row: Row[Any]
    ) -> int:
        """One value, unless somebody wrote another one meanwhile."""
        sealed = row._mapping[column.name]
        anew = self._vault.reseal(sealed)
        if anew is None:
            return 0
        ours = and_(*(key == row._mapping[key.name] for key in keys), column == sealed)
        return connection.execute(update(table).where(ours).values({column: anew})).rowcount
