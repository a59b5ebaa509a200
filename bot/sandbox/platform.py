"""All of the sandbox's Slack in one place: the state, its rules, and the way to the bot."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox import riverside
from bot.sandbox.bot_door import BotDoor
from bot.sandbox.changes import Changes
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import Events, envelope
from bot.sandbox.faults import Faults
from bot.sandbox.files import File
from bot.sandbox.installs import Installs
from bot.sandbox.journal import Entry, Failure, Journal
from bot.sandbox.journal_file import JournalFile
from bot.sandbox.kinds import Json
from bot.sandbox.limits import Pace, Rates
from bot.sandbox.manifest import Manifest
from bot.sandbox.receipts import Receipt
from bot.sandbox.response_urls import ResponseUrl, ResponseUrls
from bot.sandbox.socket_hub import SocketHub
from bot.sandbox.triggers import Triggers
from bot.sandbox.views import View, Views
from bot.sandbox.workspace import Channel, Message, Workspace


class Platform:
    """Web API methods and hands both work on this; neither knows the other."""

    app_id = riverside.APP

    def __init__(
        self, manifest: Manifest, clock: SandboxClock, rates: Rates, retry_delays: Sequence[float], socket_mode: bool,
        *, installed: bool = True, place: riverside.Place = riverside.RIVERSIDE,
    ) -> None:  # fmt: skip
        self._place, self.bot_id, self.bot_user_id = place, place.bot, place.bot_user
        self.manifest, self.clock, self.rates, self.socket_mode = manifest, clock, rates, socket_mode
        self.changes = Changes()
        self.bot_token = _new_bot_token()
        self.app_token = f"xapp-1-{self.app_id}-{secrets.randbelow(10**12)}-{secrets.token_hex(16)}"
        self.signing_secret = secrets.token_hex(16)
        self.verification_token = secrets.token_hex(12)
        self.installs = Installs(manifest.redirect_urls, manifest.scopes)
        self._installed_at_first = installed
        self.journal_file: JournalFile | None = None
        self.url = ""
        self.chaos = 0
        self.pages: list[Json] = []
        self.door = BotDoor(self.signing_secret)
        self.hub = SocketHub(self.app_id, self.changes.happened)
        self._retry_delays = retry_delays
        self.begin()

    def begin(self) -> None:
        """A fresh workspace. Tokens and addresses stay, so that a bot need not be told anything new."""
        self.workspace: Workspace = riverside.riverside(self.manifest, self.clock, self._place)
        self.views, self.triggers, self.response_urls = Views(), Triggers(), ResponseUrls()
        self.journal, self.faults, self.pace = Journal(self._secrets, self._keep), Faults(), Pace(self.rates)
        self.faults.chaos = self.chaos
        self.events = Events(self.deliver, self._retry_delays)
        self.scheduled: list[Json] = []
        self.reactions: dict[tuple[str, str], dict[str, list[str]]] = {}
        self.files: dict[str, File] = {}
        self.installs.forget()
        self.installed = self._installed_at_first
        self.scopes = self.manifest.scopes if self.installed else ()
        self.dead_tokens: dict[str, str] = {}
        self.warnings: list[str] = []
        self.unknown_methods: list[str] = []
        self.failures: list[Failure] = []
        self.clock_is_level = False

    # towards the bot

    async def deliver(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Receipt:
        """Over the socket in Socket Mode, else over HTTP; never both."""
        await self.level_clock()
        receipt = await (self.hub if self.socket_mode else self.door).deliver(kind, payload, headers)
        what = str(payload.get("event", payload).get("type") or kind)
        self.record(what, payload, receipt)
        return receipt

    def record(self, what: str, payload: Any, receipt: Receipt) -> None:
        answered = receipt.parsed() if receipt.body else None
        answer = answered if answered is not None else receipt.text or receipt.reason
        self.journal.write(self.clock.unix(), "to_bot", what, payload, answer, receipt.status, receipt.seconds)
        if not receipt.ok:
            self.failures.append(Failure(what, receipt.reason or "", receipt.status, receipt.text))
        self.changes.happened()

    async def level_clock(self) -> None:
        """The bot's clock is put beside ours once, before anything is sent; both run on by themselves."""
        if self.door.clock_url and not self.clock_is_level:
            # A bot that cannot be reached fails its delivery a moment later, in Slack's words.
            with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                await self.door.clock(self.clock.unix())
                self.clock_is_level = True

    def emit(self, subscription: str, event: Json) -> None:
        """Sends the event when the manifest subscribes to it and the app, still installed, has the scope for it."""
        if self.installed and self.manifest.promises(subscription, self.scopes):
            app = {"team": self.workspace.team_id, "app": self.app_id, "bot_user": self.bot_user_id}
            self.events.send(envelope(event, **app, token=self.verification_token, at=self.clock.unix()))

    # the app in the workspace

    def shares_the_app_of(self, other: Platform) -> None:
        """One app in several workspaces: the same id and secrets, other tokens."""
        self.signing_secret, self.verification_token = other.signing_secret, other.verification_token
        self.installs.client_id, self.installs.client_secret = other.installs.client_id, other.installs.client_secret
        self.door = BotDoor(self.signing_secret)

    def knows_token(self, token: str) -> bool:
        """It is this workspace's, alive or dead."""
        return token == self.bot_token or token in self.dead_tokens

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
            self.bot_token = _new_bot_token()
        self.scopes = tuple(dict.fromkeys((*self.scopes, *scopes)))
        self.installed = True
        self.changes.happened()

    def uninstall(self, problem: str) -> None:
        """The token is dead at once and answers ``problem``; both events come, in no order that could be relied on."""
        self.dead_tokens[self.bot_token] = problem
        self.emit("tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_user_id]}})
        self.emit("app_uninstalled", {"type": "app_uninstalled"})
        self.installed, self.scopes = False, ()
        self.changes.happened()

    # the journal

    def _secrets(self) -> tuple[str, ...]:
        return (self.signing_secret, self.verification_token, self.installs.client_secret)

    def _keep(self, entry: Entry) -> None:
        if self.journal_file is not None:
            url = self.door.request_url
            self.journal_file.write(entry, "socket" if self.socket_mode else urlsplit(url or "").path)

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

    async def reset(self) -> None:
        self.faults.let_go()
        await self.events.close()
        self.clock.restart()
        self.begin()
        self.changes.happened()

    async def close(self) -> None:
        self.faults.let_go()
        await self.events.close()
        await self.hub.close()
        await self.door.close()
        if self.journal_file is not None:
            self.journal_file.close()
            self.journal_file = None


def _new_bot_token() -> str:
    return f"xoxb-{secrets.randbelow(10**12)}-{secrets.token_hex(12)}"
