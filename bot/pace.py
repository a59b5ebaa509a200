"""How fast, how patient: the real-time constants of delivery as one value, and the pauses Slack asks for.

All real seconds. Crash tests run them many times faster, which changes nothing but the waiting.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Pace:
    """Settle is well above what Slack is seen to need; one post a second a channel is Slack's own rule."""

    settle: float = 90  # before looking whether a post arrived
    looks: int = 3
    timeout: float = 10  # of one call
    lease: float = 60
    leaves: float = 15  # after its write-ahead; what leaves later than that does not leave at all
    look_again: float = 30  # after a look that could not be made
    per_channel: float = 1.0  # seconds a post
    burst: int = 3
    in_flight: int = 50  # posts of threads under way in all
    lanes: int = 8  # of one workspace: where Slack hangs for it, the others still have their places
    looks_at_once: int = 10  # workspaces that are looked into at the same time
    workspaces: int = 50  # leased at a time for their check-ins, each with one post under way
    turn: float = 10  # seconds after which a workspace lets another one in, where all places are taken
    outage: float = 600  # check-ins later than this mean that we were away
    recovery: float = 3600  # at half pace for so long after that
    attempts: int = 5  # of one post that may have arrived, each looked for before the next
    sweep: float = 5  # from one look into the queue to the next
    others: float = 5  # a row is left to the process that heard from its member, where there are several
    chores: float = 15
    noting: float = 1.0  # from what somebody does to the note that they did, for all who did together
    body: float = 5  # for all of one request of Slack's, which sends it in one go
    answer: float = 2.0  # from there to the answer, which Slack waits 3 seconds for
    apart: float = 20  # from one line of Socket Mode to the next

    @property
    def row_lease(self) -> int:
        """Of one attempt, or one look. Rows keep whole seconds."""
        return max(1, int(self.lease))

    @property
    def after_lease(self) -> int:
        """Seconds from the end of an attempt's lease to the first look, so that it never comes before ``settle``.

        One more than their difference: two moments that are three whole seconds apart may be little more than two.
        """
        return max(0, math.ceil(self.settle) + 1 - self.row_lease)

    def times(self, factor: float) -> Pace:
        """The same, ``factor`` times as fast. A call has a second at least: the machine may have other things to do."""
        return replace(
            self, settle=self.settle / factor, timeout=max(1.0, self.timeout / factor), lease=self.lease / factor,
            leaves=self.leaves / factor, look_again=self.look_again / factor, per_channel=self.per_channel / factor,
            sweep=self.sweep / factor, chores=self.chores / factor, turn=self.turn / factor,
            noting=self.noting / factor, recovery=self.recovery / factor, apart=self.apart / factor,
            others=self.others / factor,
        )  # fmt: skip


class Pacer:
    """One post a second a channel with a short burst, and no call of a method Slack has paused.

    One for a whole process: threads, check-ins, looks and deletions share it, and nothing else.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._free_at: dict[tuple[str, str], float] = {}
        self._paused: dict[tuple[str, str], float] = {}

    async def turn(self, team: str, channel: str) -> None:
        """Waits until this channel may have another post."""
        now = time.monotonic()
        ahead = self.pace.per_channel * (self.pace.burst - 1)
        free = max(self._free_at.get((team, channel), 0.0), now - ahead)
        self._free_at[team, channel] = free + self.pace.per_channel
        if len(self._free_at) > 1000:  # what lies in the past says nothing any more
            self._free_at = {key: at for key, at in self._free_at.items() if at > now - ahead}
        await asyncio.sleep(max(0.0, free - now))

    def pause(self, team: str, method: str, seconds: float) -> None:
        self._paused[team, method] = max(self._paused.get((team, method), 0.0), time.monotonic() + seconds)

    def paused_teams(self, method: str) -> tuple[str, ...]:
        teams = [team for team, of_method in self._paused if of_method == method]
        return tuple(team for team in teams if self.paused(team, method))

    def paused(self, team: str, method: str) -> bool:
        return self.paused_for(team, method) > 0

    def paused_for(self, team: str, method: str) -> float:
        left = self._paused.get((team, method), 0.0) - time.monotonic()
        if left <= 0:
            self._paused.pop((team, method), None)
        return max(0.0, left)
