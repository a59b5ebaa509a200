"""The gate before a channel, and before whoever must stay unseen: may it go there now, and what if nothing is taken."""

from __future__ import annotations

from bot.check_in_gate import Hold
from bot.clock import Clock
from bot.kinds import Kind
from bot.log import log
from bot.slack_errors import FAILURES, Judgement, Verdict, judge
from bot.store import Store
from bot.store.values import Row
from bot.workspaces import Workspaces

LOOK_AGAIN = 3600  # seconds, while staff paused everything, or until a channel that took nothing is tried again

KNOCKS = 3  # attempts of one post before which it is worth joining


class ChannelGate:
    """Hours and quiet dates are the composer's: some posts are pressed for, others planned."""

    def __init__(self, store: Store, workspaces: Workspaces, clock: Clock) -> None:
        self._store = store
        self._workspaces = workspaces
        self._clock = clock

    async def hold(self, row: Row) -> Hold | None:
        """None when it may go now. A dry run always may, and so may a word to the operators."""
        if row.address:
            return await self._hold_unseen(row)
        if row.is_dry_run or row.kind is Kind.STALL:
            return None
        center = await self._store.centers.find(row.team)
        if row.is_to_channel and row.user not in (center.channel, center.coach_channel):
            return Hold("channel_changed", state="cancelled")
        if center.paused:
            return Hold("paused_here", until=int(self._clock.unix()) + LOOK_AGAIN)
        return None

    async def _hold_unseen(self, row: Row) -> Hold | None:
        """Whoever must stay unseen is not looked up, which would leave its time, and is written to by the center's day,
        also when it is late: their own hours would tell them apart.
        """
        if not row.user or (await self._store.members.find(row.who)).deactivated:
            return Hold("user_disabled")
        now = self._clock.now()
        opens = await self._store.sharing.by_day(row.team, now=now)
        return Hold("moved", until=int(opens.timestamp())) if opens > now else None

    async def kept_out(self, row: Row, judged: Judgement) -> float:
        """Nothing is lost: the post waits, and staff are told once what to do. Seconds until it may try again."""
        if judged.error == "not_in_channel" and row.attempts <= KNOCKS and await self._joined(row):
            return 0
        await self._store.staff.refused(row, judged.error, now=self._clock.now())
        return judged.after if judged.verdict is Verdict.THROTTLED else LOOK_AGAIN

    async def _joined(self, row: Row) -> bool:
        """Into a public channel the bot may walk by itself, where it was given the scope for that."""
        client = await self._workspaces.client(row.team)
        try:
            return client is not None and bool(await client.conversations_join(channel=row.user))
        except FAILURES as failure:
            log.warning("channel_not_joined", error=judge(failure).error)
            return False
