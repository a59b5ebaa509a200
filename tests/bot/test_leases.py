"""Leases of workspaces and attempts of rows, on both databases: one works at a time, and nothing is overlooked."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, select, text, update

from bot.kinds import Kind
from bot.store import Store, leases, queue
from bot.store.deliveries import Closed
from bot.store.delivery_queries import LANES
from bot.store.ledger import Wanted
from bot.store.values import Row, Who
from bot.tables import deliveries, workspaces

LEASE = 60
NOON = 1_800_000_000
TEAM, OTHER = "T1", "T2"


async def write(store: Store, body: Callable[[Connection], Any]) -> Any:
    return await store.database.write(body)


async def real(store: Store) -> int:
    """The time that leases go by: on PostgreSQL the server's own."""
    if store.database.on_sqlite:
        return NOON
    return int(await write(store, lambda c: c.scalar(text("SELECT CAST(extract(epoch FROM now()) AS BIGINT)"))))


async def adopt(store: Store, *teams: str) -> None:
    for team in teams:
        await store.workspaces.adopt(
            team, token="xoxb", bot_user_id="U", bot_id="B", scopes=frozenset(), zone=None, country=None
        )


async def plan(store: Store, subject: str, due: int, team: str = TEAM) -> None:
    at = datetime.fromtimestamp(due, UTC)
    await write(store, lambda c: queue.post(c, Who(team, "U1"), Kind.CHECK_IN, [subject], due=[at]))


async def claim(store: Store, owner: str, *, now: int = NOON, later: int = 0) -> set[str]:
    found = await store.leases.claim(owner, now=now, real=await real(store) + later, lease=LEASE, most=10)
    return set(found)


async def next_due(store: Store, team: str = TEAM) -> int | None:
    asked = select(workspaces.c.next_due).where(workspaces.c.team_id == team)
    found: int | None = await store.database.read(lambda c: c.scalar(asked))
    return found


async def run_out(store: Store) -> None:
    """Every lease, of workspaces and of rows, ended a while ago."""
    past = await real(store) - 2 * LEASE
    await write(store, lambda c: c.execute(update(workspaces).values(lease_until=past)))
    await write(store, lambda c: c.execute(update(deliveries).values(lease_until=past, tried_at=past)))


async def begin(store: Store, row: Row, token: str) -> Row | None:
    return await store.deliveries.begin(row, token=token, channel="D1", real=await real(store), lease=LEASE)


async def due_row(store: Store) -> Row:
    row = await store.deliveries.next_check_in(TEAM, now=NOON, real=await real(store))
    assert row is not None
    return row


