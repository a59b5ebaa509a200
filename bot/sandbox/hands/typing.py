"""Typing: slash commands and plain messages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from bot.sandbox import payloads
from bot.sandbox.hands.gathering import Gathering
from bot.sandbox.hands.person import Answer, answer_to
from bot.sandbox.journal import Failure
from bot.sandbox.kinds import ApiError, HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.receipts import Receipt
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.workspace import Channel, Message


class Typing(Gathering):
    async def types(
        self, text: str, as_: str | None = None, channel: str = "#general", thread_ts: str | None = None
    ) -> Answer:
        """A text that begins with / is a command, anything else is said there."""
        if not text.startswith("/"):
            return Answer(message=await self.says(text, as_, channel, thread_ts))
        name, _, rest = text.partition(" ")
        if thread_ts:
            return Answer("not_supported_in_threads", text=f"{name} is not supported in threads. Sorry!")
        user = self._actor(as_)
        place = self._place(user, channel)
        self._at_home.discard(user.id)
        if (own := SLACKS_OWN.get(name)) is not None:
            await own(self, rest.strip(), user, place)
            return Answer()
        promised = self.platform.commands.get(name)
        if promised is None:
            return Answer("unknown_command", text=f"{name} is not a valid command.")
        self._notes("types", user, {"text": text, "channel": self._named_place(place)})
        rest = self._escaped(rest.strip()) if promised.get("should_escape") else rest.strip()
        payload = payloads.command(self.platform, user, place, name, rest)
        receipt = await self.platform.deliver("command", payload)
        return self._command_answered(user, place, receipt)

    def _command_answered(self, user: User, place: Channel, receipt: Receipt) -> Answer:
        if not receipt.ok:
            return answer_to(receipt)
        hook = ResponseUrl(user.id, place.id, self.platform.clock.unix())
        said = _said_in(receipt)
        if not (said.get("text") or said.get("blocks") or said.get("attachments")):
            return answer_to(receipt)
        try:
            message = self._hooks.respond(hook, said)
        except ApiError as refused:
            reason = f"the acknowledgement holds {refused.error}: {refused.details.get('errors', '')}"
            self.platform.failures.append(Failure("command", reason, receipt.status, receipt.text))
            return answer_to(receipt, refused.error)
        assert message is not None
        return Answer(None, message.text, message.blocks, receipt.seconds, receipt.status, message)

    def _escaped(self, text: str) -> str:
        """``should_escape``: names of people and channels become ids."""
        workspace = self.platform.workspace
        for user in workspace.users.values():
            text = re.sub(rf"@{re.escape(user.name)}\b", f"<@{user.id}|{user.name}>", text)
        for channel in workspace.channels.values():
            if not channel.is_im:
                text = re.sub(rf"#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", text)
        return text

    async def says(
        self, text: str, as_: str | None = None, channel: str = "app", thread_ts: str | None = None
    ) -> Message:
        """A plain message, in the app's DM unless a channel is named. Slack escapes what a person types."""
        user = self._actor(as_)
        place = self._place(user, channel)
        if place.is_im and (not self.platform.manifest.messages_tab or self.platform.manifest.messages_tab_read_only):
            raise HandsError("the app takes no messages")
        if place.is_archived:
            raise HandsError(f"#{place.name} is archived: nobody can write there")
        if thread_ts and (parent := self.platform.workspace.find(place.id, thread_ts)) and parent.is_reply:
            thread_ts = parent.thread_ts
        self._at_home.discard(user.id)
        self._notes(
            "says", user, {"text": text, "channel": self._named_place(place)} | self._in_thread(place, thread_ts)
        )
        typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        message = Message(place.id, self.platform.clock.ts(), user.id, typed, thread_ts=thread_ts)
        return self.platform.post(message)


def _said_in(receipt: Receipt) -> Json:
    """The body of an acknowledgement: JSON as such, anything else as text."""
    if "json" in receipt.headers.get("content-type", ""):
        return receipt.parsed() or {}
    return {"text": receipt.text} if receipt.text.strip() else {}


async def _invite(hands: Typing, rest: str, user: User, place: Channel) -> None:
    """Also of somebody who is no bot: ``/invite @sam``."""
    guest = hands.platform.workspace.user(rest)
    if guest.is_bot:
        await hands.invites_the_bot(place.id, user.id)
    else:
        await hands.invites(guest.id, place.id, user.id)


async def _remove(hands: Typing, rest: str, user: User, place: Channel) -> None:
    if not hands.platform.workspace.user(rest).is_bot:
        raise HandsError("here only the app can be removed")
    await hands.removes_the_bot(place.id, user.id)


async def _archive(hands: Typing, rest: str, user: User, place: Channel) -> None:
    await hands.archives(place.id, user.id)


async def _leave(hands: Typing, rest: str, user: User, place: Channel) -> None:
    await hands.leaves(place.id, user.id)


async def _join(hands: Typing, rest: str, user: User, place: Channel) -> None:
    await hands.joins(rest, user.id)


# What Slack does itself; an app that registers one of these names never hears of it.
SLACKS_OWN: dict[str, Callable[[Typing, str, User, Channel], Awaitable[None]]] = {
    "/invite": _invite, "/remove": _remove, "/archive": _archive, "/leave": _leave, "/join": _join,
}  # fmt: skip
