"""Looking: what stands where, who called what, and waiting until it is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.sandbox.faults import Fault
from bot.sandbox.hands.person import Hands
from bot.sandbox.journal import Call, Failure
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.views import View
from bot.sandbox.workspace import Message

Found = TypeVar("Found")


class Looking(Hands):
    def messages(self, channel: str | None = None) -> list[Message]:
        """Everything anybody can see, or that of one channel, oldest first. Ephemeral ones are not in it."""
        workspace = self.platform.workspace
        if channel is None:
            every = [each for name in workspace.channels for each in workspace.kept(name)]
            return sorted(every, key=lambda each: each.ts)
        place = workspace.channel(channel)
        if place is None:
            raise HandsError(f"there is no channel {channel!r}")
        return sorted(workspace.kept(place.id), key=lambda each: each.ts)

    def dm(self, user: str | None = None) -> list[Message]:
        """The app's DM with one member: top-level messages and replies, in the order of their ts."""
        place = self.platform.workspace.dm(self._named(user))
        return [] if place is None else self.messages(place.id)

    def group_dm(self, *people: str) -> list[Message]:
        """What stands in the group DM of exactly these people and the bot."""
        wanted = {self._named(each) for each in people} | {self.platform.bot_user_id}
        places = self.platform.workspace.channels.values()
        found = next((each for each in places if each.is_mpim and set(each.members) == wanted), None)
        return [] if found is None else self.messages(found.id)

    def thread(self, ts: str) -> list[Message]:
        """A parent and its replies."""
        return [each for each in self.messages() if ts in (each.ts, each.thread_ts)]

    def ephemerals(self, user: str | None = None) -> list[Message]:
        wanted = self._named(user)
        return [each for each in self.platform.workspace.every() if each.ephemeral_to == wanted]

    def modal(self, user: str | None = None) -> View | None:
        """The top one."""
        return self.platform.views.top(self._named(user))

    def home(self, user: str | None = None) -> View | None:
        return self.platform.views.homes.get(self._named(user))

    def _named(self, user: str | None) -> str:
        workspace = self.platform.workspace
        return next(iter(workspace.users)) if user is None else workspace.user(user).id

    @property
    def calls(self) -> list[Call]:
        """Every Web API call of the bot so far that was about this workspace (or about none: no token, a wrong one)."""
        here = ("", self.platform.workspace.team_id)
        return [call for call in self.platform.journal.calls() if call.method != "response_url" and call.team in here]

    @property
    def failures(self) -> list[Failure]:
        """Every delivery the bot did not answer as Slack asks."""
        return self.platform.failures

    @property
    def warnings(self) -> list[str]:
        """What Slack would take but not like."""
        return self.platform.warnings

    @property
    def unknown_methods(self) -> list[str]:
        return self.platform.unknown_methods

    @property
    def events(self) -> list[Json]:
        """Every event of this workspace (or its whole org) sent to the bot, as its envelope."""
        here = (None, self.platform.workspace.team_id)
        return [each for each in self.platform.events.sent if each["team_id"] in here]

    def fault(self, method: str, kind: str, count: int = 1, **more: Any) -> None:
        """``retry_after=``, ``seconds=`` and ``channel=`` say more about it; method "*" means any."""
        self.platform.faults.arm(Fault(method, kind, count, **more))
        self._notes("fault", None, {"method": method, "kind": kind, "count": count} | more)

    def lets_go(self) -> None:
        """Calls that hang are cut now, late ones answered: nobody who stops a bot has to wait for them."""
        self.platform.faults.let_go()

    async def until(self, predicate: Callable[[], Found], timeout: float = 5.0) -> Found:
        """What ``predicate`` says once it is true; it is asked after each change, never on a timer."""
        found = await self.platform.changes.until(predicate, timeout)
        if not found:
            raise AssertionError(f"not so within {timeout:g} s\n{self.transcript()}")
        return found

    async def settles(self) -> None:
        """Until every event has been delivered (or waits for its retry)."""
        await self.platform.events.settle()

    def transcript(self) -> str:
        """What was said, as a person would copy it, and what went wrong."""
        workspace = self.platform.workspace
        lines = []
        for message in sorted(workspace.every(), key=lambda each: each.drawn):
            who = workspace.users[message.user].real_name if message.user in workspace.users else message.user
            where = workspace.channels[message.channel]
            place = f"DM {workspace.users[where.user].name}" if where.user else f"#{where.name}"
            only = " (only you)" if message.ephemeral_to else ""
            mark = "  ↳ " if message.is_reply else ""
            lines.append(f"{mark}[{place}{only}] {who}: {message.text} {message.buttons or ''}".rstrip())
        lines += [f"! {each.what}: {each.reason} {each.body[:200]}" for each in self.failures]
        return "\n".join(lines)
