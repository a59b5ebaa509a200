"""A bad night: kills, frozen replicas, Slack failing in every way, at random. In the end each message is there once.

``FAULTS`` says how many (``make soak`` asks for many more), ``SEED`` repeats a night that went wrong.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.vault import new_key
from messages.library import Library
from tests.crash.fleet import Fleet
from tests.crash.oracle import Oracle
from tests.crash.slack_process import SlackProcess

FAULTS = int(os.environ.get("FAULTS", "40"))
SEED = int(os.environ.get("SEED", random.randrange(10**6)))
MEMBERS = 24
FASTER = 30  # settle 3 s, lease 2 s, time-out of a post a third of a second; it leaves within half a second, or not
# The latest that a post may reach Slack is before anybody looks, 3 s after its write-ahead. Half a second is used up
# at most when it leaves, and the rest may go by in either way. What is frozen anywhere but in the few instructions
# between the last question and the socket may be frozen for ever; there these 2.4 s are what the promise allows.
FROZEN = 2.4  # seconds: longer than a lease
LATE = 2.4  # seconds at most until a slow Slack takes a post, or answers: far longer than its time-out
PATIENCE = 60.0 + FAULTS / 10
POINTER = Library.load().locale("en").phrase("rejected.pointer")
WEATHER = ("rate_limited", "http_500_before", "http_500_after", "cut_before", "cut_after", "hang", "late", "slow")
LOOKS = ("conversations.history", "conversations.replies")
METHODS = ("chat.postMessage",) * 6 + LOOKS + ("chat.update", "users.info")


class Night:
    def __init__(self, slack: SlackProcess, fleet: Fleet, oracle: Oracle) -> None:
        self._slack, self._fleet, self._oracle = slack, fleet, oracle
        self._chance = random.Random(SEED)
        self.deeds: Counter[str] = Counter()
        self.acknowledged: list[str] = []
        self._typed = 0

    async def passes(self) -> None:
        deeds = [self._weather] * 12 + [self._hours] * 3 + [self._kill] * 3
        deeds += [self._freeze, self._database] if len(self._fleet.bots) > 1 else []
        while self.faults < FAULTS:
            deed = self._chance.choice(deeds)
            self.deeds[deed.__name__.removeprefix("_")] += 1
            await asyncio.gather(self._types(), self._types(), deed())

    @property
    def faults(self) -> int:
        return self.deeds.total() - self.deeds["hours"]

    async def _types(self) -> None:
        self._typed += 1
        company = f"Company{self._typed:05d}"
        answer = await self._slack.types(f"/rejected {company}", f"m{self._typed % MEMBERS}")
        if answer.ok and POINTER in str(answer.text):
            self.acknowledged.append(company)

    async def _weather(self) -> None:
        kind, method = self._chance.choice(WEATHER), self._chance.choice(METHODS)
        self._slack.disarms(*LOOKS)  # they are rare: faults that pile up would meet every look of a row
        self._slack.fault(method, kind, seconds=self._chance.uniform(0.1, LATE), retry_after=1)

    async def _kill(self) -> None:
        bot = self._chance.choice(self._fleet.bots)
        await asyncio.sleep(self._chance.uniform(0, 0.3))  # the moment is the fault
        await self._fleet.kill(bot)

    async def _freeze(self) -> None:
        await self._fleet.freeze(self._chance.choice(self._fleet.bots), FROZEN)

    async def _database(self) -> None:
        await asyncio.to_thread(self._oracle.crash_database)

    async def _hours(self) -> None:
        self._slack.set_clock(self._slack.unix() + self._chance.randrange(3, 30) * 3600)
        await self._fleet.level()


@pytest.mark.parametrize(("database", "replicas"), [("sqlite", 1), ("postgresql", 3)])
async def test_after_a_bad_night_each_message_is_there_once(
    slack: SlackProcess, tmp_path: Path, request: pytest.FixtureRequest, database: str, replicas: int
) -> None:
    url, key = f"sqlite:///{tmp_path}/onward.db", new_key()
    if database == "postgresql":
        url = request.getfixturevalue("migrated_postgres")
    slack.enrols(MEMBERS)
    given = {"DATABASE_URL": url, "ENCRYPTION_KEY": key, "SANDBOX_PACE": str(FASTER)}
    fleet = Fleet(slack, tmp_path, replicas, **given)
    await fleet.start()
    oracle = Oracle(slack, url, key)
    night = Night(slack, fleet, oracle)
    await night.passes()
    slack.clears_up()
    await settled(slack, oracle)
    failed = sum(not call.ok or call.status != 200 for call in slack.calls)
    told = f"{database}, seed {SEED}: {dict(night.deeds)}, {failed} calls failed; {len(night.acknowledged)} threads, "
    told += f"{dict(oracle.states())}, posted once more without a look: {len(oracle.posted_without_a_look())}"
    print(told)  # noqa: T201 - what a soak is run for
    lost = oracle.lost() + [each for each in night.acknowledged if not parents(slack, each)]
    assert (oracle.twice(), lost, oracle.states()["unknown"]) == ([], [], 0), told
    assert await fleet.stop() == [0] * replicas


async def settled(slack: SlackProcess, oracle: Oracle) -> None:
    """Everything that was due by now is sent or ended. Other processes do that, so it is asked again and again."""
    deadline = time.monotonic() + PATIENCE
    while due := await asyncio.to_thread(oracle.unsettled, now=slack.unix()):
        assert time.monotonic() < deadline, f"seed {SEED}: {len(due)} not settled, such as {due[:3]}"
        await asyncio.sleep(0.5)


def parents(slack: SlackProcess, company: str) -> int:
    return sum(company in str(each.blocks) for each in slack.every() if not each.is_reply)
