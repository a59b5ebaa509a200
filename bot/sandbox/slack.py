"""What tests open: an honest Slack with hands, eyes and a clock, on a free port of this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.bot_door import encoded
from bot.sandbox.casts import HILLSIDE, RIVERSIDE, Cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import add_control
from bot.sandbox.hands.forms import Forms
from bot.sandbox.hands.living import Living
from bot.sandbox.hands.looking import Looking
from bot.sandbox.hands.moving import Moving
from bot.sandbox.hands.pressing import Pressing
from bot.sandbox.hands.typing import Typing
from bot.sandbox.install_page import PATH as INSTALL_PATH
from bot.sandbox.journal_file import JournalFile
from bot.sandbox.kinds import HandsError, random_word
from bot.sandbox.limits import RETRY_DELAYS, SOCKET_CONNECTIONS, Rates
from bot.sandbox.manifest import Manifest
from bot.sandbox.platform import Platform
from bot.sandbox.receipts import Receipt
from bot.sandbox.signing import signed
from bot.sandbox.site import Page, Site, application
from bot.sandbox.world import World


class UnknownMethods(AssertionError):
    """The bot called what Slack does not have, or this sandbox does not know. It fails the run."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"The bot called methods nobody here knows: {', '.join(dict.fromkeys(names))}.")


