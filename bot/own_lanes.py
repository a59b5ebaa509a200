"""Whose messages a process sends, where several share a database: those it was asked for itself.

Only it may know what they draw on (see held), and of two that begin the same row one has done everything for nothing.
What still waits after some seconds anybody takes who is not behind with their own; who of them is first is drawn by
lot. After a minute anybody takes it at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock

Lane = tuple[str, str]  # one member's rows, worked through one after the other: workspace and member

PEOPLE = ("U", "W")  # how Slack's ids of people begin
LONG = 12  # times as long as others are left: a minute
BEHIND = 2  # seconds that rows of our own have waited
A_SECOND = 1  # rows keep whole ones, and between hearing and planning one may begin


class OwnLanes:
    """``others`` is how many seconds a row is left to others at least; not ``shared``, everything is ours."""

    def __init__(self, clock: Clock, others: float, *, shared: bool) -> None:
        self._clock = clock
        self._others = others
        self._shared = shared
        self._heard: dict[Lane, float] = {}
        self._teams: dict[str, float] = {}
        self._tidied_at = 0.0

    def heard(self, team: str, user: str) -> None:
        """From a member, a moment ago: by a command, a press, an event."""
        now = self._clock.unix()
        self._heard[team, user] = self._teams[team] = now
        if not 0 <= now - self._tidied_at < LONG * self._others:
            self._tidied_at = now
            self._heard = {lane: at for lane, at in self._heard.items() if self._is_recent(at, now)}
            self._teams = {each: at for each, at in self._teams.items() if self._is_recent(at, now)}

    def patience(self, waiting: Mapping[Lane, int]) -> dict[Lane, float]:
        """For how many seconds the rows of each lane are left to others. ``waiting``: since when the oldest of them is
        due, in Unix seconds.
        """
        if not self._shared:
            return dict.fromkeys(waiting, 0)
        ours = {lane for lane, due in waiting.items() if self._is_ours(lane, due)}
        is_behind = any(self._clock.unix() - waiting[lane] > BEHIND for lane in ours)
        return {lane: 0 if lane in ours else self._left(lane, is_behind=is_behind) for lane in waiting}

    def _is_ours(self, lane: Lane, due: int) -> bool:
        """Planned about when we heard from them; to a channel or a group, from anybody there."""
        team, user = lane
        is_person = user.startswith(PEOPLE) and "," not in user
        heard_at = self._heard.get(lane) if is_person else self._teams.get(team)
        return heard_at is not None and abs(int(heard_at) - due) <= max(A_SECOND, self._others)

    def _left(self, lane: Lane, *, is_behind: bool) -> float:
        lot = hash(lane) % 1000 / 1000  # another one in each process
        return self._others * (LONG if is_behind else 1 + lot)

    def _is_recent(self, at: float, now: float) -> bool:
        return 0 <= now - at < LONG * self._others
