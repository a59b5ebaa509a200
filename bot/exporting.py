"""Brings members their copy: as two files in their direct messages, or as text where files may not be sent.

A chore beside the doors. The ids of the files are committed before anybody can see them, so that a deletion takes them
along whatever happens in between; after a crash a copy may come twice, which harms nobody who asked for it.
"""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import own_copy
from bot.clock import Clock
from bot.kinds import Kind
from bot.log import log
from bot.slack_errors import FAILURES, Verdict, judge
from bot.store import Store
from bot.store.exports import TRIES, Export
from bot.words import Words
from bot.workspaces import Workspaces

LEASE = 60  # real seconds until one that nobody settled comes again
SCOPE = "files:write"
NOT_ALLOWED = ("missing_scope", "not_allowed_token_type", "no_permission", "file_uploads_disabled", "unknown_method")
NAMES = ("onward-copy.json", "onward-copy.csv")


class Exporting:
    def __init__(self, store: Store, workspaces: Workspaces, library: Words, clock: Clock) -> None:
        self._store = store
        self._workspaces = workspaces
        self._library = library
        self._clock = clock

    async def run(self) -> bool:
        """Every copy that waits, one after the other. Whether there was any."""
        some = False
        while export := await self._store.exports.take(real=int(self._clock.real()), lease=LEASE):
            some = True
            client = await self._workspaces.client(export.who.team)
            if client:
                await self._hand_out(export, client)
        return some

    async def _hand_out(self, export: Export, client: AsyncWebClient) -> None:
        try:
            if await self._workspaces.can(export.who.team, SCOPE):
                await self._as_files(export, client)
            else:
                await self._as_text(export)
        except FAILURES as failure:
            await self._refused(export, judge(failure).error, judge(failure).verdict)

    async def _as_files(self, export: Export, client: AsyncWebClient) -> None:
        try:
            channel = await self._channel(export, client)
            gathered = await self._store.exports.gather(export.who)
            contents = (own_copy.as_json(gathered), own_copy.as_csv(gathered))
            places = [
                await client.files_getUploadURLExternal(filename=name, length=len(content))
                for name, content in zip(NAMES, contents, strict=True)
            ]
            files = tuple(str(place["file_id"]) for place in places)
            await self._store.exports.announce(export, files)
            for place, content in zip(places, contents, strict=True):
                await self._workspaces.upload(str(place["upload_url"]), content)
            await client.files_completeUploadExternal(
                files=[{"id": file, "title": name} for file, name in zip(files, NAMES, strict=True)],
                channel_id=channel, initial_comment=await self._comment(export),
            )  # fmt: skip
        except SlackApiError as refused:
            if judge(refused).error not in NOT_ALLOWED:
                raise
            await self._as_text(export)
        else:
            await self._store.exports.settle(export, "sent")

    async def _as_text(self, export: Export) -> None:
        """Messages of its own, drawn when they are sent like every other."""
        number = len(own_copy.as_parts(await self._store.exports.gather(export.who)))
        subjects = [f"{export.id}/{part:03}/{number}" for part in range(1, number + 1)]
        await self._store.deliveries.replies(export.who, Kind.COPY, subjects, now=self._clock.now())
        await self._store.exports.settle(export, "as_text")

    async def _channel(self, export: Export, client: AsyncWebClient) -> str:
        member = await self._store.members.find(export.who)
        if member.dm:
            return member.dm
        channel = str((await client.conversations_open(users=export.who.user))["channel"]["id"])
        await self._store.members.remember_dm(export.who, channel=channel)
        return channel

    async def _comment(self, export: Export) -> str:
        member = await self._store.members.find(export.who)
        by = "by_operator" if export.asked_by == "operator" else "files"
        return self._library.locale(member.locale).phrase(f"export.{by}")

    async def _refused(self, export: Export, error: str, verdict: Verdict) -> None:
        """It comes again by itself, unless it never could."""
        log.warning("copy_not_sent", error=error)
        if verdict in (Verdict.MEMBER_GONE, Verdict.TARGET_DEAD, Verdict.OUR_BUG) or export.tries >= TRIES:
            await self._store.exports.settle(export, "failed")
