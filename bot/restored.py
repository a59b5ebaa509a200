"""After a backup was put back, what looks unsent may be in Slack: look before the first attempt."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.log import log
from bot.lookup import find
from bot.pace import Pacer
from bot.settling import BLIND, Again, LookAgain, Outcome, Seen, after_look
from bot.slack_errors import FAILURES, Judgement, Verdict, judge
from bot.store import Store
from bot.store.values import Row


class Restored:
    def __init__(self, store: Store, clock: Clock, pacer: Pacer) -> None:
        self._store = store
        self._clock = clock
        self._pacer = pacer
        self._restored_at: int | None = None

    async def may_go(self, row: Row, client: AsyncWebClient, channel: str, mark: str) -> bool:
        """False where it is there already, or where nobody knows yet: the row says which."""
        if self._restored_at is None:
            self._restored_at = await self._store.restored_at()
        if row.kind.is_redraw or row.promised.timestamp() > self._restored_at or row.reason == BLIND:
            return True
        try:
            ts = await find(client, channel, mark, thread_ts=row.thread_ts, oldest=0)
        except FAILURES as failure:
            return await self._without_a_look(row, judge(failure))
        if ts is not None:
            await self._store.deliveries.found(row, channel=channel, ts=ts, now=int(self._clock.unix()))
        return ts is None

    async def _without_a_look(self, row: Row, judged: Judgement) -> bool:
        log.warning("look_failed", kind=row.kind, error=judged.error)
        throttled_for = judged.after if judged.verdict is Verdict.THROTTLED else 0
        outcome: Outcome = after_look(
            row, Seen.COULD_NOT_LOOK, self._pacer.pace, wanted=True, throttled_for=throttled_for
        )
        real = int(self._clock.real())
        match outcome:
            case LookAgain(after):
                await self._store.deliveries.looked_in_vain(row, real=real, after=after)
            case Again(after, doubted, why):  # somebody asked for it
                await self._store.deliveries.again(row, real=real, after=after, doubted=doubted, why=why)
            case _:
                await self._store.deliveries.end(row, "unknown", why=BLIND)
        return False
