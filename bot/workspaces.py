"""The workspaces the bot is in: a client for each, and who Bolt may let in."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.exceptions import Refusal
from bot.in_time import guard
from bot.log import log
from bot.pace import Pace
from bot.settings import Settings
from bot.slack_errors import FAILURES, Verdict, judge
from bot.store import Store
from bot.store.values import Workspace
from bot.store.workspaces import read_scopes

FRESH = 5.0  # seconds for which a workspace is not read again; another process may have heard that it left
MANY = 1000  # known ones, after which those that have to be read again are forgotten
Refused = Callable[[str, str], None]  # the method, and Slack's code or what happened on the way


class CountingClient(AsyncWebClient):
    """The SDK's client, which tells ``refused`` of every call that failed, whoever made it."""

    refused: Refused

    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:
        try:
            return await super().api_call(api_method, **how)
        except FAILURES as failure:
            self.refused(api_method, judge(failure).error)
            raise


class Workspaces:
    """Tokens come from the store, so that a workspace more or less touches no handler."""

    def __init__(self, settings: Settings, store: Store, clock: Clock, pace: Pace, refused: Refused) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=pace.timeout)
        self._refused = refused
        self._session: aiohttp.ClientSession | None = None
        self._known: dict[str, tuple[float, Workspace]] = {}
        self.in_front = self.stranger()

    def stranger(self, token: str | None = None, *, team: str | None = None) -> AsyncWebClient:
        """A client for a token that no workspace is known for, or for none."""
        # No retry handlers: the SDK's default one posts again after a dropped connection.
        timeout = int(self._timeout.total or 10) or 1
        client = CountingClient(
            token=token, base_url=self._settings.slack_api_url, session=self._session, retry_handlers=[],
            timeout=timeout, team_id=team,
        )  # fmt: skip
        client.refused = self._refused
        return client

    async def open(self) -> None:
        """Opens the shared connection pool; the time-out lives on it, since a session overrides a client's own."""
        every = aiohttp.TCPConnector(limit=0)  # the places of the sender bound it; waiting here would use up time-outs
        self._session = aiohttp.ClientSession(timeout=self._timeout, connector=every, trace_configs=[guard()])
        self.in_front.session = self._session

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def adopt(self) -> None:
        """Asks Slack whose token this is and remembers the workspace.

        Raises Refusal when Slack refuses the token, and what the SDK raises when Slack cannot be reached. Where the app
        was removed it raises neither: the process answers nobody, but the rows still have to go on their day.
        """
        token = self._settings.slack_bot_token
        assert token is not None, "settings guarantee a bot token"
        try:
            answer = await self.stranger(token.get_secret_value()).auth_test()
        except SlackApiError as refused:
            judged = judge(refused)
            if judged.verdict is not Verdict.INSTALL_DEAD:
                raise
            told = Refusal(f"SLACK_BOT_TOKEN is refused by Slack ({judged.error}): install the app again.")
            if not await self._store.installs.gone():
                raise told from None
            log.error("token_refused", remedy=str(told), meanwhile="only deletes what is kept, on its day")
            return
        team = str(answer["team_id"])
        await self._store.workspaces.adopt(
            team, token=token.get_secret_value(), bot_user_id=str(answer["user_id"]), bot_id=str(answer["bot_id"]),
            scopes=granted_scopes(answer.headers), zone=self._settings.default_timezone,
            country=self._settings.default_country,
        )  # fmt: skip
        self.forget(team)

    async def find(self, team: str) -> Workspace | None:
        """A workspace that may be written to, or None."""
        read_at, known = self._known.get(team, (0.0, None))
        if known and time.monotonic() - read_at < FRESH:
            return known
        return (await self.meet([team])).get(team)

    async def meet(self, teams: Collection[str]) -> dict[str, Workspace]:
        """Reads them in one look, for whoever asks next: those that may be written to."""
        found = await self._store.workspaces.find_all(teams)
        met = {each.team: each for each in found if each.token is not None and not each.stopped}
        for team in teams:
            self._known.pop(team, None)
        now = time.monotonic()
        self._known |= {team: (now, each) for team, each in met.items()}
        if len(self._known) > MANY:
            self._known = {team: known for team, known in self._known.items() if now - known[0] < FRESH}
        return met

    async def acting(self, team: str, org: str | None, *, org_wide: bool) -> Workspace | None:
        """Whom a request of Slack's is for. A workspace of an org with the app is known from its first request on."""
        found = await self.find(team)
        if not team or not org or not org_wide or (found and found.org == org):
            return found
        await self._store.installs.join(team, org, now=self._clock.now())
        self.forget(team)
        return await self.find(team)

    async def lost(self, client: AsyncWebClient, team: str, *, why: str) -> None:
        """Slack refuses the token of this client for good."""
        await self._store.workspaces.stop(team, token=client.token or "", why=why)
        self.forget(team)

    async def can(self, team: str, *scopes: str) -> bool:
        """Whether the workspace granted all of these scopes. What is optional asks before it offers itself."""
        found = await self.find(team)
        return found is not None and found.scopes.issuperset(scopes)

    async def client(self, team: str) -> AsyncWebClient | None:
        """For a workspace that may be written to. Made anew each time: that costs nothing, to keep thousands does."""
        found = await self.find(team)
        return self.stranger(found.token, team=team if found.org else None) if found else None

    async def any_client(self) -> AsyncWebClient | None:
        """Of whichever workspace may be written to, for what concerns Slack itself."""
        for team in await self._store.workspaces.teams():
            if client := await self.client(team):
                return client
        return None

    async def upload(self, address: str, content: bytes) -> None:
        """Bytes to the address that files.getUploadURLExternal gave. Raises what aiohttp raises."""
        assert self._session is not None, "opened before use"
        async with self._session.post(address, data=content) as answer:
            answer.raise_for_status()

    async def permalink(self, team: str, channel: str, ts: str) -> str:
        """The way to a message, or an empty string: a message without it is still worth sending."""
        client = await self.client(team)
        try:
            return str((await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"]) if client else ""
        except FAILURES:
            return ""

    def forget(self, team: str) -> None:
        """What is known of this workspace has changed."""
        self._known.pop(team, None)


def granted_scopes(headers: Mapping[str, str]) -> frozenset[str]:
    """Slack names a token's scopes beside every answer; how the header is capitalised depends on the way it came."""
    return read_scopes(next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None))
