"""Quiet neighbours: what Slack asks of one workspace and method holds back no other, and ends by itself."""

import asyncio
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Pace, Pacer

POST, UPDATE = "chat.postMessage", "chat.update"


@given(factor=st.floats(1, 60), began=st.floats(0, 10, allow_nan=False), whole=st.sampled_from([math.floor, round]))
def test_nobody_looks_before_the_settle_time_is_over(
    factor: float, began: float, whole: Callable[[float], int]
) -> None:
    """Rows keep whole seconds, cut off on SQLite and rounded on PostgreSQL."""
    pace = Pace().times(factor)
    looks = whole(began) + pace.row_lease + pace.after_lease
    assert looks - (0.5 if whole is round else 0) - began >= pace.settle


@pytest.mark.parametrize(
    ("team", "method", "waits"),
    [("T1", POST, True), ("T2", POST, False), ("T1", UPDATE, False), ("T2", UPDATE, False)],
)
def test_a_pause_holds_for_one_workspace_and_one_method(team: str, method: str, waits: bool) -> None:
    pacer = Pacer(Pace())
    pacer.pause("T1", POST, 60)
    assert pacer.paused(team, method) is waits


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    pacer = Pacer(Pace())
    pacer.pause("T1", POST, 60)
    pacer.pause("T1", POST, 0)
    assert pacer.paused("T1", POST)


def test_a_pause_that_is_over_is_over() -> None:
    pacer = Pacer(Pace())
    pacer.pause("T1", POST, 0)
    assert not pacer.paused("T1", POST)


async def test_a_full_channel_holds_up_no_other_channel_and_no_other_workspace() -> None:
    pacer = Pacer(Pace(per_channel=60, burst=1))
    await pacer.turn("T1", "D1")
    behind = asyncio.ensure_future(pacer.turn("T1", "D1"))
    async with asyncio.timeout(5):
        await pacer.turn("T1", "D2")
        await pacer.turn("T2", "D1")
    assert not behind.done()
    behind.cancel()
