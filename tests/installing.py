"""A person with a browser who adds the app to a workspace, and two workspaces behind one Slack."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from bot.sandbox.casts import RIVERSIDE
from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.living import ROOMY, WEDNESDAY, LivingBot

# The same people once more: nothing but the team tells a member of one workspace from a member of the other.
LAKESIDE = replace(
    RIVERSIDE, team="T0LAKESIDE1", name="Lakeside Job Club", domain="lakeside", bot_user="U0ONWARD002",
    bot="B0ONWARD002",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    headers: Any


class Browser:
    """Keeps cookies as a browser does. ``async with Browser(bot) as robin``."""

    def __init__(self, bot: LivingBot) -> None:
        self._bot = bot
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Browser:
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def begins(self) -> URL:
        """Opens /slack/install; where that leads."""
        async with self._session.get(f"{self._bot.url}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
            return URL(answer.headers["Location"])

    async def decides(
        self, slack: Slack, asked: URL, decision: str = "allow", *, place: str = "", name: str = "Robin",
        scopes: Sequence[str] = (),
    ) -> str:  # fmt: skip
        """On Slack's page, into the workspace or the org that is named. The address back to the app."""
        asked = asked.update_query(team=place or slack.team_id, **({"scope": ",".join(scopes)} if scopes else {}))
        async with self._session.get(asked) as page:
            html = await page.text()
            assert page.status == 200, html
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
        users = re.findall(rf'<option value="([^"]+)">[^<]*{name}', html)
        form = {each: unescape(value) for each, value in hidden} | {"user": users[0], "decision": decision}
        async with self._session.post(slack.authorize_url, data=form, allow_redirects=False) as sent:
            assert sent.status == 302, await sent.text()
            return sent.headers["Location"]

    async def opens(self, address: str, **how: Any) -> Page:
        async with self._session.get(URL(address, encoded=True), allow_redirects=False, **how) as answer:
            return Page(answer.status, await answer.text(), answer.headers)

    async def installs(self, slack: Slack, decision: str = "allow", **how: Any) -> Page:
        """All of it, as a person does."""
        return await self.opens(await self.decides(slack, await self.begins(), decision, **how))


@dataclass
class Town:
    """Two workspaces that know nothing of each other, and a bot that neither has yet."""

    riverside: Slack
    lakeside: Slack
    bot: LivingBot

    async def settles(self) -> None:
        await self.riverside.settles()
        await self.bot.settles()


@asynccontextmanager
async def town(folder: Path, **given: Any) -> AsyncIterator[Town]:
    clock = SandboxClock(WEDNESDAY)
    usual: dict[str, Any] = {"clock": clock, "rates": ROOMY, "retry_delays": (0.05, 0.05, 0.05), "installed": False}
    async with Slack.open(**usual, manifest=given.pop("manifest", None)) as riverside:
        lakeside = riverside.opens_workspace(LAKESIDE)
        basic = {
            "slack_bot_token": None, "slack_client_id": riverside.client_id,
            "slack_client_secret": riverside.client_secret,
        }  # fmt: skip
        bot = LivingBot(riverside, folder, **(basic | given))
        await bot.start()
        riverside.platform.installs.redirect_urls[:] = [f"{bot.url}/slack/oauth_redirect"]
        try:
            yield Town(riverside, lakeside, bot)
        finally:
            await bot.stop()