async def test_a_leased_workspace_is_nobody_elses_until_the_lease_runs_out(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    assert await claim(store, "one") == {TEAM}
    assert await claim(store, "two") == set()
    assert not await store.leases.any_free(now=NOON, real=await real(store))
    await run_out(store)
    assert await claim(store, "two") == {TEAM}


async def test_who_lost_a_lease_can_neither_renew_it_nor_give_it_back(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    await claim(store, "frozen")
    await run_out(store)
    await claim(store, "two")
    assert not await store.leases.renew(TEAM, "frozen", real=await real(store), lease=LEASE)
    await store.leases.release(TEAM, "frozen", real=await real(store))
    assert await claim(store, "three") == set()
    assert await store.leases.renew(TEAM, "two", real=await real(store), lease=LEASE)


async def test_only_what_is_due_open_and_not_paused_is_claimed_the_most_overdue_first(store: Store) -> None:
    teams = ["T1", "T2", "T3", "T4", "T5"]
    await adopt(store, *teams)
    for team, due in zip(teams, (NOON, NOON - 60, NOON - 30, NOON - 90, NOON + 1), strict=True):
        await plan(store, "a", due, team)
    await store.workspaces.stop("T4", token="xoxb", why="token_revoked")
    await claim(store, "pausing", now=NOON - 60)
    await store.leases.release("T2", "pausing", real=await real(store), pause=30)
    found = await store.leases.claim("one", now=NOON, real=await real(store), lease=LEASE, most=1)
    assert found == {"T3": NOON - 30}
    assert await claim(store, "two") == {"T1"}


async def test_two_claim_at_the_same_moment_and_neither_waits_nor_gets_the_others(store: Store) -> None:
    """The first claim is not committed yet when the second comes (PostgreSQL; SQLite has one writer)."""
    teams = [f"T{number}" for number in range(6)]
    await adopt(store, *teams)
    for team in teams:
        await plan(store, "a", NOON, team)
    asked = {"now": NOON, "real": await real(store), "lease": LEASE}
    if store.database.on_sqlite:
        claims = [await store.leases.claim(owner, **asked, most=3) for owner in ("one", "two")]
    else:
        with store.database.engine.begin() as connection:
            first = leases.Leases.claim.__wrapped__(store.leases, connection, "one", **asked, most=3)  # type: ignore[attr-defined]
            claims = [first, await store.leases.claim("two", **asked, most=3)]
    assert [len(each) for each in claims] == [3, 3] and claims[0].keys().isdisjoint(claims[1])


async def test_given_back_a_workspace_knows_what_is_still_to_come(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    await plan(store, "b", NOON + 500)
    assert await next_due(store) == NOON
    await claim(store, "one")
    begun = await begin(store, await due_row(store), "t")
    assert begun and await store.deliveries.sent(begun, ts="1.1", now=NOON)
    await store.leases.release(TEAM, "one", real=await real(store))
    assert await next_due(store) == NOON + 500


async def test_what_is_planned_earlier_brings_the_workspace_forward(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "late", NOON + 900)
    await plan(store, "early", NOON + 5)
    await plan(store, "later", NOON + 950)
    assert await next_due(store) == NOON + 5


async def test_a_check_in_planned_while_its_workspace_is_given_back_is_not_overlooked(store: Store) -> None:
    """The planner's transaction is open while the lease goes back: whoever comes second sees the other's row."""
    await adopt(store, TEAM)
    await plan(store, "first", NOON - 100)
    await claim(store, "one")
    begun = await begin(store, await due_row(store), "t")
    assert begun and await store.deliveries.sent(begun, ts="1.1", now=NOON)
    planned, may_commit = threading.Event(), threading.Event()

    def planning(connection: Connection) -> None:
        at = datetime.fromtimestamp(NOON + 100, UTC)
        queue.post(connection, Who(TEAM, "U1"), Kind.CHECK_IN, ["second"], due=[at])
        planned.set()
        assert may_commit.wait(10)

    if store.database.on_sqlite:  # one writer: it cannot be open while another gives back
        may_commit.set()
    inserting = threading.Thread(target=lambda: _in_a_transaction(store, planning))
    inserting.start()
    assert planned.wait(10)
    threading.Timer(0.5, may_commit.set).start()
    await store.leases.release(TEAM, "one", real=await real(store))
    inserting.join()
    assert await next_due(store) == NOON + 100


def _in_a_transaction(store: Store, body: Callable[[Connection], None]) -> None:
    with store.database.engine.execution_options(writes=True).begin() as connection:
        body(connection)


async def test_a_due_time_that_got_lost_is_put_right(store: Store) -> None:
    await adopt(store, TEAM, OTHER)
    await plan(store, "a", NOON)
    await plan(store, "b", NOON + 7, OTHER)
    await write(store, lambda c: c.execute(update(workspaces).values(next_due=None)))
    assert await store.leases.repair() == 2
    assert (await next_due(store), await next_due(store, OTHER)) == (NOON, NOON + 7)
    assert await store.leases.repair() == 0


async def test_a_process_that_was_frozen_writes_nothing_when_it_wakes(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    frozen = await begin(store, await due_row(store), "frozen")
    assert frozen is not None
    await run_out(store)
    [doubtful] = await store.deliveries.ambiguous(real=await real(store), after=LEASE)
    assert await store.deliveries.look(doubtful, real=await real(store), lease=LEASE)
    await store.deliveries.again(doubtful, real=await real(store), after=0)
    second = await begin(store, await due_row(store), "second")
    assert second is not None
    assert not await store.deliveries.sent(frozen, ts="1.1", now=NOON)
    await store.deliveries.again(frozen, real=await real(store), after=0)
    await store.deliveries.end(frozen, "failed", why="channel_not_found")
    await store.deliveries.again(doubtful, real=await real(store), after=0)
    assert await begin(store, second, "third") is None
    assert await store.deliveries.sent(second, ts="2.2", now=NOON)
    assert [(each.state, each.count) for each in await store.ledger.lines(Wanted())] == [("sent", 1)]


async def test_only_one_looks_for_a_post_in_doubt(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    await begin(store, await due_row(store), "lost")
    await run_out(store)
    [row] = await store.deliveries.ambiguous(real=await real(store), after=LEASE)
    assert await store.deliveries.look(row, real=await real(store), lease=LEASE)
    assert not await store.deliveries.look(row, real=await real(store), lease=LEASE)
    assert await store.deliveries.ambiguous(real=await real(store), after=LEASE) == []


async def test_two_begin_the_same_row_and_one_may_post(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    row = await due_row(store)
    assert [bool(await begin(store, row, token)) for token in ("one", "two")] == [True, False]


async def test_a_row_moved_since_it_was_read_is_not_begun(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    row = await due_row(store)
    await store.deliveries.move(row, due=NOON + 60)
    assert await begin(store, row, "t") is None
    assert await begin(store, replace(row, due=datetime.fromtimestamp(NOON + 60, UTC)), "t")


async def test_on_sqlite_the_leases_of_the_process_before_are_void(store: Store) -> None:
    await adopt(store, TEAM)
    await plan(store, "a", NOON)
    await claim(store, "killed")
    await store.leases.take_over(real=await real(store), lease=LEASE)
    assert await claim(store, "one") == {TEAM}


async def test_the_sweep_and_the_threads_are_served_by_indexes_of_their_own(store: Store) -> None:
    if not store.database.on_sqlite:
        return  # an empty table is read whole there, and rightly so
    asked: dict[str, Any] = {"now": NOON, "real": NOON, "most": 10, "team": TEAM, **Closed((TEAM,))._asdict()}
    for query, index in ((LANES, "deliveries_threads"), (leases.ANY_FREE, "workspaces_due")):
        plan_of = await store.database.read(partial(_explained, query=query, asked=asked))
        assert index in plan_of, plan_of


def _explained(connection: Connection, query: Any, asked: dict[str, Any]) -> str:
    asked = {name: value for name, value in asked.items() if name in query.compile().params}
    spelled = query.params(**asked).compile(connection.engine, compile_kwargs={"literal_binds": True})
    return "\n".join(str(row.detail) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}"))
