"""The migrations make exactly the tables that the code knows."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from bot import schema
from bot.tables import metadata


def test_migrated_from_nothing_there_is_nothing_left_to_change(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/onward.db")
    schema.upgrade(engine)
    schema.upgrade(engine)  # again and again: nothing happens
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_old_code_runs_on_a_newer_schema(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/onward.db")
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    schema.require_current(engine)
    schema.upgrade(engine)
    engine.dispose()
