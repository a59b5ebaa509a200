"""Whoever is heard from is there again, on both databases, and is written only when that changes something."""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from bot.store import Store
from bot.store.members import ensure
from bot.store.values import Asked, Who

MAYA = Who("T1", "U1")
NOW = datetime(2027, 1, 13, 16, 0, tzinfo=UTC)
# How many rows this transaction, or connection, has written.
CHANGES = {
    "sqlite": "SELECT total_changes()",
    "postgresql": "SELECT sum(n_tup_ins + n_tup_upd) FROM pg_stat_xact_user_tables WHERE relname = 'members'",
}


async def test_an_account_that_was_closed_is_open_again_once_it_says_something(store: Store) -> None:
    await store.journeys.start(MAYA, Asked("first", "Initech", None), now=NOW)
    await store.members.deactivate(MAYA, now=NOW)
    assert (await store.members.find(MAYA)).deactivated
    await store.journeys.start(MAYA, Asked("second", "Hooli", None), now=NOW)
    assert not (await store.members.find(MAYA)).deactivated


async def test_a_member_as_they_were_is_not_written(store: Store) -> None:
    def written(connection: Connection) -> int:
        before = connection.scalar(text(CHANGES[connection.dialect.name]))
        ensure(connection, MAYA)
        return int(connection.scalar(text(CHANGES[connection.dialect.name])) or 0) - int(before or 0)

    assert await store.database.write(written) == 1
    assert await store.database.write(written) == 0
