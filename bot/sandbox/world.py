"""What every workspace shares: the one app as it is registered, the way to it, one clock and one journal."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.bot_door import BotDoor
from bot.sandbox.casts import APP
from bot.sandbox.changes import Changes
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.installs import Installs
from bot.sandbox.journal import Entry, Failure, Journal
from bot.sandbox.journal_file import JournalFile
from bot.sandbox.kinds import Json
from bot.sandbox.limits import Rates
from bot.sandbox.manifest import Manifest
from bot.sandbox.receipts import Receipt
from bot.sandbox.socket_hub import SocketHub

if TYPE_CHECKING:
    from bot.sandbox.platform import Platform


class World:
    """Workspaces are added to it; the first one is where everything happens unless another is named."""

    def __init__(
        self, manifest: Manifest, clock: SandboxClock, rates: Rates, retry_delays: Sequence[float], socket_mode: bool
    ) -> None:  # fmt: skip
        self.manifest, self.clock, self.rates, self.socket_mode = manifest, clock, rates, socket_mode
        self.platforms: dict[str, Platform] = {}
        self.changes = Changes()
        self.app_token = f"xapp-1-{APP}-{secrets.randbelow(10**12)}-{secrets.token_hex(16)}"
        self.signing_secret = secrets.token_hex(16)
        self.verification_token = secrets.token_hex(12)
        self.installs = Installs(manifest.redirect_urls, manifest.scopes)
        self.journal_file: JournalFile | None = None
        self.url, self.install_address = "", ""
        self.chaos = 0
        self.pages: list[Json] = []
        self.around_reset: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
        self.door = BotDoor(self.signing_secret, rates.patience)
        self.hub = SocketHub(APP, rates.patience, self.changes.happened)
        self._retry_delays = retry_delays
        self.begin()

    def begin(self) -> None:
        """Tokens and addresses stay, so that a bot need not be told anything new."""
        self.journal, self.faults = Journal(self._secrets, self._keep), Faults()
        self.faults.chaos = self.chaos
        self.events = Events(self.deliver, self._retry_delays)
        self.installs.forget()
        self.warnings: list[str] = []
        self.unknown_methods: list[str] = []
        self.failures: list[Failure] = []
        self.clock_is_level = False

    @property
    def first(self) -> Platform:
        return next(iter(self.platforms.values()))

    def of_org(self, org: str) -> list[Platform]:
        return [each for each in self.platforms.values() if each.org and each.org.id == org]

    def of_token(self, token: str) -> Iterator[Platform]:
        """Where this bot token is good, or was: several workspaces for the token of an org."""
        return (each for each in self.platforms.values() if token == each.bot_token or token in each.dead_tokens)

    # towards the bot

    async def deliver(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Receipt:
        """Over the socket in Socket Mode, else over HTTP; never both."""
        await self.level_clock()
        receipt = await (self.hub if self.socket_mode else self.door).deliver(kind, payload, headers)
        what = str(payload.get("event", payload).get("type") or kind)
        self._record(what, payload, receipt)
        return receipt

    def _record(self, what: str, payload: Json, receipt: Receipt) -> None:
        answered = receipt.parsed() if receipt.body else None
        answer = answered if answered is not None else receipt.text or receipt.reason
        self.journal.write(
            self.clock.unix(), "to_bot", what, payload, answer, receipt.status, receipt.seconds, team=_team(payload)
        )
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

    # the journal

    def _secrets(self) -> tuple[str, ...]:
        return (self.signing_secret, self.verification_token, self.installs.client_secret)

    def _keep(self, entry: Entry) -> None:
        if self.journal_file is not None:
            url = self.door.request_url
            self.journal_file.write(entry, "socket" if self.socket_mode else urlsplit(url or "").path)

    async def reset(self) -> None:
        self.faults.let_go()
        await self.events.close()
        self.clock.restart()
        self.begin()
        for platform in self.platforms.values():
            platform.begin()
        self.changes.happened()

    async def close(self) -> None:
        self.faults.let_go()
        await self.events.close()
        await self.hub.close()
        await self.door.close()
        if self.journal_file is not None:
            self.journal_file.close()
            self.journal_file = None


def _team(payload: Json) -> str:
    """Whose matter it is; of what concerns a whole org, the org."""
    team: Any = payload.get("team_id") or payload.get("team") or payload.get("enterprise_id") or ""
    return str(team.get("id", "")) if isinstance(team, dict) else str(team)
