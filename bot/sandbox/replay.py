"""Replay: what people did in a recorded journal, done again in a fresh workspace at the recorded times.

The bot is not replayed: it answers anew. Each step waits until the person could do it, as the person did.
"""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.sandbox.hands.finding import Where
from bot.sandbox.journal import BY_HAND
from bot.sandbox.journal_file import VERSION
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.workspace import Message

if TYPE_CHECKING:
    from bot.sandbox.slack import Slack

PATIENCE_SECONDS = 15.0


class NoJournal(Exception):
    """The file is no journal of the sandbox. The words are for the person at the terminal."""


@dataclass(frozen=True)
class Step:
    """One thing a person did, in the words of the hands."""

    number: int
    at: float
    hand: str
    said: Json

    def __str__(self) -> str:
        who = f"{self.said['as']} " if "as" in self.said else ""
        what = next((self.said[each] for each in ("text", "label", "name") if self.said.get(each)), "")
        return f"{who}{self.hand} {what}".strip()


@dataclass(frozen=True)
class Story:
    """When the workspace began, and every step, oldest first."""

    begins: float
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, path: Path) -> Story:
        """Raises NoJournal."""
        try:
            lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        except (OSError, ValueError) as wrong:
            raise NoJournal(f"{path} cannot be read as a journal: {wrong}") from None
        if not lines or lines[0].get("direction") != "begin" or lines[0].get("version") != VERSION:
            raise NoJournal(f"{path} does not begin as a journal of this sandbox does.")
        done = (line for line in lines if line.get("direction") == BY_HAND)
        steps = (Step(n, line["at"], line["what"], line["request"]) for n, line in enumerate(done, start=1))
        return cls(lines[0]["at"], tuple(steps))


class Replay:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def run(self, story: Story) -> None:
        """Raises HandsError, naming the step that could not be done within ``PATIENCE_SECONDS``."""
        for step in story.steps:
            if step.hand != "advances_to" and step.at > self._slack.clock.unix():
                await self._slack.advances_to(step.at)
            await self._as_soon_as_it_can(step)
            await self._slack.settles()

    async def _as_soon_as_it_can(self, step: Step) -> None:
        changes = self._slack.platform.changes
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            seq = changes.seq
            try:
                await self._in(step).hands()[step.hand](step.said)
            except HandsError as not_yet:
                if not await changes.after(seq, deadline - time.monotonic()):
                    raise HandsError(f"step {step.number} ({step}): {not_yet}") from None
            else:
                return

    def _in(self, step: Step) -> Replay:
        """The workspace it was done in."""
        team = step.said.get("team")
        return Replay(self._slack.workspace(team)) if team else self

    def hands(self) -> dict[str, Callable[[Json], Awaitable[object]]]:
        slack = self._slack
        return {
            "types": lambda said: slack.types(said["text"], said["as"], said["channel"]),
            "says": lambda said: slack.says(said["text"], said["as"], said["channel"], self._ts(said.get("thread"))),
            "presses": lambda said: slack.presses(said["label"], said["as"], **self._where(said)),
            "chooses": lambda said: slack.chooses(said["label"], said["option"], said["as"], **self._where(said)),
            "suggests": lambda said: slack.suggests(said["label"], said["typed"], said["as"], **self._where(said)),
            "submits": lambda said: slack.submits(said["values"], said["as"]),
            "closes": lambda said: slack.closes(said["as"]),
            "closes_all": lambda said: slack.closes_all(said["as"]),
            "opens_home": lambda said: slack.opens_home(said["as"], said["tab"]),
            "uses_shortcut": lambda said: slack.uses_shortcut(said["name"], said["as"], self._ts(said.get("message"))),
            "changes_profile": lambda said: slack.changes_profile(said["user"], **said["changes"]),
            "invites_the_bot": lambda said: slack.invites_the_bot(said["channel"], said["as"]),
            "creates_channel": lambda said: slack.creates_channel(
                said["name"], said["as"], members=said["members"], private=said["private"]
            ),
            "joins": lambda said: slack.joins(said["channel"], said["as"]),
            "invites": lambda said: slack.invites(said["member"], said["channel"], said["as"]),
            "leaves": lambda said: slack.leaves(said["channel"], said["as"]),
            "removes_the_bot": lambda said: slack.removes_the_bot(said["channel"], said["as"]),
            "archives": lambda said: slack.archives(said["channel"], said["as"]),
            "unarchives": lambda said: slack.unarchives(said["channel"], said["as"]),
            "deletes_channel": lambda said: slack.deletes_channel(said["channel"], said["as"]),
            "renames_channel": lambda said: slack.renames_channel(said["channel"], said["name"], said["as"]),
            "uninstalls": lambda said: slack.uninstalls(),
            "withdraws_the_app": lambda said: slack.withdraws_the_app(),
            "advances_to": lambda said: slack.advances_to(max(said["moment"], slack.clock.unix())),
            "resets": lambda said: slack.resets(),
            "reloads": self._reloads,
            "fault": self._fault,
        }

    async def _reloads(self, said: Json) -> None:
        self._slack.reloads(said["as"])

    async def _fault(self, said: Json) -> None:
        self._slack.fault(**said)

    def _where(self, said: Json) -> Where:
        where: Where = {"nth": said["nth"], "value": said.get("value")}
        if message := said.get("message"):
            found = self._message(message)
            return where | {"channel": found.channel, "ts": found.ts}
        top = self._slack.home(said["as"]) if said["on"] == "home" else self._slack.modal(said["as"])
        if top is None:
            raise HandsError(f"no {said['on']} is open")
        return where | {"view_id": top.id}

    def _ts(self, numbered: Json | None) -> str | None:
        return self._message(numbered).ts if numbered else None

    def _message(self, numbered: Json) -> Message:
        """The same message of this workspace: the n-th of the same channel."""
        workspace = self._slack.platform.workspace
        owner = numbered.get("with")
        place: Any = workspace.dm(workspace.user(owner).id) if owner else workspace.channel(numbered["channel"])
        for message in workspace.messages[place.id] if place else ():
            if message.nth == numbered["nth"]:
                return message
        raise HandsError(f"message {numbered['nth']} of {owner or numbered['channel']} is not there")
