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
from tests.process import patience

FAULTS = int(os.environ.get("FAULTS", "40"))
SEED = int(os.environ.get("SEED", random.randrange(10**6)))
MEMBERS = 24
FASTER = 30  # settle 3 s, lease 2 s, time-out of a post 1 s; it leaves within half a second, or not
# The latest that a post may reach Slack is before anybody looks, 3 s after its write-ahead. Half a second is used up
# at most when it leaves, and the rest may go by in either way. What is frozen anywhere but in the few instructions
# between the last question and the socket may be frozen for ever; there these 2.4 s are what the promise allows.
FROZEN = 2.4  # seconds: longer than a lease
LATE = 2.4  # seconds at most until a slow Slack takes a post, or answers: longer than its time-out
PATIENCE = 60.0 + FAULTS / 10
TOLD = max(20, FAULTS // 20)  # faults from one line about how far it is to the next
POINTER = Library.load().locale("en").phrase("rejected.pointer")
WEATHER = ("rate_limited", "http_500_before", "http_500_after", "cut_before", "cut_after", "hang", "late", "slow")
LOOKS = ("conversations.history", "conversations.replies")
METHODS = ("chat.postMessage",) * 6 + LOOKS + ("chat.update", "users.info")


class Night:
    def __init__(self, slack: SlackProcess, fleet: Fleet, oracle: Oracle, where: str) -> None:
        self._slack, self._fleet, self._oracle = slack, fleet, oracle
        self._chance = random.Random(SEED)
        self._began = time.monotonic()
        self.name = f"{where}, seed {SEED}"
        self.deeds: Counter[str] = Counter()
        self.acknowledged: list[str] = []
        self.fallen: list[str] = []  # bots that ended by themselves
        self._typed = 0

    async def passes(self) -> None:
        deeds = [self._weather] * 12 + [self._hours] * 3 + [self._kill] * 3
        deeds += [self._freeze, self._database] if len(self._fleet.bots) > 1 else []
        while self.faults < FAULTS:
            deed = self._chance.choice(deeds)
            await asyncio.gather(self._types(), self._types(), deed())
            self.deeds[deed.__name__.removeprefix("_")] += 1
            self.fallen += self._fleet.picks_up()
            if deed != self._hours and self.faults % TOLD == 0:
                say(f"{self.name}: {self.so_far}")
        await self._fleet.is_whole()

    @property
    def faults(self) -> int:
        return self.deeds.total() - self.deeds["hours"]

    @property
    def so_far(self) -> str:
        minutes = (time.monotonic() - self._began) / 60
        return f"{self.faults} of {FAULTS} faults in {minutes:.1f} minutes, {self.faults / minutes:.0f} a minute"

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
        bot = self._chance.choice(await self._fleet.spare())
        await asyncio.sleep(self._chance.uniform(0, 0.3))  # the moment is the fault
        self._fleet.loses(bot, self._fleet.kill(bot))
        if len(self._fleet.bots) == 1:  # while nobody stands, no weather meets anybody
            await self._fleet.is_whole()

    async def _freeze(self) -> None:
        bot = self._chance.choice(await self._fleet.spare())
        self._fleet.loses(bot, self._fleet.freeze(bot, FROZEN))

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
    night = Night(slack, fleet, oracle, f"{database}, {replicas} at a time" if replicas > 1 else database)
    await night.passes()
    so_far = night.so_far
    slack.clears_up()
    await settled(slack, oracle, night)
    twice, lost = oracle.twice(), oracle.lost() + without_a_thread(slack, night.acknowledged)
    told = f"{night.name}: {so_far}: {len(lost)} lost, {len(twice)} twice, {oracle.states()['unknown']} unknown; "
    told += f"{details(slack, oracle, night)}"
    say(told)
    assert (twice, lost, oracle.states()["unknown"], night.fallen) == ([], [], 0, []), told
    assert await fleet.stop() == [0] * replicas


def details(slack: SlackProcess, oracle: Oracle, night: Night) -> str:
    failed = sum(not call.ok or call.status != 200 for call in slack.calls)
    told = f"{dict(night.deeds)}, {failed} calls failed; {len(night.acknowledged)} threads, {dict(oracle.states())}"
    return f"{told}, posted once more without a look: {len(oracle.posted_without_a_look())}"


async def settled(slack: SlackProcess, oracle: Oracle, night: Night) -> None:
    """Everything that was due by now is sent or ended. Other processes do that, so it is asked again and again."""
    began = time.monotonic()
    while due := await asyncio.to_thread(oracle.unsettled, now=slack.unix()):
        assert time.monotonic() < began + patience(PATIENCE), f"{night.name}: {len(due)} not settled, such as {due[:3]}"
        await asyncio.sleep(0.5)


def without_a_thread(slack: SlackProcess, companies: list[str]) -> list[str]:
    parents = "".join(str(each.blocks) for each in slack.every() if not each.is_reply)
    return [each for each in companies if each not in parents]


def say(line: str) -> None:
    """``make soak`` is run for what it says."""
    print(line, flush=True)  # noqa: T201
