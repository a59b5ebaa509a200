"""One workspace: its people, channels and messages. Plain state; the rules of who may do what live elsewhere."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.sandbox.drawing import controls, plain
from bot.sandbox.kinds import HandsError, Json, random_id
from bot.sandbox.people import User


@dataclass
class Channel:
    id: str
    name: str
    members: list[str]
    is_private: bool = False
    is_archived: bool = False
    user: str | None = None
    created: int = 0
    topic: str = ""
    purpose: str = ""
    is_mpim: bool = False

    @property
    def is_im(self) -> bool:
        return self.user is not None

    @property
    def kind(self) -> str:
        """The word in scopes and events: im:history, message.im, channels:history."""
        if self.is_im or self.is_mpim:
            return "im" if self.is_im else "mpim"
        return "groups" if self.is_private else "channels"

    def as_slack(self, for_member: str) -> Json:
        if self.is_im:
            return {"id": self.id, "created": self.created, "is_im": True, "is_archived": False,
                    "is_org_shared": False, "user": self.user, "is_user_deleted": False, "priority": 0}  # fmt: skip
        return {
            "id": self.id, "name": self.name, "name_normalized": self.name, "created": self.created,
            "creator": self.members[0] if self.members else "", "is_channel": not self.is_private,
            "is_group": self.is_private, "is_im": False, "is_mpim": self.is_mpim, "is_private": self.is_private,
            "is_archived": self.is_archived, "is_general": self.name == "general", "is_shared": False,
            "is_member": for_member in self.members, "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0},
        }  # fmt: skip


@dataclass
class Message:
    """A message as the workspace keeps it. ``drawn`` grows with every post and update, whatever the clock says;
    ``nth`` counts what was ever posted in its channel."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    bot_id: str | None = None
    app_id: str | None = None
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    ephemeral_to: str | None = None
    subtype: str | None = None
    drawn: int = 0
    nth: int = 0
    posted_at: float = 0.0
    values: dict[str, Json] = field(default_factory=dict)

    @property
    def buttons(self) -> list[str]:
        """The words on its buttons, in reading order."""
        return [plain(element["text"]) for _, element in controls(self.blocks) if element["type"] == "button"]

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


class Workspace:
    """Riverside Career Center, or whatever was put into it."""

    def __init__(self, team_id: str, name: str, domain: str) -> None:
        self.team_id, self.name, self.domain = team_id, name, domain
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self._drawing = itertools.count(1)
        self._posted: Counter[str] = Counter()

    def user(self, name_or_id: str) -> User:
        wanted = name_or_id.lstrip("@")
        for user in self.users.values():
            if wanted == user.id or wanted.casefold() in (user.name, user.real_name.casefold()):
                return user
        raise HandsError(f"nobody here is called {name_or_id!r}")

    def channel(self, name_or_id: str) -> Channel | None:
        wanted = name_or_id.lstrip("#")
        named = (each for each in self.channels.values() if not each.is_im and each.name == wanted)
        return self.channels.get(wanted) or next(named, None)

    def dm(self, user_id: str) -> Channel | None:
        return next((each for each in self.channels.values() if each.user == user_id), None)

    def open_dm(self, user: User, bot_user: str, now: float) -> Channel:
        channel = self.dm(user.id)
        if channel is None:
            channel = Channel(random_id("D"), "directmessage", [user.id, bot_user], user=user.id, created=int(now))
            self.add_channel(channel)
        return channel

    def open_group_dm(self, user_ids: Sequence[str], bot_user: str, now: float) -> Channel:
        """The same people share one group DM, whoever opens it."""
        members = [*user_ids, bot_user]
        for channel in self.channels.values():
            if channel.is_mpim and set(channel.members) == set(members):
                return channel
        name = f"mpdm-{'--'.join(sorted(self.users[each].name for each in members))}-1"
        channel = Channel(random_id("C"), name, members, is_private=True, is_mpim=True, created=int(now))
        self.add_channel(channel)
        return channel

    def add_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.messages[channel.id] = []

    def remove_channel(self, channel: Channel) -> None:
        del self.channels[channel.id], self.messages[channel.id]

    def add(self, message: Message) -> Message:
        self.drawn(message)
        self._posted[message.channel] += 1
        message.nth = self._posted[message.channel]
        self.messages[message.channel].append(message)
        return message

    def drawn(self, message: Message) -> None:
        message.drawn = next(self._drawing)

    def next_drawing(self) -> int:
        return next(self._drawing)

    def find(self, channel: str, ts: str) -> Message | None:
        """A message anybody can see; an ephemeral one is nobody's to find."""
        return next((each for each in self.kept(channel) if each.ts == ts), None)

    def kept(self, channel: str) -> Iterator[Message]:
        return (each for each in self.messages.get(channel, ()) if each.ephemeral_to is None)

    def every(self) -> list[Message]:
        return [each for messages in self.messages.values() for each in messages]

    def replies(self, parent: Message) -> list[Message]:
        return [each for each in self.kept(parent.channel) if each.is_reply and each.thread_ts == parent.ts]

    def remove(self, message: Message) -> None:
        self.messages[message.channel].remove(message)

    def as_slack(self, message: Message, *, metadata: bool = False) -> Json:
        """The message object of conversations.history; a parent carries the numbers of its thread."""
        shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
        for name in ("subtype", "bot_id", "app_id", "blocks", "attachments", "files", "thread_ts", "edited"):
            if value := getattr(message, name):
                shown[name] = value
        shown["team"] = self.team_id
        if metadata and message.metadata is not None:
            shown["metadata"] = message.metadata
        if message.is_reply and (parent := self.find(message.channel, message.thread_ts or "")):
            shown["parent_user_id"] = parent.user
        elif replies := self.replies(message):
            shown |= {
                "thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts,
                "reply_users": list(dict.fromkeys(each.user for each in replies)), "is_locked": False,
                "reply_users_count": len({each.user for each in replies}), "subscribed": False,
            }  # fmt: skip
        return shown
