"""Quiet neighbours: Slack hangs, fails or throttles one workspace, and nobody in another one notices.

Rows 9 and 27 of the crash matrix. Slack is a stand-in that tells workspaces apart by their token and nothing else.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot import settings
from bot.app import Onward, build
from bot.clock import MovableClock
from bot.store.values import Asked, Who
from tests.living import QUICK, WEDNESDAY

TROUBLED, WELL = "TTROUBLED", "TWELL"
CROWD = 80  # members of the troubled workspace: more than there are places in all
PATIENT = replace(QUICK, timeout=20, per_channel=0.01)
SOON = 6.0  # seconds, on a machine that has other things to do


@dataclass
class Fake:
    """What Slack took, by workspace: ``trouble`` is what happens to the posts of the troubled one."""

    trouble: str = ""
    tried: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    ends: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        team = request.headers["Authorization"].removeprefix("Bearer xoxb-")
        method = request.match_info["method"]
        if method != "chat.postMessage":
            return web.json_response(self._plain(method, team, dict(await request.post())))
        self.tried[team] += 1
        if team == TROUBLED and self.trouble:
            return await self._troubled()
        self.taken[team] += 1
        return web.json_response({"ok": True, "ts": f"{self.taken.total()}.000001"})

    async def _troubled(self) -> web.StreamResponse:
        if self.trouble == "hangs":
            await self.ends.wait()
        if self.trouble == "throttled":
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "30"})
        return web.Response(status=500)

    def _plain(self, method: str, team: str, asked: dict[str, object]) -> dict[str, object]:
        user = {"tz": "America/New_York", "deleted": False, "locale": "en-US"}
        return {
            "ok": True, "team_id": team, "user_id": "UBOT", "bot_id": "B1", "channel": {"id": f"D{asked.get('users')}"},
            "user": user, "messages": [], "permalink": "https://example.com/",
        }  # fmt: skip


@pytest.fixture
async def fake() -> AsyncIterator[tuple[Fake, str]]:
    fake, app = Fake(), web.Application()
    app.router.add_post("/api/{method}", fake.answer)
    app.router.add_get("/api/{method}", fake.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield fake, f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    fake.ends.set()
    await runner.cleanup()


@pytest.fixture
async def onward(fake: tuple[Fake, str], tmp_path: Path) -> AsyncIterator[Onward]:
    chosen = settings.read(
        slack_bot_token=f"xoxb-{WELL}", slack_signing_secret="shh", slack_api_url=fake[1],
        database_url=f"sqlite:///{tmp_path}/onward.db",
    )  # fmt: skip
    clock = MovableClock()
    clock.set(WEDNESDAY.timestamp())
    onward = build(chosen, clock=clock, pace=PATIENT)
    await onward.tools.store.workspaces.adopt(
        TROUBLED, token=f"xoxb-{TROUBLED}", bot_user_id="UBOT", bot_id="B1", scopes=frozenset(), zone=None, country=None
    )
    await onward.open()
    yield onward
    fake[0].ends.set()
    await onward.close()


async def starts(onward: Onward, team: str, members: int) -> None:
    for number in range(members):
        who = Who(team, f"U{number}")
        await onward.tools.store.journeys.start(who, Asked("k"), now=onward.tools.clock.now())
    onward.tools.wake()


async def until(fake: Fake, team: str, taken: int, within: float = SOON) -> float:
    began = time.monotonic()
    while fake.taken[team] < taken:
        assert time.monotonic() - began < within, f"{fake.taken} after {within} s"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


@pytest.mark.parametrize("trouble", ["hangs", "broken", "throttled"])
async def test_row_09_threads_of_another_workspace_come_at_once(
    fake: tuple[Fake, str], onward: Onward, trouble: str
) -> None:
    slack, _ = fake
    slack.trouble = trouble
    await starts(onward, TROUBLED, CROWD)
    await asyncio.sleep(0.5)  # they have taken every place they may take
    await starts(onward, WELL, 3)
    await until(slack, WELL, 6)
    assert slack.taken[TROUBLED] == 0
    if trouble != "broken":
        assert 1 <= slack.tried[TROUBLED] <= PATIENT.lanes


@pytest.mark.parametrize("trouble", ["hangs", "broken", "throttled"])
async def test_row_09_check_ins_of_another_workspace_come_on_time(
    fake: tuple[Fake, str], onward: Onward, trouble: str
) -> None:
    slack, _ = fake
    await starts(onward, TROUBLED, 12)
    await starts(onward, WELL, 3)
    await until(slack, TROUBLED, 24, within=30)
    await until(slack, WELL, 6)
    slack.trouble, tried = trouble, slack.tried[TROUBLED]
    clock = onward.tools.clock
    assert isinstance(clock, MovableClock)
    clock.set((WEDNESDAY + timedelta(days=1)).timestamp())
    onward.tools.wake()
    await until(slack, WELL, 9)
    assert slack.taken[TROUBLED] == 24
    if trouble != "broken":  # one at a time: the first refusal is heard before a second post
        assert slack.tried[TROUBLED] - tried <= 1


async def test_a_sweep_that_hangs_delays_no_thread_of_its_own_workspace(fake: tuple[Fake, str], onward: Onward) -> None:
    slack, _ = fake
    await starts(onward, TROUBLED, 12)
    await until(slack, TROUBLED, 24, within=30)
    slack.trouble = "hangs"
    clock = onward.tools.clock
    assert isinstance(clock, MovableClock)
    clock.set((WEDNESDAY + timedelta(days=1)).timestamp())
    onward.tools.wake()
    began = time.monotonic()
    while slack.tried[TROUBLED] < 25:
        assert time.monotonic() - began < SOON
        await asyncio.sleep(0.02)
    slack.trouble = ""
    await onward.tools.store.journeys.start(Who(TROUBLED, "UNEW"), Asked("k"), now=clock.now())
    onward.tools.wake()
    await until(slack, TROUBLED, 26)
