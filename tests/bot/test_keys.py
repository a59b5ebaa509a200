"""Keys are changed without losing a word: everything is sealed anew, and then the old key can go."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import keys as command
from bot.database import Database
from bot.exceptions import Refusal
from bot.settings import Settings, read
from bot.store import Store
from bot.store.rotation import sealed_columns
from bot.store.values import Asked, NoteKind, Who
from bot.tables import metadata
from bot.vault import Vault, keys, new_key, put_in_front

NOW = datetime(2027, 1, 13, 16, 0, tzinfo=UTC)
MANY = 110  # more than one stretch
TEAM = "T0RIVERSIDE"


def opened(url: str, *known: str) -> Store:
    store = Store(Database(url), Vault(known))
    try:
        store.prepare()
    except Refusal:
        store.database.close()
        raise
    return store


async def fills(store: Store) -> str:
    """Something in every sealed column that a member fills. The pseudonym of one of them."""
    await store.workspaces.adopt(
        TEAM, token="xoxb-quokka", bot_user_id="U0BOT", bot_id="B0BOT", scopes=frozenset(), zone=None, country=None
    )
    await asyncio.gather(*(one(store, number) for number in range(MANY)))
    pseudonym = store._vault.pseudonym(TEAM, "U1")
    await store.close()
    return pseudonym


async def one(store: Store, number: int) -> None:
    who = Who(TEAM, f"U{number}")
    started = await store.journeys.start(who, Asked(f"key {number}", "Initech", "Analyst"), now=NOW)
    await store.notes.keep(who, started.journey, NoteKind.PLAN, {"act": "call Sam"}, now=NOW)


async def reads_all(store: Store) -> None:
    found = await store.workspaces.find(TEAM)
    assert found is not None and found.token == "xoxb-quokka"
    for number in range(MANY):
        (journey,) = await store.journeys.recent(Who(TEAM, f"U{number}"), limit=2)
        (note,) = await store.notes.recent(Who(TEAM, f"U{number}"), limit=2)
        assert (journey.name, note.words) == ("Initech · Analyst", {"act": "call Sam"})


def set_up(url: str, *known: str) -> Settings:
    given = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "shh", "database_url": url}
    return read(**given, encryption_key=",".join(known) if known else None)


async def test_after_rotating_the_old_key_opens_nothing_and_is_not_needed(migrated_database: str) -> None:
    old, fresh = new_key(), new_key()
    pseudonym = await fills(opened(migrated_database, old))
    chosen = set_up(migrated_database, fresh, old)
    assert await command._rotate(chosen, keys(chosen)) == 3 * MANY + 3  # names, plans; the token, two of its own
    assert await command._rotate(chosen, keys(chosen)) == 0
    store = opened(migrated_database, fresh)
    await reads_all(store)
    assert store._vault.pseudonym(TEAM, "U1") == pseudonym
    await store.close()
    with pytest.raises(Refusal, match="put back the key"):
        opened(migrated_database, old)


async def test_broken_off_in_the_middle_it_goes_on_where_it_stopped(migrated_database: str) -> None:
    old, fresh = new_key(), new_key()
    await fills(opened(migrated_database, old))
    store = opened(migrated_database, fresh, old)
    first = await store.rotation.turn(metadata.tables["journeys"], None)
    assert 0 < first.anew < 2 * MANY and first.after is not None
    await store.close()
    chosen = set_up(migrated_database, fresh, old)
    assert await command._rotate(chosen, keys(chosen)) == 3 * MANY + 3 - first.anew
    store = opened(migrated_database, fresh)
    await reads_all(store)
    await store.close()


async def test_what_is_written_meanwhile_is_not_overwritten(migrated_database: str) -> None:
    """Both keys are known to the bot that runs, so it reads on whichever of them a row has."""
    old, fresh = new_key(), new_key()
    await fills(opened(migrated_database, old))
    store, who = opened(migrated_database, fresh, old), Who(TEAM, "U1")
    await store.rotation.turn(metadata.tables["journeys"], None)
    await reads_all(store)
    (journey,) = await store.journeys.recent(who, limit=1)
    await store.notes.keep(who, journey.id, NoteKind.PLAN, {"act": "rest"}, now=NOW)
    await store.close()
    chosen = set_up(migrated_database, fresh, old)
    await command._rotate(chosen, keys(chosen))
    store = opened(migrated_database, fresh)
    (note,) = await store.notes.recent(who, limit=1)
    assert note.words == {"act": "rest"}
    await store.close()


def test_every_column_that_is_called_sealed_is_turned() -> None:
    turned = {f"{table.name}.{column.name}" for table, columns in sealed_columns().items() for column in columns}
    assert {
        "journeys.sealed_company",
        "journeys.sealed_role",
        "notes.sealed_words",
        "workspaces.sealed_token",
    } <= turned


def test_with_one_key_it_says_what_to_do_first(tmp_path: Path) -> None:
    key = new_key()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        for name, value in (
            ("SLACK_BOT_TOKEN", "xoxb-1"), ("SLACK_SIGNING_SECRET", "shh"), ("ENCRYPTION_KEY", key),
        ):  # fmt: skip
            patch.setenv(name, value)
        with pytest.raises(Refusal, match="restart the bot, then run this"):
            command.rotate()


async def test_a_key_file_gets_a_new_key_in_front_and_stays_private(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/onward.db"
    chosen = set_up(url)
    await fills(opened(url, *keys(chosen)))
    file = tmp_path / "onward.db.key"
    put_in_front(file)
    known = keys(chosen)
    assert len(known) == 2 and file.stat().st_mode & 0o777 == 0o600
    assert await command._rotate(chosen, known) > 0
    store = opened(url, known[0])
    await reads_all(store)
    await store.close()
