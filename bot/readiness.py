"""Whether the bot can do its work: what ``/readyz`` answers, ``/metrics`` repeats and ``doctor`` asks for."""

from __future__ import annotations

from bot.app import Onward
from bot.exceptions import Busy
from bot.scheduler import SILENCE


class Readiness:
    def __init__(self, onward: Onward) -> None:
        self._onward = onward
        self._store = onward.tools.store

    async def checks(self) -> dict[str, bool]:
        """Database, schema, Slack's word for the token, an alarm that rings, a clock that is right, the socket."""
        return {
            "database": await self._database_answers(),
            "schema": await self._schema_is_current(),
            "slack": await self._slack_lets_in(),
            "sweep": not self._onward.sending or self._onward.alarm.silent_for <= SILENCE,
            "clock": not self._onward.skew.is_wrong,
        } | ({"socket": await self._onward.socket()} if self._onward.socket else {})

    async def queue_age(self) -> int | None:
        """Seconds the oldest delivery has been waiting; 0 when none is due, None when the database is away."""
        now = int(self._onward.tools.clock.unix())
        try:
            oldest = await self._store.deliveries.oldest_due(now=now)
        except Busy:
            return None
        return 0 if oldest is None else now - oldest

    async def _database_answers(self) -> bool:
        try:
            return await self._store.answers()
        except Busy:
            return False

    async def _schema_is_current(self) -> bool:
        try:
            return await self._store.schema_is_current()
        except Busy:
            return False

    async def _slack_lets_in(self) -> bool:
        """Whether there is a workspace whose token Slack took last time. One that is to be installed may come yet."""
        if self._onward.settings.by_oauth:
            return True
        try:
            return await self._onward.tools.workspaces.any_client() is not None
        except Busy:
            return False
