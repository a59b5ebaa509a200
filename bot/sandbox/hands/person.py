"""Who acts, what Slack showed them in answer, and the ground all hands stand on."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.journal import BY_HAND
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.receipts import Receipt
from bot.sandbox.response_hooks import ResponseHooks
from bot.sandbox.workspace import Channel, Message

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Answer:
    """What the person sees at once. ``error`` is Slack's own word for a failure, None when all went well."""

    error: str | None = None
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    seconds: float = 0.0
    status: int | None = None
    message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.error is None


def shown_error(receipt: Receipt) -> str | None:
    if receipt.ok:
        return None
    return "operation_timeout" if receipt.error == "timeout" else "dispatch_failed"


def answer_to(receipt: Receipt, error: str | None = None) -> Answer:
    return Answer(error or shown_error(receipt), seconds=receipt.seconds, status=receipt.status)


class Hands:
    """Names may be names or ids. Whoever does not say who acts is the first member."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self._hooks = ResponseHooks(platform)
        self._at_home: set[str] = set()

    def _notes(self, hand: str, user: User | None = None, done: Json | None = None) -> None:
        """Into the journal, before the bot hears of it, in words that mean the same in a fresh workspace."""
        team = self.platform.workspace.team_id
        elsewhere = {} if self.platform is self.platform.world.first else {"team": team}
        said = ({"as": user.name} if user else {}) | (done or {}) | elsewhere
        self.platform.journal.write(self.platform.clock.unix(), BY_HAND, hand, said, None, None, team=team)

    def _named_place(self, channel: Channel) -> str:
        return "app" if channel.is_im else channel.name

    def _numbered(self, message: Message) -> Json:
        """The n-th message of its channel; of a DM also whose it is."""
        place = self.platform.workspace.channels[message.channel]
        owner = {"with": self.platform.workspace.users[place.user].name} if place.user else {}
        return {"channel": self._named_place(place), "nth": message.nth} | owner

    def _in_thread(self, channel: Channel, thread_ts: str | None) -> Json:
        parent = self.platform.workspace.find(channel.id, thread_ts) if thread_ts else None
        return {"thread": self._numbered(parent)} if parent else {}

    def _actor(self, as_: str | None) -> User:
        everyone = self.platform.workspace.users
        user = next(iter(everyone.values())) if as_ is None else self.platform.workspace.user(as_)
        if user.deleted:
            raise HandsError(f"{user.real_name} is deactivated and cannot do anything")
        return user

    def _place(self, user: User, channel: str) -> Channel:
        """The channel as this person reaches it; the app's DM is "app", "dm" or its id."""
        if channel in ("app", "dm"):
            return self.platform.dm_of(user.id)
        found = self.platform.workspace.channel(channel)
        if found is None or user.id not in found.members:
            raise HandsError(f"{user.real_name} is in no channel {channel!r}")
        return found
