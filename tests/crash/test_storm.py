"""A bad night: kills, frozen replicas, Slack failing in every way, at random. In the end each message is there once.

``FAULTS`` says how many (``make soak`` asks for many more), ``SEED`` repeats a night that went wrong.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path

import pytest

from bot.sandbox.people import User
from bot.sandbox.slack import Slack
from bot.vault import new_key
from messages.library import Library
from tests.crash.fleet import Fleet
from tests.crash.oracle import Oracle

FAULTS = int(os.environ.get("FAULTS", "40"))
SEED = int(os.environ.get("SEED", random.randrange(10**6)))
MEMBERS = 24
FASTER = 30  # settle 3 s, lease 2 s, time-out of a post a third of a second
FROZEN = 2.5  # seconds: longer than a lease, shorter than the settle time
PATIENCE = 60.0 + FAULTS / 10
POINTER = Library.load().locale("en").phrase("rejected.pointer")
WEATHER = ("rate_limited", "http_500_before", "http_500_after", "cut_before", "cut_after", "hang", "late")
METHODS = ("chat.postMessage",) * 6 + ("conversations.history", "conversations.replies", "chat.update", "users.info")


class Night:
    def __init__(self, slack: Slack, fleet: Fleet, oracle: Oracle) -> None:
        self._slack, self._fleet, self._oracle = slack, fleet, oracle
        self._chance = random.Random(SEED)
        self.faults = 0
        self.acknowledged: list[str] = []
        self._typed = 0

    async def passes(self) -> None:
        deeds = [self._weather] * 12 + [self._hours] * 3 + [self._kill]
        deeds += [self._freeze, self._database] if len(self._fleet.bots) > 1 else []
        while self.faults < FAULTS:
            await asyncio.gather(self._types(), self._types(), self._chance.choice(deeds)())

    async def _types(self) -> None:
        self._typed += 1
        company = f"Company{self._typed:05d}"
        answer = await self._slack.types(f"/rejected {company}", f"m{self._typed % MEMBERS}")
        if answer.ok and POINTER in str(answer.text):
            self.acknowledged.append(company)

    async def _weather(self) -> None:
        self.faults += 1
        kind, method = self._chance.choice(WEATHER), self._chance.choice(METHODS)
        self._slack.fault(method, kind, seconds=self._chance.uniform(0.1, 1), retry_after=1)

    async def _kill(self) -> None:
        self.faults += 1
        bot = self._chance.choice(self._fleet.bots)
        await asyncio.sleep(self._chance.uniform(0, 0.3))  # the moment is the fault
        await self._fleet.kill(bot)

    async def _freeze(self) -> None:
        self.faults += 1
        await self._fleet.freeze(self._chance.choice(self._fleet.bots), FROZEN)

    async def _database(self) -> None:
        self.faults += 1
        await asyncio.to_thread(self._oracle.crash_database)

    async def _hours(self) -> None:
        self._slack.clock.advance(self._chance.randrange(3, 30) * 3600)
        await self._fleet.level()


@pytest.mark.parametrize(("database", "replicas"), [("sqlite", 1), ("postgresql", 3)])
async def test_after_a_bad_night_each_message_is_there_once(
    slack: Slack, tmp_path: Path, request: pytest.FixtureRequest, database: str, replicas: int
) -> None:
    url, key = f"sqlite:///{tmp_path}/onward.db", new_key()
    if database == "postgresql":
        url = request.getfixturevalue("migrated_postgres")
    enrol(slack)
    given = {"DATABASE_URL": url, "ENCRYPTION_KEY": key, "SANDBOX_PACE": str(FASTER)}
    fleet = Fleet(slack, tmp_path, replicas, **given)
    await fleet.start()
    oracle = Oracle(slack, url, key)
    night = Night(slack, fleet, oracle)
    await night.passes()
    slack.platform.faults.clear()
    await settled(slack, oracle)
    told = f"seed {SEED}: {night.faults} faults, {len(night.acknowledged)} threads, {dict(oracle.states())}"
    print(told)  # noqa: T201 - what a soak is run for
    assert (oracle.twice(), oracle.lost(), oracle.states()["unknown"]) == ([], [], 0), told
    assert [each for each in night.acknowledged if parents(slack, each) != 1] == [], told
    assert await fleet.stop() == [0] * replicas


async def settled(slack: Slack, oracle: Oracle) -> None:
    """Everything that was due by now is sent or ended. Other processes do that, so it is asked again and again."""
    deadline = time.monotonic() + PATIENCE
    while due := await asyncio.to_thread(oracle.unsettled, now=slack.clock.unix()):
        assert time.monotonic() < deadline, f"seed {SEED}: {len(due)} not settled, such as {due[:3]}"
        await asyncio.sleep(0.5)


def parents(slack: Slack, company: str) -> int:
    return sum(company in str(each.blocks) for each in slack.platform.workspace.every() if not each.is_reply)


def enrol(slack: Slack) -> None:
    general = slack.platform.workspace.channel("general")
    assert general is not None
    for number in range(MEMBERS):
        user = User(f"U{number:08d}", f"m{number}", f"Member {number}", "Europe/Berlin", "member")
        slack.platform.workspace.users[user.id] = user
        general.members.append(user.id)
