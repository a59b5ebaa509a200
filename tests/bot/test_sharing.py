"""What is shared without a name, in the database, on both: who presses at once, what lies there in plain, how long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.database import Database
from bot.kinds import Kind
from bot.store import Store
from bot.store.sharing_ends import KEPT
from bot.store.values import Row, Who
from bot.tables import deliveries, erasures, metadata, sharing, sharing_talks
from bot.vault import Vault, new_key
from tests.bot.test_installs import grant, leave, purge, rows

NOW = datetime(2027, 1, 13, 16, tzinfo=UTC)
MAYA, SAM, DM = Who("T1", "U0MAYA00001"), Who("T1", "U0SAM000001"), "D0MAYA00001"
TEXT, CHANNEL, POST = "A walk helped.", "C0JOBSEARCH", "sharing.post:s1"


@pytest.fixture
async def store(migrated_database: str) -> AsyncIterator[Store]:
    opened = Store(Database(migrated_database), Vault([new_key()]))
    await opened.installs.install(grant("T1"), once="state", now=NOW)
    await opened.centers.change("T1", "channel", {"channel": CHANNEL}, now=NOW)
    await opened.centers.change("T1", "community", {"zone": "America/New_York"}, now=NOW)
    assert await opened.sharing.offer(MAYA, "s1", TEXT, now=NOW) == ""
    await opened.members.remember_dm(MAYA, channel=DM)
    yield opened
    await opened.close()


async def found(store: Store, query: Any) -> list[dict[str, Any]]:
    return await store.database.read(lambda connection: [dict(row._mapping) for row in connection.execute(query)])


async def written(store: Store, statement: Any) -> None:
    await store.database.write(lambda connection: connection.execute(statement))


async def in_plain(store: Store) -> str:
    """Everything that stands in any table but the members' own, where ids are no secret."""
    tables = [each for each in metadata.sorted_tables if each.name not in ("members", "workspaces")]
    return str([await found(store, select(each)) for each in tables])


async def post(store: Store) -> list[dict[str, Any]]:
    return await found(store, select(deliveries).where(deliveries.c.kind == Kind.SHARING))


async def is_posted(store: Store, state: str = "sent") -> None:
    """As the sender leaves it behind."""
    done = update(deliveries).where(deliveries.c.id == POST)
    await written(store, done.values(state=state, ts="1.1", channel=CHANNEL, sent_at=int(NOW.timestamp())))


async def goes_on(store: Store, at: datetime) -> None:
    while await store.sharing.go_on(now=at):
        pass


async def test_two_of_staff_at_once_post_it_once(store: Store) -> None:
    pressed = [store.sharing.approve("T1", "s1", now=NOW + timedelta(minutes=each)) for each in range(4)]
    assert sorted(await asyncio.gather(*pressed)) == [False, False, False, True]
    assert len(await post(store)) == 1


async def test_of_posting_sending_back_and_muting_at_once_one_counts(store: Store) -> None:
    decided = await asyncio.gather(
        store.sharing.approve("T1", "s1", now=NOW), store.sharing.send_back("T1", "s1", why="names", now=NOW),
        store.sharing.mute("T1", "s1", now=NOW),
    )  # fmt: skip
    assert sorted(decided) == [False, False, True]
    assert len(await post(store)) == decided[0]


@pytest.mark.parametrize("turn", range(6))
async def test_taken_back_while_staff_post_it_nothing_goes_out(store: Store, turn: int) -> None:
    both = [store.sharing.approve("T1", "s1", now=NOW), store.sharing.take_back(MAYA, "s1")]
    done = await asyncio.gather(*(both if turn % 2 else both[::-1]))
    assert True in done and await post(store) == [] and await store.sharing.find("T1", "s1") is None


async def test_taken_back_while_it_is_being_sent_it_is_looked_for_and_taken_out(store: Store) -> None:
    await store.sharing.approve("T1", "s1", now=NOW)
    lane = ("T1", CHANNEL)
    row = await store.deliveries.next_of(lane, now=int((NOW + timedelta(days=1)).timestamp()), real=0)
    assert row
    begun = await store.deliveries.begin(row, token="t", channel=CHANNEL, real=0, lease=60)
    assert begun and await store.sharing.take_back(MAYA, "s1")
    (gone,) = await store.privacy.erasures(limit=9)
    assert (gone.channel, gone.ts) == (CHANNEL, "") and gone.mark
    assert not await store.deliveries.sent(begun, ts="1.1", now=0)


async def test_two_replicas_write_one_letter(store: Store) -> None:
    await store.sharing.approve("T1", "s1", now=NOW)
    await is_posted(store)
    await asyncio.gather(*(store.sharing.go_on(now=NOW + timedelta(hours=8)) for _ in range(4)))
    letters = select(deliveries.c.subject).where(deliveries.c.kind == Kind.SHARING_LETTER)
    assert await found(store, letters) == [{"subject": "s1/posted"}]


async def test_nothing_in_plain_tells_whose_it_is_at_any_time(store: Store) -> None:
    """Neither the id nor the chat, also while a letter is on its way and once it was sent and is to be taken out."""
    await store.sharing.approve("T1", "s1", now=NOW)
    assert MAYA.user not in await in_plain(store)
    await is_posted(store)
    await goes_on(store, NOW + timedelta(hours=8))
    await store.sharing_talks.answer(SAM, "s1", "n1", "It helped me too.", now=NOW)
    for user in ("author:s1",):
        row = await sent(store, user)
        assert (row.user, row.channel) == (MAYA.user, DM), "whoever sends it has to know"
    kept = await in_plain(store)
    assert not [each for each in (MAYA.user, DM, SAM.user, TEXT, "helped me") if each in kept]
    await store.sharing.take_back(MAYA, "s1")
    kept = await in_plain(store)
    assert not [each for each in (MAYA.user, DM, SAM.user, TEXT) if each in kept]
    places = {(each.channel, each.ts) for each in await store.privacy.erasures(limit=9)}
    assert (CHANNEL, "1.1") in places and (DM, "2.2") in places
    for each in await store.privacy.erasures(limit=9):
        await store.privacy.erased(each)
    assert await found(store, select(erasures)) == []


