"""One workspace of the sandbox's Slack: its state, its rules, and the app in it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.casts import APP, Cast, Org, begun
from bot.sandbox.events import envelope, farewell
from bot.sandbox.files import File
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.limits import Pace
from bot.sandbox.receipts import Receipt
from bot.sandbox.response_urls import ResponseUrl, ResponseUrls
from bot.sandbox.triggers import Triggers
from bot.sandbox.views import View, Views
from bot.sandbox.workspace import Channel, Message, Workspace
from bot.sandbox.world import World


class Platform:
    """Web API methods and hands both work on this; neither knows the other."""

    app_id = APP

    def __init__(self, world: World, cast: Cast, *, installed: bool = True) -> None:
        self.world, self._cast, self._installed_at_first = world, cast, installed
        self.manifest, self.clock, self.changes, self.installs = (
            world.manifest, world.clock, world.changes, world.installs,
        )  # fmt: skip
        self.door, self.hub = world.door, world.hub
        self.bot_id, self.bot_user_id = cast.bot, cast.bot_user
        self.bot_token = new_bot_token()
        world.platforms[cast.team] = self
        self.begin()

    def begin(self) -> None:
        """A fresh workspace."""
        world = self.world
        self.workspace: Workspace = begun(self._cast, self.manifest, self.clock)
        self.views, self.triggers, self.response_urls = Views(), Triggers(world.rates.patience), ResponseUrls()
        self.journal, self.faults, self.events, self.pace = world.journal, world.faults, world.events, Pace(world.rates)
        self.warnings, self.unknown_methods, self.failures = world.warnings, world.unknown_methods, world.failures
        self.scheduled: list[Json] = []
        self.reactions: dict[tuple[str, str], dict[str, list[str]]] = {}
        self.files: dict[str, File] = {}
        self.installed, self.org_wide = self._installed_at_first, False
        self.scopes: tuple[str, ...] = self.manifest.scopes if self.installed else ()
        self.dead_tokens: dict[str, str] = {}

    @property
    def url(self) -> str:
        return self.world.url

    @property
    def org(self) -> Org | None:
        return self._cast.org

    # towards the bot

    async def deliver(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Receipt:
        return await self.world.deliver(kind, payload, headers)

    def emit(self, subscription: str, event: Json) -> None:
        """Sends the event when the manifest subscribes to it and the app, still installed, has the scope for it."""
        if self.installed and self.manifest.promises(subscription, self.scopes):
            self.events.send(envelope(event, self._whose(), token=self.world.verification_token, at=self.clock.unix()))

    def _whose(self) -> Json:
        """Whose event it is, and by which installation the app may see it."""
        return {
            "team": self.workspace.team_id, "enterprise": self.org.id if self.org else None, "app": self.app_id,
            "bot_user": self.bot_user_id, "org_wide": self.org_wide,
        }  # fmt: skip

    # the app in the workspace

    @property
    def commands(self) -> dict[str, Json]:
        """What may be typed: nothing of an app that is not installed or was not granted ``commands``."""
        return self.manifest.commands if "commands" in self.scopes else {}

    @property
    def shortcuts(self) -> dict[str, Json]:
        return self.manifest.shortcuts if "commands" in self.scopes else {}

    def install(self, scopes: Sequence[str]) -> None:
        """Again for an installed app adds scopes and keeps its token; after an uninstall the token is a new one."""
        if self.bot_token in self.dead_tokens:
            self.bot_token = new_bot_token()
        self.scopes = tuple(dict.fromkeys((*self.scopes, *scopes)))
        self.installed = True
        self.changes.happened()

    def install_for_org(self, scopes: Sequence[str], token: str) -> None:
        """One token for every workspace of the org; again keeps the token that is good."""
        if not self.org_wide or self.bot_token in self.dead_tokens:
            self.bot_token = token
        self.org_wide = True
        self.install(scopes)

    def withdraw(self) -> None:
        """An admin of the org takes the app out of this workspace; the org's token goes on in the others."""
        if not self.org_wide:
            raise HandsError(f"{self.workspace.name} has no install of a whole organization")
        gone: Json = {"type": "team_access_revoked", "team_ids": [self.workspace.team_id]}
        if self.manifest.promises(gone["type"], self.scopes):
            whose = self._whose() | {"team": None}
            self.events.send(envelope(gone, whose, token=self.world.verification_token, at=self.clock.unix()))
        self.bot_token, self.installed, self.org_wide, self.scopes = new_bot_token(), False, False, ()
        self.changes.happened()

    def uninstall(self, problem: str) -> None:
        """The token is dead at once and answers ``problem``; both events come, in no order that could be relied on."""
        if self.org_wide and self.org:
            gone, whose = self.world.of_org(self.org.id), self._whose() | {"team": None}
        else:
            gone, whose = [self], self._whose()
        for event in farewell(self.bot_user_id):
            if self.installed and self.manifest.promises(event["type"], self.scopes):
                told = envelope(event, whose, token=self.world.verification_token, at=self.clock.unix())
                self.events.send(told)
        for each in gone:
            each.dead_tokens[each.bot_token] = problem
            each.installed, each.org_wide, each.scopes = False, False, ()
        self.changes.happened()

    def response_url(self, kind: str, hook: ResponseUrl) -> str:
        return self.url + self.response_urls.mint(kind, self.workspace.team_id, hook)

    def view_object(self, view: View) -> Json:
        return view.as_slack(self.workspace.team_id, self.app_id, self.bot_id)

    # messages

    def post(self, message: Message) -> Message:
        message.posted_at = time.monotonic()
        self.workspace.add(message)
        if message.ephemeral_to is None:
            self._tell(message.channel, self.workspace.as_slack(message))
        self.changes.happened()
        return message

    def redrawn(self, message: Message, before: Json) -> None:
        self.workspace.drawn(message)
        message.values = {}
        if message.ephemeral_to is None:
            after = self.workspace.as_slack(message)
            self._tell(message.channel, self._hidden("message_changed", before, message=after))
        self.changes.happened()

    def remove(self, message: Message) -> None:
        """A parent with replies leaves a tombstone, as in Slack; anything else is gone."""
        before = self.workspace.as_slack(message)
        if not message.is_reply and self.workspace.replies(message):
            message.text, message.blocks, message.subtype = "This message was deleted.", [], "tombstone"
            message.user, message.bot_id, message.app_id, message.metadata = "USLACKBOT", None, None, None
            # Slack tells of a tombstone as of a change, not as of a deletion.
            self.redrawn(message, before)
            return
        self.workspace.remove(message)
        if message.ephemeral_to is None:
            self._tell(message.channel, self._hidden("message_deleted", before, deleted_ts=message.ts))
        self.changes.happened()

    def _hidden(self, subtype: str, before: Json, **more: Any) -> Json:
        event = {"type": "message", "subtype": subtype, "hidden": True, "ts": self.clock.ts()}
        return event | {"previous_message": before} | more

    def _tell(self, channel_id: str, event: Json) -> None:
        channel = self.workspace.channels[channel_id]
        if self.bot_user_id in channel.members:
            kind = {"channels": "channel", "groups": "group"}.get(channel.kind, channel.kind)
            event = event | {"channel": channel.id, "event_ts": event["ts"], "channel_type": kind}
            self.emit(f"message.{channel.kind}", event)

    def dm_of(self, user_id: str) -> Channel:
        user = self.workspace.users[user_id]
        return self.workspace.open_dm(user, self.bot_user_id, self.clock.unix())

    def group_dm_of(self, user_ids: Sequence[str]) -> Channel:
        return self.workspace.open_group_dm(user_ids, self.bot_user_id, self.clock.unix())


def new_bot_token() -> str:
    return f"xoxb-{secrets.randbelow(10**12)}-{secrets.token_hex(12)}"
