"""Quiet neighbours: what Slack asks of one workspace and method holds back no other, and ends by itself."""

import asyncio

import pytest

from bot.pace import Pace, Pacer

POST, UPDATE = "chat.postMessage", "chat.update"


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
