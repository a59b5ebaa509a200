"""The workspaces the bot is in: a client for each, and who Bolt may let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.exceptions import Refusal
from bot.pace import Pace
from bot.settings import Settings
from bot.slack_errors import FAILURES, Verdict, judge
from bot.store import Store
from bot.store.values import Workspace
from bot.store.workspaces import read_scopes

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

    def __init__(self, settings: Settings, store: Store, pace: Pace, refused: Refused) -> None:
        self._settings = settings
        self._store = store
        self._timeout = aiohttp.ClientTimeout(total=pace.timeout)
        self._refused = refused
        self._session: aiohttp.ClientSession | None = None
        self._known: dict[str, Workspace] = {}
        self.in_front = self._client(None)

    def _client(self, token: str | None) -> AsyncWebClient:
        # No retry handlers: the SDK's default one posts again after a dropped connection.
        timeout = int(self._timeout.total or 10) or 1
        client = CountingClient(
            token=token, base_url=self._settings.slack_api_url, session=self._session, retry_handlers=[],
            timeout=timeout,
        )  # fmt: skip
        client.refused = self._refused
        return client

    async def open(self) -> None:
        """Opens the shared connection pool; the time-out lives on it, since a session overrides a client's own."""
        every = aiohttp.TCPConnector(limit=0)  # the places of the sender bound it; waiting here would use up time-outs
        self._session = aiohttp.ClientSession(timeout=self._timeout, connector=every)
        self.in_front.session = self._session

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def adopt(self) -> str:
        """Asks Slack whose token this is and remembers the workspace. Its id.

        Raises Refusal when Slack refuses the token, and what the SDK raises when Slack cannot be reached.
        """
        token = self._settings.slack_bot_token
        assert token is not None, "settings guarantee a bot token"
        try:
            answer = await self._client(token.get_secret_value()).auth_test()
        except SlackApiError as refused:
            judged = judge(refused)
            if judged.verdict is Verdict.INSTALL_DEAD:
                raise Refusal(f"SLACK_BOT_TOKEN is refused by Slack ({judged.error}): install the app again.") from None
            raise
        team = str(answer["team_id"])
        await self._store.workspaces.adopt(
            team, token=token.get_secret_value(), bot_user_id=str(answer["user_id"]), bot_id=str(answer["bot_id"]),
            scopes=_granted(answer.headers), zone=self._settings.default_timezone,
            country=self._settings.default_country,
        )  # fmt: skip
        self.forget(team)
        return team

    async def find(self, team: str) -> Workspace | None:
        """A workspace that may be written to, or None."""
        if team not in self._known:
            found = await self._store.workspaces.find(team)
            if found is None or found.stopped or found.token is None:
                return None
            self._known[team] = found
        return self._known[team]

    async def can(self, team: str, *scopes: str) -> bool:
        """Whether the workspace granted all of these scopes. What is optional asks before it offers itself."""
        found = await self.find(team)
        return found is not None and found.scopes.issuperset(scopes)

    async def client(self, team: str) -> AsyncWebClient | None:
        workspace = await self.find(team)
        return self._client(workspace.token) if workspace else None

    async def any_client(self) -> AsyncWebClient | None:
        """Of whichever workspace may be written to, for what concerns Slack itself."""
        for team in await self._store.workspaces.teams():
            if client := await self.client(team):
                return client
        return None

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


def _granted(headers: Mapping[str, str]) -> frozenset[str]:
    """Slack names a token's scopes beside every answer; how the header is capitalised depends on the way it came."""
    return read_scopes(next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None))
