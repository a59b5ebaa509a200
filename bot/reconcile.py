"""What may or may not have arrived: look into the conversation before anything is sent again.

A check-in is looked for in ``conversations.history``, a reply in ``conversations.replies``, each by the mark it
carries. Found: sent. Absent: sent again, or cancelled when it is not wanted any more. Where nobody can look, a thread
the member asked for is posted once more, and a check-in is ``unknown``: shown in the ledger, never sent twice.
"""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.kinds import Kind
from bot.log import log
from bot.lookup import find
from bot.pace import Pace
from bot.slack_errors import FAILURES, judge
from bot.store import Store
from bot.store.values import Row
from bot.vault import Vault
from bot.workspaces import Workspaces

BEFORE = 60  # seconds before the first attempt from which on to look: Slack's clock and ours may differ
POSTED_ONCE_MORE = 2  # attempts of a thread message that nobody can look for


class Reconcile:
    def __init__(self, store: Store, workspaces: Workspaces, vault: Vault, clock: Clock, pace: Pace) -> None:
        self._store = store
        self._workspaces = workspaces
        self._vault = vault
        self._clock = clock
        self._pace = pace

    async def all(self) -> bool:
        """Settles every row in doubt whose settle time is over. Whether there was any."""
        real, settle = int(self._clock.real()), max(1, int(self._pace.settle))
        rows = await self._store.deliveries.ambiguous(real=real, settle=settle)
        for row in rows:
            client = await self._workspaces.client(row.team)
            if client is not None and await self._taken(row):
                await self._settle(row, client)
        return bool(rows)

    async def _taken(self, row: Row) -> bool:
        """One looks at a time, also among replicas: the slower of two would send again what the faster found."""
        lease = max(1, int(self._pace.lease))
        return await self._store.deliveries.look(row, real=int(self._clock.real()), lease=lease)

    async def _settle(self, row: Row, client: AsyncWebClient) -> None:
        try:
            mark, oldest = self._vault.pseudonym(row.team, row.id), self._oldest(row)
            ts = await find(client, row.channel or "", mark, thread_ts=row.thread_ts, oldest=oldest)
        except FAILURES as failure:
            log.warning("look_failed", kind=row.kind, error=judge(failure).error)
            await self._could_not_look(row)
            return
        if ts is not None:
            await self._store.deliveries.sent(row, ts=ts, now=int(self._clock.unix()))
        else:
            await self._absent(row)

    def _oldest(self, row: Row) -> float:
        # The stand-in's clock may have been moved between the post and the look, so there is no bound to trust there.
        return 0.0 if self._clock.moves else (row.tried_at or 0) - BEFORE

    async def _absent(self, row: Row) -> None:
        if row.kind is Kind.CHECK_IN and not await self._still_wanted(row):
            await self._store.deliveries.end(row, "cancelled", why="stopped")
        elif row.attempts >= self._pace.attempts:
            await self._store.deliveries.end(row, "unknown", why="never_arrives")
        else:
            await self._again(row)
            await self._store.check_ins.replan(row.who, now=self._clock.now())

    async def _still_wanted(self, row: Row) -> bool:
        member = await self._store.members.find(row.who)
        return member.check_ins_on and not member.deactivated

    async def _could_not_look(self, row: Row) -> None:
        if row.looks + 1 < self._pace.looks:
            real, after = int(self._clock.real()), self._pace.look_again
            await self._store.deliveries.looked_in_vain(row, real=real, after=after)
        elif row.kind.was_asked_for and row.attempts < POSTED_ONCE_MORE:
            await self._again(row)
        else:
            await self._store.deliveries.end(row, "unknown", why="could_not_look")

    async def _again(self, row: Row) -> None:
        await self._store.deliveries.again(row, real=int(self._clock.real()), after=0)
