"""Of several processes on one database the one that heard from a member sends to them; the rest comes after."""

import pytest

from bot.clock import MovableClock
from bot.own_lanes import BEHIND, LONG, Lane, OwnLanes

OTHERS, NOON = 5.0, 1_800_000_000
MAYA, ALEX = ("T1", "U1"), ("T1", "U2")
CHANNEL, GROUP, NAMELESS, ELSEWHERE = ("T1", "C1"), ("T1", "U7,U8"), ("T1", "author:s1"), ("T2", "C1")


@pytest.fixture
def clock() -> MovableClock:
    clock = MovableClock()
    clock.set(NOON)
    return clock


@pytest.fixture
def own(clock: MovableClock) -> OwnLanes:
    return OwnLanes(clock, OTHERS, shared=True)


def patience(own: OwnLanes, lane: Lane, due: int = NOON) -> float:
    return own.patience({lane: due})[lane]


def test_where_nobody_shares_the_database_everything_goes_at_once(clock: MovableClock) -> None:
    assert patience(OwnLanes(clock, OTHERS, shared=False), MAYA) == 0


def test_whom_it_heard_from_is_its_own_and_everybody_else_is_left_to_others_first(own: OwnLanes) -> None:
    own.heard(*MAYA)
    assert patience(own, MAYA) == 0
    assert OTHERS <= patience(own, ALEX) < 2 * OTHERS


@pytest.mark.parametrize("lane", [CHANNEL, GROUP, NAMELESS])
def test_what_a_member_sends_off_into_a_channel_or_to_several_is_its_own_too(own: OwnLanes, lane: Lane) -> None:
    own.heard(*MAYA)
    assert patience(own, lane) == 0 and patience(own, ELSEWHERE) >= OTHERS


def test_what_was_planned_at_another_time_came_from_another_process(own: OwnLanes, clock: MovableClock) -> None:
    own.heard(*MAYA)
    clock.set(NOON + 20)
    assert patience(own, MAYA, due=NOON) == 0, "planned when it was heard, however long ago"
    assert patience(own, MAYA, due=NOON + 15) >= OTHERS


def test_much_faster_than_in_earnest_a_second_that_begins_meanwhile_makes_no_difference(clock: MovableClock) -> None:
    quick = OwnLanes(clock, OTHERS / 30, shared=True)
    clock.set(NOON + 0.9)
    quick.heard(*MAYA)
    assert patience(quick, MAYA, due=NOON) == patience(quick, MAYA, due=NOON + 1) == 0


def test_who_is_first_among_the_others_differs_from_lane_to_lane(own: OwnLanes) -> None:
    assert len({patience(own, ("T1", f"U{number}")) for number in range(20)}) > 10


def test_who_is_behind_with_their_own_leaves_others_alone_for_a_minute(own: OwnLanes, clock: MovableClock) -> None:
    own.heard(*MAYA)
    clock.set(NOON + BEHIND + 1)
    assert own.patience({MAYA: NOON, ALEX: NOON}) == {MAYA: 0, ALEX: LONG * OTHERS}


def test_it_remembers_nobody_for_long(own: OwnLanes, clock: MovableClock) -> None:
    for number in range(1000):
        clock.set(NOON + number)
        own.heard(f"T{number}", "U1")
    assert len(own._heard) <= 2 * LONG * OTHERS and len(own._teams) <= 2 * LONG * OTHERS
