"""One delivery, from the queue to Slack: may it go, what does it say, send it, write down how it ended.

Posts are written ahead: from ``begin`` on the row says that the message may have arrived, and only a look into the
conversation may let it be sent again (see reconcile). Redraws are idempotent and simply come again.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot import failpoints
from bot.calling import call
from bot.channel_gate import ChannelGate
from bot.check_in_gate import CheckInGate, Hold
from bot.clock import Clock, Since
from bot.exceptions import Busy
from bot.in_time import leaves
from bot.kinds import Kind
from bot.log import log, where
from bot.metrics import Metrics
from bot.pace import Pacer
from bot.profiles import Profiles
from bot.restored import Restored
from bot.settling import Again, End, after_bug, after_refusal
from bot.slack_errors import FAILURES, Judgement, Verdict, judge
from bot.store import Store
from bot.store.values import Member, Row, Who
from bot.vault import Vault
from bot.workspaces import Workspaces
from messages.blocks import Message

POST, REDRAW, OPEN = "chat.postMessage", "chat.update", "conversations.open"
Composed = Message | str  # the message, or why there is none
ComposeRow = Callable[[Row], Awaitable[Composed]]


class Sender:
    """``deliver`` answers whether the lane may go on with its next row."""

    def __init__(
        self, store: Store, workspaces: Workspaces, profiles: Profiles, gate: CheckInGate, vault: Vault, clock: Clock,
        pacer: Pacer, metrics: Metrics,
    ) -> None:  # fmt: skip
        self._store = store
        self._rows = store.deliveries
        self._workspaces = workspaces
        self._profiles = profiles
        self._gate = gate
        self._channel_gate = ChannelGate(store, workspaces, clock)
        self._vault = vault
        self._clock = clock
        self._pacer = pacer
        self._pace = pacer.pace
        self._metrics = metrics
        self._in_flight = asyncio.Semaphore(self._pace.in_flight)
        self._restored = Restored(store, clock, pacer)
        self.compose: ComposeRow = _nothing_to_say

    async def deliver(self, row: Row) -> bool:
        client = await self._workspaces.client(row.team)
        if client is None or self._pacer.paused(row.team, _method(row)):
            return False
        if row.kind.is_swept:  # its workspace's place bounds it: a sweep takes no place from a thread
            return await self._deliver(row, client)
        async with self._in_flight:
            return await self._deliver(row, client)

    async def _deliver(self, row: Row, client: AsyncWebClient) -> bool:
        try:
            return await self._goes(row, client)
        except Busy:
            raise
        except Exception as bug:  # see _stumbled
            await self._stumbled(row, bug)
        return False

    async def _goes(self, row: Row, client: AsyncWebClient) -> bool:
        member = None if row.asks_for_no_profile else await self._profiles.fresh(row.who, client, row.member)
        if hold := await (self._hold(row, member) if member else self._channel_gate.hold(row)):
            return await self._held(row, hold)
        channel = await self._channel(row, member, client)
        if channel is None:
            return False
        if not await self._restored.may_go(row, client, channel, self.mark(row)):
            return True
        return await self._compose(replace(row, member=member), client, channel)

    async def _hold(self, row: Row, member: Member) -> Hold | None:
        if row.kind is Kind.CHECK_IN:
            return await self._gate.hold(row, member)
        if row.kind is Kind.CLOSING:
            return self._gate.hold_notice(member)
        if row.kind is Kind.COACHING_LATE:
            return self._gate.hold_answer(member)
        return Hold("user_disabled") if member.deactivated else None

    async def _channel(self, row: Row, member: Member | None, client: AsyncWebClient) -> str | None:
        if row.is_to_channel:
            return row.user
        member = member or await self._store.members.find(row.who)
        return member.dm or await self._open_dm(row, client)

    async def _compose(self, row: Row, client: AsyncWebClient, channel: str) -> bool:
        # A redraw is taken before it is composed, and from then on all is read anew: one that is asked for meanwhile
        # takes the token away again, so that this one cannot settle it with older words.
        began = Since()
        begun = await self._begin(replace(row, member=None), channel) if row.kind.is_redraw else row
        composed = await self._words(begun) if begun else None
        if begun is None or composed is None:
            return True
        if isinstance(composed, str):
            return await self._end(begun, "skipped", composed)
        return await self._send(begun, client, channel, composed, began)

    async def _words(self, row: Row) -> Composed | None:
        try:
            return await self.compose(row)
        except Busy:
            raise
        except Exception as bug:  # see _stumbled
            await self._stumbled(row, bug)
        return None

    async def _stumbled(self, row: Row, bug: Exception) -> None:
        """A fault of ours over one row must stop nothing else. A post that has begun by now is left to a look."""
        log.error("row_stumbled", kind=row.kind, error=type(bug).__name__, where=where(bug), delivery=self.mark(row))
        if isinstance(outcome := after_bug(self._clock.unix() - row.due.timestamp(), self._pace), End):
            await self._end(row, outcome.state, outcome.why)
        else:
            await self._again(row, outcome.after)

    async def _send(self, row: Row, client: AsyncWebClient, channel: str, message: Message, began: Since) -> bool:
        if not row.kind.is_redraw:
            await self._pacer.turn(row.team, channel)
            began = Since()
            if (begun := await self._begin(row, channel)) is None:
                return True  # taken back, moved or outdated a moment ago: the queue knows better
            row = begun
            failpoints.reached("written_ahead")
        try:
            with leaves(self._pace.leaves, began):
                ts = await call(client, row, channel, message, mark=self.mark(row))
        except FAILURES as failure:
            return await self._refused(row, client, judge(failure))
        failpoints.reached("answered")
        await self._sent(row, channel, ts)
        failpoints.reached("settled")
        return True

    async def _begin(self, row: Row, channel: str) -> Row | None:
        token, real = secrets.token_hex(8), int(self._clock.real())
        return await self._rows.begin(row, token=token, channel=channel, real=real, lease=self._pace.row_lease)

    def paused_for(self, team: str) -> float:
        """Real seconds for which Slack asked this workspace's posts to wait."""
        return self._pacer.paused_for(team, POST)

    def mark(self, row: Row) -> str:
        """What the message carries so that it can be found again. It says nothing to anybody else."""
        return self._vault.pseudonym(row.team, row.id)

    async def _open_dm(self, row: Row, client: AsyncWebClient) -> str | None:
        if self._pacer.paused(row.team, OPEN):
            return None
        try:
            channel = str((await client.conversations_open(users=row.user))["channel"]["id"])
        except FAILURES as failure:
            await self._refused(row, client, judge(failure), OPEN)
            return None
        await self._store.members.remember_dm(row.who, channel=channel)
        return channel

    async def _sent(self, row: Row, channel: str, ts: str | None) -> None:
        now = int(self._clock.unix())
        if not await self._rows.sent(row, ts=ts, now=now) and ts:
            await self._rows.erase_later(row, channel=channel, ts=ts)
        if row.waits_for_its_channel:
            await self._store.staff.worked(row.team, row.place)
        self._metrics.deliveries.labels(row.kind, "sent").inc()
        self._metrics.lateness.labels(row.kind).observe(max(0.0, now - row.due.timestamp()))

    async def _held(self, row: Row, hold: Hold) -> bool:
        if hold.until is not None:
            await self._rows.move(row, due=hold.until)
            return True
        if hold.why == "profile":
            await self._again(row, self._pace.look_again)
            return True
        await self._end(row, hold.state, hold.why)
        if row.kind is Kind.CHECK_IN:
            await self._store.check_ins.replan(row.who, now=self._clock.now())
        return True

    async def _end(self, row: Row, state: str, why: str) -> bool:
        await self._rows.end(row, state, why=why)
        self._metrics.deliveries.labels(row.kind, state).inc()
        log.info("delivery_ended", kind=row.kind, state=state, why=why, delivery=self.mark(row))
        return True

    async def _refused(self, row: Row, client: AsyncWebClient, judged: Judgement, method: str | None = None) -> bool:
        """What a refusal means for the row (see settling), the member and the workspace. Whether the lane may go on."""
        method = method or _method(row)
        log.warning("slack_refused", kind=row.kind, error=judged.error, delivery=self.mark(row))
        if row.waits_for_its_channel and judged.keeps_out:
            return await self._kept_out(row, method, judged)
        outcome = after_refusal(row, judged)
        if isinstance(outcome, Again):
            await self._again(row, outcome.after)
        match judged.verdict:
            case Verdict.THROTTLED:
                self._pacer.pause(row.team, method, judged.after)
            case Verdict.INSTALL_DEAD:
                await self._workspaces.lost(client, row.team, why=judged.error)
        if not isinstance(outcome, End):
            return False
        await self._end(row, outcome.state, outcome.why)
        if judged.verdict is Verdict.MEMBER_GONE:
            await self._gone(row, client)
        return True

    async def _gone(self, row: Row, client: AsyncWebClient) -> None:
        """Of a group message Slack does not say whose account was closed, so each is asked for."""
        if not row.is_to_group:
            await self._profiles.closed(row.who)
            return
        for user in row.user.split(","):
            await self._profiles.look_up(Who(row.team, user), client)

    async def _kept_out(self, row: Row, method: str, judged: Judgement) -> bool:
        if judged.verdict is Verdict.THROTTLED:
            self._pacer.pause(row.team, method, judged.after)
        after = await self._channel_gate.kept_out(row, judged)
        await self._again(row, after)
        return not after

    async def _again(self, row: Row, after: float = 0) -> None:
        await self._rows.again(row, real=int(self._clock.real()), after=after)


def _method(row: Row) -> str:
    return REDRAW if row.kind.is_redraw else POST


async def _nothing_to_say(_row: Row) -> Composed:
    return "no_composer"
