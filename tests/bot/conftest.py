"""A store for whatever is tried without a bot around it."""

from collections.abc import Iterator

import pytest

from bot.database import Database
from bot.store import Store
from bot.vault import Vault, new_key


@pytest.fixture
def store(migrated_database: str) -> Iterator[Store]:
    """With every table in it: once on each of the two databases."""
    database = Database(migrated_database)
    yield Store(database, Vault([new_key()]))
    database.close()
