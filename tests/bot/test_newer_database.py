"""A deploy in the middle of everything: old code on tables a newer version made, and rows it does not understand."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, func, select, update
from sqlalchemy.types import Boolean, Integer

from bot import schema
from bot.kinds import Kind
from bot.store import Store, queue
from bot.store.deliveries import Closed
from bot.store.values import Who
from bot.tables import deliveries

NOON = 1_800_000_000
FROM = "0003"  # the first version somebody may run
VERSIONS = [
    each.revision
    for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()
    if each.revision >= FROM and each.nextrev
]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_code_of_an_earlier_version_writes_is_taken_by_the_newest_tables(
    request: pytest.FixtureRequest, tmp_path: Any, version: str
) -> None:
    """It names the columns it knows, and no others; newer ones must do without."""
    url = f"sqlite:///{tmp_path}/onward.db"
    for each in (url, str(request.getfixturevalue("postgres_database"))):
        engine = create_engine(each)
        old = tables_at(engine, version)
        schema.upgrade(engine)
        writes_and_reads(engine, old)
        engine.dispose()


def tables_at(engine: Engine, version: str) -> MetaData:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    old = MetaData()
    old.reflect(engine)
    return old


def writes_and_reads(engine: Engine, old: MetaData) -> None:
    with engine.begin() as connection:
        for table in old.sorted_tables:
            if table.name != "alembic_version":
                row = {column.name: something(column) for column in table.columns}
                connection.execute(table.insert().values(**row))
                assert connection.execute(select(table)).one()._asdict() == row
                connection.execute(update(table).values(**row))
        for table in reversed(old.sorted_tables):
            if table.name != "alembic_version":
                connection.execute(table.delete())
                assert connection.scalar(select(func.count()).select_from(table)) == 0


def something(column: Any) -> Any:
    if isinstance(column.type, Boolean):
        return True
    return 7 if isinstance(column.type, Integer) else "x"


@pytest.mark.parametrize("kind", [Kind.PARENT, Kind.CHECK_IN])
async def test_rows_of_a_kind_only_newer_code_knows_wait_for_it_and_stop_nothing_else(store: Store, kind: Kind) -> None:
    await store.workspaces.adopt(
        "T1", token="xoxb", bot_user_id="U", bot_id="B", scopes=frozenset(), zone=None, country=None
    )
    who, due = Who("T1", "U1"), datetime.fromtimestamp(NOON, UTC)
    for subject in ("newer", "ours"):
        await store.database.write(partial(queue.post, who=who, kind=kind, subjects=[subject], due=[due]))
    renamed = update(deliveries).where(deliveries.c.subject == "newer").values(kind="from.the_future")
    await store.database.write(lambda c: c.execute(renamed))
    asked = {"now": NOON, "real": int(datetime.now(UTC).timestamp())}
    lanes, _ = await store.deliveries.lanes(**asked, closed=Closed())
    found = await store.deliveries.next_of(next(iter(lanes)), **asked) if lanes else None
    found = found or await store.deliveries.next_check_in("T1", **asked)
    assert found is not None and found.subject == "ours"
