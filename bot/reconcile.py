"""What may or may not have arrived: look into the conversation before anything is sent again.

A check-in is looked for in ``conversations.history``, a reply in ``conversations.replies``, each by the mark it
carries. Found: sent. What else it may come to stands in ``settling``. Workspaces are looked into side by side, the
rows of one after the other: a Slack that is slow for one delays no look into another.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot import failpoints
from bot.clock import Clock
from bot.exceptions import Busy
from bot.kinds import Kind
from bot.log import log, where
from bot.lookup import find
from bot.metrics import Metrics
from bot.pace import Pacer
from bot.settling import Again, End, LookAgain, Outcome, Seen, after_look
from bot.slack_errors import FAILURES, Judgement, Verdict, judge
from bot.store import Store
from bot.store.values import Row
from bot.vault import Vault
from bot.workspaces import Workspaces

# Seconds before the first attempt from which on to look. Its time is ours, what it is compared with is Slack's: of two
# clocks that differ by more than this, TLS would know.
BEFORE = 7 * 86400


class Reconcile:
    def __init__(
        self, store: Store, workspaces: Workspaces, vault: Vault, clock: Clock, pacer: Pacer, metrics: Metrics
    ) -> None:
        self._store = store
        self._workspaces = workspaces
        self._vault = vault
        self._clock = clock
        self._pacer = pacer
        self._pace = pacer.pace
        self._metrics = metrics
        self._at_once = asyncio.Semaphore(self._pace.looks_at_once)

    async def all(self) -> bool:
        """Looks for the rows in doubt whose settle time is over. Whether one of them was settled."""
        rows = await self._store.deliveries.ambiguous(real=int(self._clock.real()), after=self._pace.after_lease)
        teams: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            teams[row.team].append(row)
        return any(await asyncio.gather(*(self._look_into(team, its) for team, its in teams.items())))

    async def _look_into(self, team: str, rows: Sequence[Row]) -> bool:
        try:
            async with self._at_once:
                return await self._one_after_the_other(team, rows)
        except Busy:
            log.warning("look_waits", why="database")
        except Exception as bug:  # as in a lane: only its name and place, and nobody else's look ends
            log.error("look_stopped", error=type(bug).__name__, where=where(bug))
        return False

    async def _one_after_the_other(self, team: str, rows: Sequence[Row]) -> bool:
        """As long as Slack answers, and for its turn: what is left comes in the next round, with everybody else's."""
        client, settled = await self._workspaces.client(team), False
        ends = time.monotonic() + self._pace.turn
        for row in rows:
            if client is None or time.monotonic() > ends:
                break
            if self._pacer.paused(team, _method(row)) or not await self._taken(row):
                continue
            failpoints.reached("looking")
            if not await self._settle(row, client):
                break
            settled = True
        return settled

    async def _taken(self, row: Row) -> bool:
        """One looks at a time, also among replicas: the slower of two would send again what the faster found."""
        real, lease = int(self._clock.real()), self._pace.row_lease
        return await self._store.deliveries.look(row, real=real, lease=lease)

    async def _settle(self, row: Row, client: AsyncWebClient) -> bool:
        """Whether Slack could be asked."""
        try:
            mark, oldest = self._vault.pseudonym(row.team, row.id), self._oldest(row)
            ts = await find(client, row.channel or "", mark, thread_ts=row.thread_ts, oldest=oldest)
        except FAILURES as failure:
            await self._could_not_look(row, judge(failure))
            return False
        failpoints.reached("looked")
        if ts is not None:
            await self._store.deliveries.sent(row, ts=ts, now=int(self._clock.unix()))
            self._metrics.deliveries.labels(row.kind, "sent").inc()
        else:
            await self._apply(row, after_look(row, Seen.ABSENT, self._pace, wanted=await self._is_wanted(row)))
        return True

    def _oldest(self, row: Row) -> float:
        # The stand-in's clock may have been moved between the post and the look, so there is no bound to trust there.
        return 0.0 if self._clock.moves else (row.tried_at or 0) - BEFORE

    async def _could_not_look(self, row: Row, judged: Judgement) -> None:
        log.warning("look_failed", kind=row.kind, error=judged.error)
        throttled_for = judged.after if judged.verdict is Verdict.THROTTLED else 0
        if throttled_for:
            self._pacer.pause(row.team, _method(row), throttled_for)
        outcome = after_look(
            row, Seen.COULD_NOT_LOOK, self._pace, wanted=await self._is_wanted(row), throttled_for=throttled_for
        )
        await self._apply(row, outcome)

    async def _is_wanted(self, row: Row) -> bool:
        if row.kind is not Kind.CHECK_IN:
            return True
        member = await self._store.members.find(row.who)
        return member.check_ins_on and not member.deactivated

    async def _apply(self, row: Row, outcome: Outcome) -> None:
        rows, real = self._store.deliveries, int(self._clock.real())
        match outcome:
            case LookAgain(after):
                await rows.looked_in_vain(row, real=real, after=after)
            case Again(after, doubted, why):
                await rows.again(row, real=real, after=after, doubted=doubted, why=why)
                if not row.kind.is_shared:
                    await self._store.check_ins.replan(row.who, now=self._clock.now())
            case End(state, why):
                await rows.end(row, state, why=why)
                self._metrics.deliveries.labels(row.kind, state).inc()


def _method(row: Row) -> str:
    return "conversations.replies" if row.thread_ts else "conversations.history"
