"""What is held in memory only: for at most a day, bounded, lost at a restart, never at rest.

For what a member tells that no row may know: the situation behind a thread, a draft on its way to their own messages.
Whoever asks must have a plain answer for when it is gone.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

LONGEST = timedelta(days=1)
MOST = 10_000

Thing = TypeVar("Thing")


class Held(Generic[Thing]):
    """Things by key, the oldest let go first. ``now`` is an aware datetime of the app's clock."""

    def __init__(self, *, most: int = MOST, longest: timedelta = LONGEST) -> None:
        self._most = most
        self._longest = longest
        self._things: OrderedDict[tuple[str, ...], tuple[datetime, Thing]] = OrderedDict()

    def put(self, key: tuple[str, ...], thing: Thing, *, now: datetime) -> None:
        self._things[key] = (now, thing)
        self._things.move_to_end(key)
        self._let_go(now)

    def get(self, key: tuple[str, ...], *, now: datetime) -> Thing | None:
        self._let_go(now)
        _, thing = self._things.get(key, (now, None))
        return thing

    def all_named(self, name: str, *, now: datetime) -> list[tuple[tuple[str, ...], Thing]]:
        """Everybody's thing of that name, the last part of a key; the oldest first."""
        self._let_go(now)
        return [(key, thing) for key, (_, thing) in self._things.items() if key[-1] == name]

    def drop(self, key: tuple[str, ...]) -> None:
        self._things.pop(key, None)

    def forget(self, *, team: str, user: str) -> None:
        """Everything of one member. Keys begin with workspace and member."""
        for key in [each for each in self._things if each[:2] == (team, user)]:
            del self._things[key]

    def forget_workspace(self, team: str) -> None:
        """Everything of everybody there."""
        for key in [each for each in self._things if each[0] == team]:
            del self._things[key]

    def _let_go(self, now: datetime) -> None:
        while self._things:
            key, (at, _) = next(iter(self._things.items()))
            if len(self._things) <= self._most and at + self._longest > now:
                return
            del self._things[key]
