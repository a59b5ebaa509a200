"""Who did something is noted once a day, together and a moment later, on both databases."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import structlog
from sqlalchemy import event

from bot.activity import A_DAY, Activity
from bot.clock import MovableClock
from bot.database import Database
from bot.pace import Pace
from bot.store import Store
from bot.store.members import ensure
from bot.store.values import Member, Who
from bot.vault import Vault, new_key

NOON = 1_800_014_400
TODAY = NOON // A_DAY * A_DAY
MAYA, SAM, STRANGER = Who("T1", "U1"), Who("T1", "U2"), Who("T1", "U3")


@pytest.fixture
async def activity(store: Store) -> Activity:
    for who in (MAYA, SAM):
        await store.database.write(partial(ensure, who=who))
    clock = MovableClock()
    clock.set(NOON)
    return Activity(store, clock, replace(Pace(), noting=0.01))


async def known(store: Store, *people: Who) -> list[tuple[int | None, int | None]]:
    found = [await store.members.find(who) for who in people]
    return [(each.active_at, each.home_at) for each in found]


async def test_a_moment_later_all_of_them_are_noted_and_a_stranger_is_not(activity: Activity, store: Store) -> None:
    activity.notice(Member(MAYA), at_home=True)
    activity.notice(Member(MAYA))
    activity.notice(Member(SAM))
    activity.notice(Member(STRANGER))
    assert await known(store, MAYA, SAM) == [(None, None), (None, None)]
    async with asyncio.timeout(5):
        while await known(store, MAYA, SAM) != [(TODAY, TODAY), (TODAY, None)]:
            pass
    assert not await store.members.is_known(STRANGER)


async def test_what_is_noted_or_of_a_stranger_is_not_written_that_day(activity: Activity, store: Store) -> None:
    activity.notice(Member(MAYA))
    await activity.note()
    writes: list[str] = []
    event.listen(store.database.engine, "before_cursor_execute", lambda *said: writes.append(said[2][:6]))
    activity.notice(Member(MAYA))  # as it was found before the note
    await activity.note()
    activity.notice(await store.members.find(MAYA))
    activity.notice(Member(STRANGER))
    await activity.note()
    assert "UPDATE" not in writes and "SELECT" in writes
    activity.notice(Member(MAYA), at_home=True)
    await activity.note()
    assert "UPDATE" in writes and await known(store, MAYA) == [(TODAY, TODAY)]


async def test_two_processes_with_the_same_members_do_not_wait_in_a_ring(activity: Activity, store: Store) -> None:
    there, back = {MAYA: False, SAM: True}, {SAM: True, MAYA: False}
    for day in range(25):
        await asyncio.gather(*(store.members.seen(each, today=day) for each in (there, back)))
    assert await known(store, MAYA, SAM) == [(24, None), (24, 24)]


async def test_a_locked_database_means_later(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/onward.db"
    store = Store(Database(url, busy_seconds=0.1), Vault([new_key()]))
    store.prepare()
    await store.database.write(partial(ensure, who=MAYA))
    activity = Activity(store, MovableClock(), Pace())
    with structlog.testing.capture_logs() as logs, closing(sqlite3.connect(tmp_path / "onward.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        activity.notice(Member(MAYA))
        await activity.note()
    assert [each["event"] for each in logs] == ["activity_waits"] and await known(store, MAYA) == [(None, None)]
    activity.notice(await store.members.find(MAYA))
    await activity.note()
    assert (await store.members.find(MAYA)).active_at
    await store.close()
