"""What every ``/rejected`` and check-in asks finds a member's rows: a workspace may have ten thousands of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from benchmarks.people import KEY, fill
from bot import schema
from bot.database import Database
from bot.store import Store, check_in_queries, journey_queries, schedule_queries
from bot.vault import Vault

ASKED = {
    "team": "T0", "user": "U1", "series": "sU1", "since": 0, "key": "k", "check_in": "cU1", "journey": "jU1",
}  # fmt: skip
QUERIES = {
    **{f"schedule.{name}": getattr(schedule_queries, name) for name in
       ("LATEST", "MEMBER", "EVERY", "PARENTS_SINCE", "LAST_NUMBER")},
    **{f"journeys.{name}": getattr(journey_queries, name) for name in ("LOOK_BACK", "FIND")},
    **{f"check_ins.{name}": getattr(check_in_queries, name) for name in
       ("APPLIED", "DONE_STEPS", "KEPT", "LAST_SENT", "NEWEST_JOURNEY", "OPEN_STEPS", "PLACE_OF", "PLACE_OF_NEWEST")},
}  # fmt: skip
OF_ONE_ROW = ("SCAN CONSTANT", "SCAN anon_1", "SCAN same_key")  # what the query makes itself


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Of a file with a workspace of some size, an hour after the start."""
    url = f"sqlite:///{tmp_path_factory.mktemp('by-index')}/onward.db"
    engine = create_engine(url)
    schema.upgrade(engine)
    fill(url, teams=5, pending=500, due=1)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM sqlite_stat1"))  # what filling it counted
    engine.dispose()
    asyncio.run(_an_hour_later(url))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


async def _an_hour_later(url: str) -> None:
    store = Store(Database(url), Vault([KEY]))
    await store.prune(now=0)
    await store.close()


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_whole_workspace(name: str, connection: Connection) -> None:
    plan = _explained(connection, QUERIES[name])
    whole = [step for step in plan if step.endswith("(team_id=?)") or step.startswith("SCAN")]
    assert [step for step in whole if not step.startswith(OF_ONE_ROW)] == [], plan


def _explained(connection: Connection, query: Any) -> list[str]:
    spelled = query.compile(connection.engine)
    values = spelled.construct_params({name: value for name, value in ASKED.items() if name in spelled.params})
    asked = tuple(values[name] for name in spelled.positiontup)
    return [str(row.detail) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}", asked)]
