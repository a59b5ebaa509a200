"""Installs on both databases: one comes, leaves, comes back, and is forgotten on its day with every row it had."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.store import Store
from bot.store.installs import GRACE
from bot.store.values import Asked, Install, Who
from bot.tables import metadata
from bot.vault import Vault, new_key

NOW = datetime(2027, 1, 13, 16, tzinfo=UTC)
HERE, THERE = Who("T1", "U1"), Who("T2", "U1")


@pytest.fixture
async def store(migrated_database: str) -> AsyncIterator[Store]:
    opened = Store(Database(migrated_database), Vault([new_key()]))
    for who in (HERE, THERE):
        await opened.installs.install(grant(who.team), once=f"state {who.team}", now=NOW)
        for number in range(3):
            await opened.journeys.start(who, Asked(f"{number}", company="Initech", once=True), now=NOW)
    yield opened
    await opened.close()


def grant(team: str, token: str = "xoxb-1") -> Install:
    scopes = frozenset({"chat:write"})
    return Install(team, token, "UB", "B", scopes, installer="U1", zone="Etc/UTC")


async def rows(store: Store, team: str) -> int:
    tables = [table for table in metadata.sorted_tables if "team_id" in table.c]
    counts = [select(func.count()).select_from(each).where(each.c.team_id == team) for each in tables]
    return await store.database.read(lambda connection: sum(connection.scalar(each) or 0 for each in counts))


async def leave(store: Store, team: str, *, at: datetime = NOW) -> list[str]:
    left = await store.installs.uninstall(team, at=int(at.timestamp()), now=at)
    for each in left:
        while await store.installs.cancel_some(each):
            pass
    return left


async def purge(store: Store, team: str, *, now: datetime) -> int:
    gone = 0
    while some := await store.installs.purge_some(team, now=now):
        gone += some
    return gone


async def test_a_state_is_taken_once(store: Store) -> None:
    assert await store.installs.install(grant("T3"), once="state", now=NOW)
    assert not await store.installs.install(grant("T4"), once="state", now=NOW)
    assert await store.workspaces.find("T4") is None


async def test_every_row_goes_on_the_day_and_not_before(store: Store) -> None:
    before, others = await rows(store, "T1"), await rows(store, "T2")
    assert await leave(store, "T1") == ["T1"] and await store.installs.gone() == ["T1"]
    assert await purge(store, "T1", now=NOW + GRACE - timedelta(seconds=1)) == 0
    assert await rows(store, "T1") == before
    assert await purge(store, "T1", now=NOW + GRACE) >= before - 12  # steps go with their threads
    assert await rows(store, "T1") == 0 and await rows(store, "T2") == others


async def test_put_back_it_is_not_purged_and_an_older_uninstall_is_no_news(store: Store) -> None:
    await leave(store, "T1")
    back = NOW + timedelta(days=1)
    assert await store.installs.install(grant("T1", "xoxb-2"), once="again", now=back)
    assert await leave(store, "T1", at=NOW) == []
    assert await purge(store, "T1", now=NOW + 10 * GRACE) == 0
    found = await store.workspaces.find("T1")
    assert found and found.token == "xoxb-2" and found.stopped is None


async def test_a_second_uninstall_does_not_put_the_day_off(store: Store) -> None:
    await leave(store, "T1")
    await leave(store, "T1", at=NOW + timedelta(days=3))
    assert await purge(store, "T1", now=NOW + GRACE) > 0


async def test_only_the_token_that_was_refused_is_stopped(store: Store) -> None:
    await store.workspaces.stop("T1", token="xoxb-old", why="token_revoked")
    found = await store.workspaces.find("T1")
    assert found and found.stopped is None
    await store.workspaces.stop("T1", token="xoxb-1", why="token_revoked")
    found = await store.workspaces.find("T1")
    assert found and found.stopped == "token_revoked"


async def test_two_processes_purge_at_once(store: Store) -> None:
    await leave(store, "T1")
    await asyncio.gather(*(purge(store, "T1", now=NOW + GRACE) for _ in range(3)))
    assert await rows(store, "T1") == 0


async def test_a_workspace_of_an_org_uses_its_token_and_leaves_with_it(store: Store) -> None:
    org = Install("E1", "xoxb-org", "UB", "B", frozenset({"chat:write"}), installer="U1", org_wide=True)
    await store.installs.install(org, once="org", now=NOW)
    await store.installs.join("T9", "E1", now=NOW)
    found = await store.workspaces.find("T9")
    assert found and (found.token, found.org, found.installer) == ("xoxb-org", "E1", "U1")
    assert sorted(await leave(store, "E1")) == ["E1", "T9"]
    for team in ("T9", "E1"):
        assert await purge(store, team, now=NOW + GRACE) > 0
    assert await store.workspaces.teams() == ["T1", "T2"]
