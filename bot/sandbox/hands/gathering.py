"""What people do with channels: open one, come and go, bring the bot along or send it away, put one aside."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.hands.person import Hands
from bot.sandbox.kinds import HandsError, Json, random_id
from bot.sandbox.people import User
from bot.sandbox.workspace import Channel


class Gathering(Hands):
    async def creates_channel(
        self, name: str, as_: str | None = None, *, members: Sequence[str] = (), private: bool = False
    ) -> Channel:
        """``members`` by name; whoever opens it is in it. The bot comes when somebody invites it."""
        user, workspace = self._actor(as_), self.platform.workspace
        if workspace.channel(name) is not None:
            raise HandsError(f"there is a channel {name!r} already")
        inside = dict.fromkeys([user.id, *(workspace.user(each).id for each in members)])
        self._notes("creates_channel", user, {"name": name, "members": list(members), "private": private})
        opened = int(self.platform.clock.unix())
        channel = Channel(random_id("C"), name, list(inside), is_private=private, created=opened)
        workspace.add_channel(channel)
        self.platform.changes.happened()
        return channel

    async def joins(self, channel: str, as_: str | None = None) -> None:
        """Into a public channel; into a private one somebody has to invite."""
        user, place = self._actor(as_), self.platform.workspace.channel(channel)
        if place is None or place.kind != "channels":
            raise HandsError(f"{user.real_name} sees no public channel {channel!r}")
        self._notes("joins", user, {"channel": place.name})
        self._comes(place, user)

    async def invites(self, member: str, channel: str, as_: str | None = None) -> None:
        user, place = self._actor(as_), self._in(channel, as_)
        guest = self.platform.workspace.user(member)
        self._notes("invites", user, {"member": guest.name, "channel": place.name})
        self._comes(place, guest, inviter=user)

    async def invites_the_bot(self, channel: str, as_: str | None = None) -> None:
        user, place = self._actor(as_), self._in(channel, as_)
        self._notes("invites_the_bot", user, {"channel": place.name})
        self._comes(place, self.platform.workspace.users[self.platform.bot_user_id], inviter=user)

    async def leaves(self, channel: str, as_: str | None = None) -> None:
        user, place = self._actor(as_), self._in(channel, as_)
        self._notes("leaves", user, {"channel": place.name})
        self._goes(place, user)

    async def removes_the_bot(self, channel: str, as_: str | None = None) -> None:
        """``/remove @bot``. Of a private channel the bot can see nothing from then on."""
        user, place = self._actor(as_), self._in(channel, as_)
        bot = self.platform.workspace.users[self.platform.bot_user_id]
        self._notes("removes_the_bot", user, {"channel": place.name})
        self._goes(place, bot)

    async def archives(self, channel: str, as_: str | None = None) -> None:
        user, place = self._actor(as_), self._in(channel, as_)
        self._notes("archives", user, {"channel": place.name})
        place.is_archived = True
        self._tell(place, f"{_kind(place)}_archive", {"channel": place.id, "user": user.id})

    async def unarchives(self, channel: str, as_: str | None = None) -> None:
        user, place = self._actor(as_), self._in(channel, as_)
        self._notes("unarchives", user, {"channel": place.name})
        place.is_archived = False
        self._tell(place, f"{_kind(place)}_unarchive", {"channel": place.id, "user": user.id})

    async def deletes_channel(self, channel: str, as_: str | None = None) -> None:
        """It is gone with everything in it; the bot is told only if it was inside."""
        user, place = self._actor(as_), self._in(channel, as_)
        self._notes("deletes_channel", user, {"channel": place.name})
        self.platform.workspace.remove_channel(place)
        self._tell(place, f"{_kind(place)}_deleted", {"channel": place.id})

    async def renames_channel(self, channel: str, name: str, as_: str | None = None) -> None:
        user, place = self._actor(as_), self._in(channel, as_)
        self._notes("renames_channel", user, {"channel": place.name, "name": name})
        place.name = name
        renamed = {"id": place.id, "name": name, "created": place.created}
        self._tell(place, f"{_kind(place)}_rename", {"channel": renamed})

    def _in(self, channel: str, as_: str | None) -> Channel:
        """A channel this person is in. Nobody comes into a direct message or leaves it."""
        place = self._place(self._actor(as_), channel)
        if place.is_im or place.is_mpim:
            raise HandsError("a direct message is no channel")
        return place

    def _comes(self, place: Channel, user: User, inviter: User | None = None) -> None:
        if user.id in place.members:
            return
        place.members.append(user.id)
        self._moved("member_joined_channel", place, user, {"inviter": inviter.id} if inviter else {})

    def _goes(self, place: Channel, user: User) -> None:
        if user.id not in place.members:
            raise HandsError(f"{user.real_name} is not in #{place.name}")
        if user.id == self.platform.bot_user_id:
            self._tell(place, f"{_kind(place)}_left", {"channel": place.id})
        self._moved("member_left_channel", place, user)
        place.members.remove(user.id)
        self.platform.changes.happened()

    def _moved(self, what: str, place: Channel, user: User, more: Json | None = None) -> None:
        letter, team = "G" if place.is_private else "C", self.platform.workspace.team_id
        self._tell(
            place, what, {"user": user.id, "channel": place.id, "channel_type": letter, "team": team} | (more or {})
        )

    def _tell(self, place: Channel, what: str, event: Json) -> None:
        """The bot hears of channels it is in; of the life of public ones also from outside."""
        if self.platform.bot_user_id in place.members or what.startswith("channel_"):
            self.platform.emit(what, {"type": what, "event_ts": self.platform.clock.ts()} | event)
        self.platform.changes.happened()


def _kind(place: Channel) -> str:
    return "group" if place.is_private else "channel"