class Slack(Typing, Pressing, Forms, Living, Moving, Looking):
    """One workspace, and the way to others. ``async with Slack.open() as slack``, then ``slack.connect(…)``."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform)
        self._neighbours: dict[str, Slack] = {}

    @classmethod
    @asynccontextmanager
    async def open(
        cls, *, manifest: Manifest | Mapping[str, Any] | Path | str | None = None, clock: SandboxClock | None = None,
        rates: Rates | None = None, retry_delays: Sequence[float] = RETRY_DELAYS, socket_mode: bool | None = None,
        port: int = 0, pages: Sequence[Page] = (), installed: bool = True,
    ) -> AsyncIterator[Slack]:  # fmt: skip
        """``rates`` says how fast an app may call and has to answer, ``retry_delays`` when events come again."""
        read = Manifest.read(manifest)
        over_socket = read.socket_mode if socket_mode is None else socket_mode
        world = World(read, clock or SandboxClock(), rates or Rates(), retry_delays, over_socket)
        slack = cls(Platform(world, RIVERSIDE, installed=installed))
        app = application(world)
        add_control(app, slack)
        for page in pages:
            page.add(app)
            world.pages.append({"title": page.title, "path": page.path})
        site = Site(world, app)
        await site.start(port)
        try:
            yield slack
        finally:
            await world.close()
            await site.stop()
        if world.unknown_methods:
            raise UnknownMethods(world.unknown_methods)

    def opens_workspace(self, cast: Cast = HILLSIDE, *, installed: bool = False) -> Slack:
        """One more workspace behind the same address, for the same app. Its hands, eyes and token are its own."""
        if cast.team in self.platform.world.platforms:
            raise HandsError(f"{cast.name} is there already")
        Platform(self.platform.world, cast, installed=installed)
        self.platform.changes.happened()
        return self.workspace(cast.team)

    def workspace(self, team: str) -> Slack:
        """The hands of any workspace by its id."""
        if team == self.team_id:
            return self
        if team not in self.platform.world.platforms:
            raise HandsError(f"there is no workspace {team!r}")
        return self._neighbours.setdefault(team, Slack(self.platform.world.platforms[team]))

    def records(self, path: Path) -> None:
        """Keeps the journal in a file from now on. FileExistsError rather than writing over one."""
        world = self.platform.world
        world.journal_file = JournalFile(path)
        world.journal_file.begin(self.clock.unix(), socket_mode=world.socket_mode)

    def connect(self, request_url: str, clock_url: str | None = None) -> Connection:
        """Tells Slack where the bot is. Awaiting what comes back also verifies the address, as Slack does on saving."""
        door = self.platform.door
        door.request_url, door.clock_url = request_url, clock_url
        self.platform.world.clock_is_level = False
        self.platform.changes.happened()
        return Connection(self)

    async def disconnects(self) -> None:
        """Nothing more is sent to the bot over HTTP until ``connect``; returns when nothing is on its way any more."""
        self.platform.door.request_url = None
        await self.platform.events.settle()

    async def until_there_is_a_bot(self) -> None:
        """Its address is known, or it has come over the socket."""
        if self.platform.world.socket_mode:
            await self.platform.hub.connected.wait()
        while not self.platform.world.socket_mode and self.platform.door.request_url is None:
            await self.platform.changes.after(self.platform.changes.seq)

    async def verifies_url(self) -> bool:
        """url_verification: the bot must answer with the challenge."""
        challenge = random_word(30)
        asked = {"type": "url_verification", "challenge": challenge, "token": self.platform.world.verification_token}
        receipt = await self.platform.deliver("event", asked)
        answered = (receipt.parsed() or {}).get("challenge", receipt.text.strip())
        return receipt.ok and answered == challenge

    async def sends(
        self, kind: str, body: bytes | str | Mapping[str, Any], headers: Mapping[str, str] | None = None, *,
        secret: str | None = None, timestamp: float | None = None, sign: bool = True,
    ) -> Receipt:  # fmt: skip
        """Any request, forged, stale, unsigned or no form at all. ``kind``: command, interaction, event."""
        raw, content_type = encoded(kind, {} if isinstance(body, bytes | str) else dict(body))
        if isinstance(body, bytes | str):
            raw = body.encode() if isinstance(body, str) else body
        signature = signed(raw, secret or self.signing_secret, timestamp) if sign else {}
        receipt = await self.platform.door.send(raw, {"Content-Type": content_type, **signature, **(headers or {})})
        self.platform.journal.write(
            self.clock.unix(), "to_bot", f"raw {kind}", raw.decode("utf-8", "replace"), receipt.text, receipt.status
        )
        return receipt

    async def sends_event_again(self, type: str) -> None:
        """The latest event of that type once more, with the same event_id and no retry header."""
        for envelope in reversed(self.events):
            if envelope["event"]["type"] == type:
                self.platform.events.send_again(envelope)
                return
        raise HandsError(f"no event {type!r} was sent yet")

    async def refreshes_sockets(self, *, most: int = SOCKET_CONNECTIONS) -> None:
        """Slack asks the bot to connect anew, as it does every few hours: over each connection, or the oldest ones."""
        await self.platform.hub.refresh(most=most)

    def refuses_sockets(self, times: int) -> None:
        """The next tickets are given and then not taken."""
        self.platform.hub.refusing = times

    def cuts_sockets(self) -> None:
        """The connections break off."""
        self.platform.hub.cut()

    async def resets(self) -> None:
        """A fresh workspace; in ``python -m bot sandbox`` also a fresh bot."""
        self._notes("resets")
        async with self.platform.world.around_reset():
            await self.platform.world.reset()
            for each in (self, *self._neighbours.values()):
                each._at_home.clear()

    @property
    def url(self) -> str:
        return self.platform.url

    @property
    def api_url(self) -> str:
        return f"{self.platform.url}/api/"

    @property
    def clock(self) -> SandboxClock:
        return self.platform.clock

    @property
    def bot_token(self) -> str:
        return self.platform.bot_token

    @property
    def app_token(self) -> str:
        return self.platform.world.app_token

    @property
    def signing_secret(self) -> str:
        return self.platform.world.signing_secret

    @property
    def client_id(self) -> str:
        return self.platform.installs.client_id

    @property
    def client_secret(self) -> str:
        return self.platform.installs.client_secret

    @property
    def authorize_url(self) -> str:
        """What stands in for https://slack.com/oauth/v2/authorize."""
        return f"{self.platform.url}{INSTALL_PATH}"

    @property
    def team_id(self) -> str:
        return self.platform.workspace.team_id

    @property
    def app_id(self) -> str:
        return self.platform.app_id

    @property
    def bot_user_id(self) -> str:
        return self.platform.bot_user_id

    @property
    def bot_id(self) -> str:
        return self.platform.bot_id


class Connection:
    """``await slack.connect(…)`` says whether the bot answered the url_verification; not awaiting it is fine too."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def __await__(self) -> Generator[Any, None, bool]:
        return self._slack.verifies_url().__await__()
