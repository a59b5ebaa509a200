"""Whether the machine's clock can be trusted: Slack's answers carry the time, and it is compared with ours.

A clock that jumped a week ahead would let a week of check-ins leave at once. While it is wrong, threads go on and
check-ins wait.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from bot.clock import Clock
from bot.log import log
from bot.slack_errors import FAILURES, judge
from bot.workspaces import Workspaces

MOST = 300.0  # seconds between Slack's clock and ours that are nobody's concern
ASK_AGAIN = 60.0  # seconds, while it is wrong or Slack could not be asked


class Skew:
    """``is_wrong`` says how it was found last; ``look`` asks Slack only where there is a reason to."""

    def __init__(self, clock: Clock, workspaces: Workspaces) -> None:
        self._clock = clock
        self._workspaces = workspaces
        self._level = clock.unix() - time.monotonic()
        self._ask_from: float | None = 0.0
        self.is_wrong = False

    async def look(self) -> bool:
        """Whether check-ins may go out by this clock. Asks at the start, after a jump, and while it is wrong."""
        if self._clock.moves:  # it is meant to differ
            return True
        level = self._clock.unix() - time.monotonic()
        if abs(level - self._level) > MOST:  # it was set: wrong until Slack says otherwise
            self.is_wrong, self._ask_from, self._level = True, 0.0, level
        if self._ask_from is not None and time.monotonic() >= self._ask_from:
            await self._ask()
        return not self.is_wrong

    async def _ask(self) -> None:
        self._ask_from = time.monotonic() + ASK_AGAIN
        client = await self._workspaces.any_client()
        try:
            answer = await client.auth_test() if client else None
        except FAILURES as failure:
            log.warning("clock_not_compared", error=judge(failure).error)
            return
        if answer is not None:
            self._compare(time_of(answer.headers))

    def _compare(self, theirs: float | None) -> None:
        """An answer without a time is no reason to fall silent."""
        ahead = 0.0 if theirs is None else self._clock.unix() - theirs
        self.is_wrong = abs(ahead) > MOST
        if self.is_wrong:
            log.error("clock_is_wrong", seconds_ahead=round(ahead), remedy="Set this machine's clock.")
        else:
            self._ask_from = None


def time_of(headers: Mapping[str, str]) -> float | None:
    """Unix seconds of an answer's ``Date``."""
    date = next((value for name, value in headers.items() if name.lower() == "date"), "")
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return None
