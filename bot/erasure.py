"""Takes the bot's messages of a deleted member out of Slack, one after the other, replies before their parents."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.log import log
from bot.lookup import find, find_file
from bot.pace import Pacer
from bot.slack_errors import FAILURES, Judgement, Verdict, judge
from bot.store import Store
from bot.store.privacy import Erasure
from bot.workspaces import Workspaces

AT_ONCE = 30  # Slack lets an app delete about 50 messages a minute
METHOD = "chat.delete"
PASSING = (Verdict.TRANSIENT, Verdict.AMBIGUOUS)  # Slack is away: that is no try, and a deletion may be repeated


class Erasing:
    def __init__(self, store: Store, workspaces: Workspaces, pacer: Pacer) -> None:
        self._store = store
        self._workspaces = workspaces
        self._pacer = pacer

    async def run(self) -> None:
        """Replies, then the parents that stand alone by now. What cannot be deleted comes again in the next run;
        afterwards no byte is left in the log."""
        if any([await self._round(), await self._round()]):
            await self._store.database.shed_deleted_bytes()

    async def _round(self) -> bool:
        waiting = await self._store.privacy.erasures(limit=AT_ONCE)
        for one in waiting:
            client = await self._workspaces.client(one.team)
            if client and not self._pacer.paused(one.team, METHOD):
                await self._pacer.turn(one.team, one.channel)
                await self._erase(one, client)
        return bool(waiting)

    async def _erase(self, one: Erasure, client: AsyncWebClient) -> None:
        try:
            await self._take_out(one, client)
        except FAILURES as failure:
            await self._refused(one, judge(failure))

    async def _take_out(self, one: Erasure, client: AsyncWebClient) -> None:
        if one.file:
            await self._take_out_file(one, client)
            return
        ts = one.ts or await find(client, one.channel, one.mark, thread_ts=one.in_thread, oldest=0)
        if ts is None:
            await self._store.privacy.not_erased(one)  # perhaps it does not show up yet
            return
        await client.chat_delete(channel=one.channel, ts=ts)
        await self._store.privacy.erased(one)

    async def _take_out_file(self, one: Erasure, client: AsyncWebClient) -> None:
        """The message it was shared in, which has no ts of ours, and the file itself, which would outlive it."""
        ts = await find_file(client, one.channel, one.file)
        if ts:
            await client.chat_delete(channel=one.channel, ts=ts)
        await client.files_delete(file=one.file)
        await self._store.privacy.erased(one)

    async def _refused(self, one: Erasure, judged: Judgement) -> None:
        if judged.verdict is Verdict.TARGET_DEAD:
            await self._store.privacy.erased(one)  # it is gone already
        elif judged.verdict is Verdict.THROTTLED:
            self._pacer.pause(one.team, METHOD, judged.after)
        else:
            if judged.verdict not in PASSING:
                await self._store.privacy.not_erased(one)
            log.warning("not_erased", error=judged.error)
