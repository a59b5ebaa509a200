"""Whoever waits for an answer is not held up by what is on its way out, however much of it there is."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from bot.app import build
from bot.database import CONNECTIONS, Database, in_front
from bot.settings import read
from bot.vault import new_key


@pytest.fixture
def database(migrated_postgres: str) -> Iterator[Database]:
    database = Database(migrated_postgres)
    yield database
    database.close()


async def test_a_request_finds_a_free_thread_while_deliveries_hold_all_of_theirs(database: Database) -> None:
    def slowly(connection: Connection) -> str:
        connection.execute(text("SELECT pg_sleep(1)"))
        return "sent"

    async def request() -> str:
        in_front.set(True)
        return await database.read(lambda connection: str(connection.scalar(text("SELECT 'answered'"))))

    async with asyncio.TaskGroup() as group:
        on_their_way = [group.create_task(database.write(slowly)) for _ in range(2 * CONNECTIONS)]
        answered = group.create_task(request())
        first, _ = await asyncio.wait([answered, *on_their_way], return_when=asyncio.FIRST_COMPLETED)
        assert first == {answered}


@pytest.mark.parametrize("many", [4, 7])
async def test_it_uses_as_many_connections_as_were_set(migrated_postgres: str, many: int) -> None:
    chosen = read(
        slack_bot_token="xoxb-1", slack_signing_secret="shh", database_url=migrated_postgres, encryption_key=new_key(),
        database_connections=many,
    )  # fmt: skip
    database = build(chosen).tools.store.database
    same = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    def slowly(connection: Connection) -> int:
        connection.execute(text("SELECT pg_sleep(0.2)"))
        return int(connection.scalar(text(same)) or 0)

    in_front.set(True)
    asked = [asyncio.create_task(database.read(slowly)) for _ in range(8)]
    in_front.set(False)
    sent = [asyncio.create_task(database.write(slowly)) for _ in range(8)]
    assert max(await asyncio.gather(*asked, *sent)) == many - 1
    database.close()