async def sent(store: Store, user: str) -> Row:
    now = int((NOW + timedelta(days=1)).timestamp())
    row = await store.deliveries.next_of(("T1", user), now=now, real=0)
    assert row
    begun = await store.deliveries.begin(row, token="t", channel=DM, real=0, lease=60)
    assert begun and await store.deliveries.sent(begun, ts="2.2", now=now)
    return begun


@pytest.mark.parametrize("decided", ["waiting", "returned", "approved", "posted"])
async def test_wherever_it_stands_nobody_can_tell_whose_it_was_after_two_weeks(store: Store, decided: str) -> None:
    await store.sharing_talks.answer(SAM, "s1", "n1", "Me too.", now=NOW)
    if decided == "returned":
        await store.sharing.send_back("T1", "s1", why="names", now=NOW)
    elif decided != "waiting":
        await store.sharing.approve("T1", "s1", now=NOW)
    if decided == "posted":
        await is_posted(store)
    for days in range(16):
        await goes_on(store, NOW + timedelta(days=days))
    (row,) = await found(store, select(sharing).where(sharing.c.id == "s1")) or [{"sealed_author": None}]
    assert row["sealed_author"] is None and await found(store, select(sharing_talks)) == []
    await goes_on(store, NOW + KEPT + timedelta(days=3))
    assert await found(store, select(sharing)) == []


@pytest.mark.parametrize("state", ["failed", "cancelled", "skipped"])
async def test_what_the_channel_never_took_goes_back_to_its_author(store: Store, state: str) -> None:
    await store.sharing.approve("T1", "s1", now=NOW)
    await is_posted(store, state)
    await goes_on(store, NOW + timedelta(hours=8))
    back = await store.sharing.find("T1", "s1")
    assert back and (back.state, back.reason["why"]) == ("returned", "unposted")


async def test_it_goes_out_hours_later_at_a_full_hour_in_daylight_and_the_same_one_always_then(store: Store) -> None:
    for number in range(12):
        await store.sharing.offer(Who("T1", f"U{number}"), f"x{number}", TEXT, now=NOW)
        await store.sharing.approve("T1", f"x{number}", now=NOW + timedelta(minutes=number))
    due = [datetime.fromtimestamp(row["due_at"], UTC) for row in await post(store)]
    assert all(NOW + timedelta(hours=1) <= each <= NOW + timedelta(hours=7) for each in due)
    assert all((each.minute, each.second) == (0, 0) and each.hour >= 13 for each in due) and len(set(due)) > 2


async def test_a_letter_waits_for_the_centers_morning_wherever_its_author_lives(store: Store) -> None:
    """Three at night in New York is daytime in Tokyo, and who lives there is not to be told apart by it."""
    await store.members.learn(MAYA, zone="Asia/Tokyo", locale=None, deactivated=False, now=NOW)
    await store.sharing.send_back("T1", "s1", why="names", now=datetime(2027, 1, 14, 8, tzinfo=UTC))
    (letter,) = await found(store, select(deliveries).where(deliveries.c.kind == Kind.SHARING_LETTER))
    assert datetime.fromtimestamp(letter["due_at"], UTC) == datetime(2027, 1, 14, 13, tzinfo=UTC)


async def test_when_it_was_shared_is_kept_nowhere(store: Store) -> None:
    (row,) = await found(store, select(sharing))
    assert row["shown_at"] >= NOW.timestamp() + 15 * 60 and row["shown_at"] % (15 * 60) == 0
    assert str(int(NOW.timestamp())) not in str(row)


async def test_sharing_leaves_no_trace_beside_its_own_row(store: Store) -> None:
    """Of a member who was there before: nothing that the operator can read of them is another than it was."""
    before = await found(store, select(metadata.tables["members"]))
    ledger = await found(store, select(func.count()).select_from(deliveries))
    await store.sharing.offer(MAYA, "s2", TEXT, now=NOW)
    assert await found(store, select(metadata.tables["members"])) == before
    assert await found(store, select(func.count()).select_from(deliveries)) == ledger


async def test_uninstalled_it_all_goes_with_the_workspace(store: Store) -> None:
    await store.sharing.approve("T1", "s1", now=NOW)
    await is_posted(store)
    await goes_on(store, NOW + timedelta(hours=8))
    await store.sharing_talks.answer(SAM, "s1", "n1", "Me too.", now=NOW)
    await store.sharing.offer(SAM, "s2", TEXT, now=NOW)
    await store.sharing.mute("T1", "s2", now=NOW)
    await leave(store, "T1", at=NOW)
    assert await purge(store, "T1", now=NOW + timedelta(days=8)) and await rows(store, "T1") == 0


async def test_a_new_key_still_opens_whose_it_is(migrated_database: str) -> None:
    old, new = new_key(), new_key()
    before = Store(Database(migrated_database), Vault([old]))
    await before.sharing.offer(MAYA, "s1", TEXT, now=NOW)
    await before.close()
    turning = Store(Database(migrated_database), Vault([new, old]))
    assert (await turning.rotation.turn(sharing, None)).anew == 2
    await turning.close()
    after = Store(Database(migrated_database), Vault([new]))
    assert [each.text for each in await after.sharing.own(MAYA)] == [TEXT]
    await after.close()
