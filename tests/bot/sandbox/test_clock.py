"""The clock: timestamps in order, and a walk from one due row of the bot to the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.sandbox.clock import SandboxClock, seconds_of
from bot.sandbox.kinds import HandsError
from bot.sandbox.slack import Slack

ServeRaw = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]
FRIDAY = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


def test_the_clock_runs_on_from_where_it_was_put() -> None:
    clock = SandboxClock(FRIDAY)
    assert timedelta() <= clock.now() - FRIDAY < timedelta(seconds=1)
    clock.advance("1d2h")
    assert timedelta() <= clock.now() - FRIDAY - timedelta(hours=26) < timedelta(seconds=1)
    clock.restart()
    assert clock.now() - FRIDAY < timedelta(seconds=1)


def test_no_two_messages_share_a_timestamp_even_when_the_clock_is_set_back() -> None:
    clock = SandboxClock(FRIDAY)
    stamps = [clock.ts() for _ in range(100)]
    clock.set(FRIDAY - timedelta(days=1))
    stamps += [clock.ts() for _ in range(100)]
    assert stamps == sorted(set(stamps)) and all(len(each.partition(".")[2]) == 6 for each in stamps)


@pytest.mark.parametrize(
    ("span", "seconds"), [("1d", 86400), ("2h30m", 9000), ("1w", 604800), (timedelta(hours=1), 3600)]
)
def test_spans_are_read_as_people_write_them(span: str | timedelta, seconds: int) -> None:
    assert seconds_of(span) == seconds


@pytest.mark.parametrize("span", ["", "soon", "1 fortnight", "d1"])
def test_what_is_no_span_is_refused(span: str) -> None:
    with pytest.raises(ValueError, match="is no span of time"):
        seconds_of(span)


class ClockDoor:
    """A bot that does a thing at each of its due times, and notes when it was told."""

    def __init__(self, due: list[float]) -> None:
        self.due, self.told = due, list[float]()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            now = (await request.json())["now"]
            self.told.append(now)
            self.due = [each for each in self.due if each > now]
        return web.json_response({"now": 0, "idle": True, "next_due": min(self.due, default=None)})


async def test_the_walk_stops_at_each_due_row(slack: Slack, serve_raw: ServeRaw) -> None:
    start = slack.clock.unix()
    door = ClockDoor([start + 3600, start + 90_000, start + 900_000])
    url = await serve_raw(door.serve)
    slack.connect(url, url)
    state = await slack.advances("2d")
    told = [round(each - start) for each in door.told]
    assert told == [0, 3600, 90_000, 172_800] and state["next_due"] == start + 900_000
    assert (await slack.advances_to_next())["next_due"] is None
    assert abs(slack.clock.unix() - start - 900_000) < 1
    before = slack.clock.unix()
    await slack.advances_to_next()
    assert slack.clock.unix() - before < 1


async def test_a_row_that_stays_due_does_not_hold_the_clock(slack: Slack, serve_raw: ServeRaw) -> None:
    stuck = slack.clock.unix() + 60

    async def serve(request: web.Request) -> web.StreamResponse:
        return web.json_response({"now": 0, "idle": True, "next_due": stuck})

    url = await serve_raw(serve)
    slack.connect(url, url)
    before = slack.clock.unix()
    await slack.advances("1d")
    assert slack.clock.unix() - before >= 86_400


async def test_without_a_bot_the_clock_moves_alone_and_never_back(slack: Slack) -> None:
    before = slack.clock.unix()
    await slack.advances_to(before + 100)
    assert slack.clock.unix() - before >= 100
    with pytest.raises(HandsError):
        await slack.advances_to(before)
