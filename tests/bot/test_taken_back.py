"""Row 28 of the crash matrix: what a member wants changes between the look into the queue and the post."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.kinds import Kind
from bot.store import Store
from bot.store.values import Asked, Row, Who

WHO = Who("T1", "U1")
STARTED = datetime(2027, 1, 13, 16, 0, tzinfo=UTC)
NOW = STARTED + timedelta(days=3)


async def stops(store: Store) -> None:
    await store.members.stop(WHO, now=NOW)


async def moves_away(store: Store) -> None:
    await store.members.learn(WHO, zone="Asia/Tokyo", locale=None, deactivated=False, now=NOW)


async def is_deactivated(store: Store) -> None:
    await store.members.deactivate(WHO, now=NOW)


async def deletes(store: Store) -> None:
    await store.privacy.delete(WHO)


async def pauses(store: Store) -> None:
    await store.members.pause(WHO, days=7, now=NOW)


async def uninstalls(store: Store) -> None:
    await store.installs.cancel_some(WHO.team)


Change = Callable[[Store], Awaitable[None]]
CHANGES = (stops, is_deactivated, deletes, pauses, uninstalls)


@pytest.mark.parametrize("change", CHANGES, ids=[each.__name__ for each in CHANGES])
async def test_row_28_what_changes_between_claim_and_post_is_not_begun(store: Store, change: Change) -> None:
    row = await claimed(store)
    await change(store)
    assert await begin(store, row) is None


async def test_an_event_counts_the_first_time_and_no_other(store: Store) -> None:
    await claimed(store)
    await store.members.stop(WHO, now=NOW, event_id="Ev1")
    assert await store.check_ins.upcoming(WHO) == []
    await store.members.turn_on(WHO, now=NOW, event_id="Ev2")
    await store.members.stop(WHO, now=NOW, event_id="Ev1")
    assert (await store.members.find(WHO)).check_ins_on


async def test_row_28_unchanged_it_is_begun(store: Store) -> None:
    row = await claimed(store)
    assert await begin(store, row) is not None


async def test_row_28_after_a_move_the_ones_to_come_are_at_the_new_hour(store: Store) -> None:
    await claimed(store)
    before = await store.check_ins.upcoming(WHO)
    await moves_away(store)
    assert before[1:] != (await store.check_ins.upcoming(WHO))[1:]


async def begin(store: Store, row: Row) -> Row | None:
    return await store.deliveries.begin(row, token="t", channel="D1", real=int(NOW.timestamp()), lease=60)


async def claimed(store: Store) -> Row:
    """A check-in that is due, as a process has read it."""
    await store.workspaces.adopt(
        "T1", token="xoxb", bot_user_id="U", bot_id="B", scopes=frozenset(), zone="Europe/Berlin", country=None
    )
    await store.journeys.start(WHO, Asked("k"), now=STARTED)
    row = await store.deliveries.next_check_in(WHO.team, now=int(NOW.timestamp()), real=int(NOW.timestamp()))
    assert row is not None and row.kind is Kind.CHECK_IN
    return row
