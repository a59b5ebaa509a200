"""A country changes its clocks, and an upgrade says so: check-ins that are to come keep the member's hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import calendars
from bot.calendar_tables import FollowCalendarTables
from bot.clock import MovableClock
from bot.doors_first import DoorsFirst
from bot.kinds import Kind
from bot.store import Store
from bot.store.calendar_tables import AT_ONCE, FOLLOWED
from bot.store.values import Asked, Who
from bot.tables import deliveries, meta

STARTED = datetime(2027, 1, 13, 16, 0, tzinfo=UTC)
MEMBERS = AT_ONCE + 5
AN_HOUR = 3600
is_check_in = deliveries.c.kind == Kind.CHECK_IN


@pytest.fixture
def chore(store: Store) -> FollowCalendarTables:
    clock = MovableClock()
    clock.set((STARTED + timedelta(minutes=1)).timestamp())
    return FollowCalendarTables(store, clock, DoorsFirst())


async def times(store: Store) -> list[tuple[str, int]]:
    asked = select(deliveries.c.id, deliveries.c.due_at).where(is_check_in).order_by(deliveries.c.id)
    return [(row.id, row.due_at) for row in await store.database.read(lambda c: c.execute(asked).all())]


async def followed(store: Store) -> str | None:
    asked = select(meta.c.value).where(meta.c.name == FOLLOWED)
    found: str | None = await store.database.read(lambda c: c.scalar(asked))
    return found


async def test_check_ins_planned_by_older_tables_are_planned_again_once(
    store: Store, chore: FollowCalendarTables
) -> None:
    await store.workspaces.adopt(
        "T1", token="xoxb", bot_user_id="U", bot_id="B", scopes=frozenset(), zone="Africa/Cairo", country=None
    )
    for number in range(MEMBERS):
        await store.journeys.start(Who("T1", f"U{number}"), Asked("k"), now=STARTED)
    right = await times(store)
    wrong = update(deliveries).where(is_check_in).values(due_at=deliveries.c.due_at - AN_HOUR)
    await store.database.write(lambda c: c.execute(wrong))
    await chore.run()
    assert await times(store) == right and await followed(store) == calendars.version()
    await store.database.write(lambda c: c.execute(wrong))
    await chore.run()  # by these tables everything was planned already
    assert await times(store) != right


async def test_an_upgrade_in_the_middle_of_following_begins_anew(store: Store) -> None:
    assert not await store.calendar_tables.follow("old", now=STARTED)
    assert await store.calendar_tables.followed("old") and not await store.calendar_tables.followed("new")
    assert not await store.calendar_tables.follow("new", now=STARTED)
    assert await store.calendar_tables.followed("new")
