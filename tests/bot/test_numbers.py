"""Numbers for staff point at nobody: not alone, not beside each other, not from one release to the next."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from itertools import product
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.center_chores import CenterChores
from bot.clock import MovableClock
from bot.numbers import COMMUNITY, FEWEST, NEAREST, Chance, Counts, bounds, month_to_release, release
from bot.steps import Stage, State, Step
from bot.store import Store
from bot.store.values import Asked, Who
from bot.vault import Vault, new_key
from messages import numbers as words
from messages.library import Library

TEAM = "T0RIVERSIDE"
MARCH = datetime(2027, 3, 10, 15, tzinfo=UTC)
APRIL = datetime(2027, 4, 4, tzinfo=UTC)
ENGLISH = Library.load().locale("en")
STAGES = [str(stage) for stage in Stage]


@st.composite
def months(draw: st.DrawFn) -> tuple[Counts, Chance]:
    """A month, and the secret it is released with."""
    secret = draw(st.integers(0, 10_000))
    stages = draw(st.dictionaries(st.sampled_from(STAGES), st.integers(1, 40)))
    began = sum(stages.values())
    counts = Counts(
        ever=began + draw(st.integers(0, 40)), began=began, did=draw(st.integers(0, began)),
        applied=draw(st.integers(0, 40)), good_news=draw(st.integers(0, 40)), stages=stages,
    )  # fmt: skip
    return counts, lambda cell: crc32(f"{secret} {cell}".encode()) % NEAREST


def exactly(counts: Counts, cell: str) -> int:
    kind, _, stage = cell.partition(".")
    return counts.stages[stage] if stage else int(getattr(counts, kind))


@given(months())
def test_no_cell_and_nothing_beside_a_cell_is_ever_fewer_than_ten(month: tuple[Counts, Chance]) -> None:
    counts, _ = month
    shown = release(*month)
    assert not shown or counts.ever >= COMMUNITY
    for cell, about in shown.items():
        count = exactly(counts, cell)
        assert count >= FEWEST and about >= FEWEST and about % NEAREST == 0 and abs(about - count) < NEAREST
    within = {cell for cell in shown if cell == "did" or cell.startswith("stage.")}
    assert all(counts.began - exactly(counts, cell) >= FEWEST for cell in within)
    left_over = counts.began - sum(exactly(counts, cell) for cell in within if cell.startswith("stage."))
    assert not within - {"did"} or left_over == 0 or left_over >= FEWEST


@given(months())
def test_what_is_shown_can_be_drawn_and_copied(month: tuple[Counts, Chance]) -> None:
    shown = release(*month)
    drawn = str(words.view(ENGLISH, {"2027-03": shown}))
    assert all(f" {about}" in drawn for about in shown.values())


@pytest.mark.parametrize("known", range(FEWEST - 1, 40))
def test_who_knows_everybody_else_learns_little_about_the_one(known: int) -> None:
    """The attacker controls all other members, and sees a month with the one and a month without. What they see
    differs in two of five secrets at most, and where one number stands for both they can tell nothing."""

    def seen(count: int) -> Counter[tuple[tuple[str, int], ...]]:
        return Counter(
            tuple(
                release(Counts(ever=60, began=count), Counter({"from began": floor, "began": up}).__getitem__).items()
            )
            for floor, up in product(range(NEAREST), repeat=2)
        )

    without, with_them = seen(known), seen(known + 1)
    assert sum((with_them - without).values()) / NEAREST**2 <= 2 / NEAREST


def test_a_month_is_counted_when_it_is_over_everywhere() -> None:
    assert month_to_release(datetime(2027, 4, 2, 23, tzinfo=UTC)) == "2027-02"
    assert month_to_release(datetime(2027, 4, 3, tzinfo=UTC)) == "2027-03"
    assert month_to_release(datetime(2027, 1, 3, 12, tzinfo=UTC)) == "2026-12"


def test_a_month_begins_and_ends_at_midnight_where_the_center_is() -> None:
    since, until = bounds("2027-03", ZoneInfo("America/New_York"))
    assert datetime.fromtimestamp(since, UTC) == datetime(2027, 3, 1, 5, tzinfo=UTC)
    assert datetime.fromtimestamp(until, UTC) == datetime(2027, 4, 1, 4, tzinfo=UTC), "an hour of March was lost"


async def began(store: Store, member: str, stage: Stage, *, did: bool = False, at: datetime = MARCH) -> None:
    who = Who(TEAM, member)
    started = await store.journeys.start(who, Asked(key=member + at.isoformat(), stage=stage), now=at)
    if did:
        await store.journeys.settle_step(
            who, started.journey, Step.BE_PROFESSIONAL, was=State.OPEN, becomes=State.DONE, now=at
        )


async def counted(store: Store, at: datetime = APRIL) -> dict[str, dict[str, int]]:
    clock = MovableClock()
    clock.set(at.timestamp())
    await CenterChores(store, Vault([new_key()]), clock, lambda: None).run()
    return await store.numbers.of(TEAM)


@pytest.mark.parametrize("members", [9, 10, 11])
async def test_around_ten_members_no_release_tells_who_or_how_many(store: Store, members: int) -> None:
    """All of them at one stage, among thirty others at another, and one of them deletes everything afterwards."""
    await store.centers.change(TEAM, "channel", {"channel": "C0JOBSEARCH"}, now=MARCH)
    for number in range(30):
        await began(store, f"U1OTHER{number:04}", Stage.NO_REPLY, did=True)
    for number in range(members):
        await began(store, f"U0TENTH{number:04}", Stage.INTERVIEW)
    first = await counted(store)
    cells = first["2027-03"]
    assert cells["began"] in (35, 40, 45) and all(about >= FEWEST for about in cells.values())
    assert members >= FEWEST or not {"stage.interview", "stage.no_reply", "did"} & cells.keys()
    await store.privacy.delete(Who(TEAM, "U0TENTH0000"))
    assert await counted(store) == first, "a second count would tell who left"


@pytest.mark.parametrize("members", [9, 10, 11])
async def test_whoever_shares_without_a_name_moves_no_number(store: Store, members: int) -> None:
    """Of a community around each threshold all share and one answers: the exact counts behind the numbers stay."""
    await store.centers.change(TEAM, "channel", {"channel": "C0JOBSEARCH"}, now=MARCH)
    for number in range(30):
        await began(store, f"U1OTHER{number:04}", Stage.NO_REPLY, did=True)
    for number in range(members):
        await began(store, f"U0TENTH{number:04}", Stage.INTERVIEW)
    month = bounds("2027-03", UTC)
    before = await store.numbers.count(TEAM, *month)
    for number in range(members):
        who = Who(TEAM, f"U0TENTH{number:04}")
        await store.sharing.offer(who, f"s{number}", "A walk helped.", now=MARCH)
        await store.sharing.approve(TEAM, f"s{number}", now=MARCH)
    assert await store.sharing_talks.answer(Who(TEAM, "U2NEW"), "s0", "n0", "Me too.", now=MARCH) == ""
    assert await store.numbers.count(TEAM, *month) == before
    first = await counted(store)
    await store.sharing.take_back(Who(TEAM, "U0TENTH0000"), "s0")
    assert await counted(store) == first and "shar" not in str(first)


async def test_a_small_community_gets_no_numbers_and_learns_none_later(store: Store) -> None:
    await store.centers.change(TEAM, "channel", {"channel": "C0JOBSEARCH"}, now=MARCH)
    for number in range(COMMUNITY - 1):
        await began(store, f"U{number}", Stage.NONE)
    assert await counted(store) == {"2027-03": {}}
    await began(store, "U0LATER", Stage.NONE, at=APRIL)
    assert await counted(store) == {"2027-03": {}}


async def test_two_replicas_count_a_month_once(store: Store) -> None:
    await store.centers.change(TEAM, "channel", {"channel": "C0JOBSEARCH"}, now=MARCH)
    for number in range(40):
        await began(store, f"U{number}", Stage.NONE)
    one, other = await asyncio.gather(counted(store), counted(store))
    assert one == other and list(one) == ["2027-03"]


async def test_what_staff_left_out_is_not_counted_afterwards_either(store: Store) -> None:
    await store.centers.change(TEAM, "channel", {"channel": "C0JOBSEARCH"}, now=MARCH)
    await store.centers.change(TEAM, "features", {"off": frozenset({"numbers"})}, now=MARCH)
    for number in range(40):
        await began(store, f"U{number}", Stage.NONE)
    assert await counted(store) == {"2027-03": {}}
    await store.centers.change(TEAM, "features", {"off": frozenset()}, now=MARCH)
    assert await counted(store) == {"2027-03": {}}
