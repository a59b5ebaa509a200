"""Installing by OAuth: to Slack and back, with a state that is sealed, bound to the browser, short-lived and used once.

Bolt has a flow of its own. It keeps tokens as they are, writes a row for every visitor of the first page, and its pages
speak for nobody; what is left to do is a redirect and an exchange.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot import scopes
from bot.app import Onward
from bot.exceptions import Refusal
from bot.grammar import COMMANDS
from bot.log import log
from bot.pages import house, language, shown
from bot.slack_errors import FAILURES, Verdict, judge
from bot.store.values import Install
from bot.workspaces import granted_scopes
from messages import pages

STATE_SECONDS = 600
COOKIE = "onward_install"
PURPOSE = "install"
AT_ONCE = 4  # exchanges under way; a crowd at this door must not keep check-ins from Slack
REFUSED, AWAY = 400, 502
PASSING = (Verdict.TRANSIENT, Verdict.AMBIGUOUS, Verdict.THROTTLED)


def add(app: web.Application, onward: Onward) -> None:
    """Only where the app has an id and a secret: with one token there is nothing to install."""
    if onward.settings.by_oauth:
        doors = Doors(onward)
        app.router.add_get("/slack/install", doors.install)
        app.router.add_get("/slack/oauth_redirect", doors.redirect)


class NotInstalled(Exception):
    """``why`` names the phrase of the page that says so."""

    def __init__(self, why: str, *, status: int = REFUSED, missing: frozenset[str] = frozenset()) -> None:
        super().__init__(why)
        self.why, self.status, self.missing = why, status, missing


class Doors:
    def __init__(self, onward: Onward) -> None:
        self._tools = onward.tools
        self._settings = onward.settings
        self._house = house(onward)
        self._scopes = scopes.read()
        self._few = asyncio.Semaphore(AT_ONCE)

    async def install(self, _request: web.Request) -> web.StreamResponse:
        """To Slack at once, as its directory asks. Nothing is written: only the browser and the address know."""
        nonce = secrets.token_urlsafe(24)
        until = int(self._tools.clock.real()) + STATE_SECONDS
        asked = {
            "client_id": self._settings.slack_client_id, "scope": ",".join(self._scopes.asked),
            "state": self._tools.vault.seal(f"{PURPOSE} {until} {nonce}"), **self._redirect_uri(),
        }  # fmt: skip
        there = f"{_authorize_url(self._settings.slack_api_url)}?{urlencode(asked)}"
        answer = web.Response(status=302, headers={"Location": there, "Cache-Control": "no-store"})
        answer.set_cookie(COOKIE, nonce, max_age=STATE_SECONDS, **self._cookie())
        return answer

    async def redirect(self, request: web.Request) -> web.StreamResponse:
        """Back from Slack, with a code or without. Whatever happens, there is a page that says so."""
        try:
            page = await self._come_back(request)
        except NotInstalled as wrong:
            log.warning("not_installed", why=wrong.why)
            page = self._not_installed(request, wrong)
        page.del_cookie(COOKIE, path=self._cookie()["path"])
        return page

    async def _come_back(self, request: web.Request) -> web.Response:
        once = self._state(request)
        if request.query.get("error"):
            raise NotInstalled("cancelled" if request.query["error"] == "access_denied" else "refused")
        async with self._few:
            try:
                granted = await self._exchange(request.query.get("code", ""))
                install = await self._install(granted)
            except FAILURES as failure:
                judged = judge(failure)
                log.warning("install_failed", error=judged.error)
                if judged.verdict in PASSING:
                    raise NotInstalled("away", status=AWAY) from None
                raise NotInstalled("refused") from None
            except (KeyError, TypeError):  # an answer that is none of oauth.v2.access
                raise NotInstalled("refused") from None
        if not await self._tools.store.installs.install(install, once=once, now=self._tools.clock.now()):
            raise NotInstalled("too_old")
        self._tools.workspaces.forget(install.team)
        self._tools.wake()
        log.info("installed", org_wide=install.org_wide, declined=len(self._scopes.optional - install.scopes))
        return self._installed(request, granted, install)

    def _state(self, request: web.Request) -> str:
        """The state's own name, to be used once. It must be ours, fresh, and of this browser."""
        try:
            opened = self._tools.vault.open(request.query.get("state", "")) or ""
        except (Refusal, ValueError):
            raise NotInstalled("too_old") from None
        purpose, _, rest = opened.partition(" ")
        until, _, nonce = rest.partition(" ")
        kept = request.cookies.get(COOKIE, "")
        is_ours = purpose == PURPOSE and hmac.compare_digest(kept.encode(), nonce.encode())
        if not is_ours or int(until) < self._tools.clock.real():
            raise NotInstalled("too_old")
        return f"{PURPOSE}/{self._tools.vault.pseudonym(PURPOSE, nonce)}"

    async def _exchange(self, code: str) -> Mapping[str, Any]:
        secret = self._settings.slack_client_secret
        given = {
            "client_id": self._settings.slack_client_id, "code": code, **self._redirect_uri(),
            "client_secret": secret.get_secret_value() if secret else "",
        }  # fmt: skip
        answer = await self._tools.workspaces.stranger().api_call("oauth.v2.access", data=given)
        granted: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        if granted.get("refresh_token"):
            log.error(
                "token_rotation_is_on", remedy="The app rotates its tokens, which Onward does not do: switch it off."
            )
            raise NotInstalled("refused")
        return granted

    async def _install(self, granted: Mapping[str, Any]) -> Install:
        """What was granted, once Slack has confirmed the token. A grant without what is needed is given back."""
        client = self._tools.workspaces.stranger(str(granted["access_token"]))
        confirmed = await client.auth_test()
        org_wide = bool(granted.get("is_enterprise_install"))
        given = granted_scopes(confirmed.headers) or frozenset(str(granted.get("scope", "")).split(","))
        if missing := self._scopes.needed - given:
            await client.auth_revoke()
            raise NotInstalled("missing", missing=missing)
        return Install(
            team=str((granted["enterprise"] if org_wide else granted["team"])["id"]), token=client.token or "",
            bot_user_id=str(granted["bot_user_id"]), bot_id=str(confirmed["bot_id"]), scopes=given,
            installer=(granted.get("authed_user") or {}).get("id"), org_wide=org_wide,
            zone=self._settings.default_timezone, country=self._settings.default_country,
        )  # fmt: skip

    def _installed(self, request: web.Request, granted: Mapping[str, Any], install: Install) -> web.Response:
        locale = self._tools.library.locale(language(request))
        place = (granted.get("enterprise") if install.org_wide else granted.get("team")) or {}
        link = locale.phrase("slack.app_link", team=install.team, app=str(granted.get("app_id", "")))
        page = pages.installed(
            locale, self._house, place=str(place.get("name") or place.get("id")), link="" if install.org_wide else link,
            declined=sorted(self._scopes.optional - install.scopes), command=COMMANDS[-1],
        )  # fmt: skip
        return shown(page)

    def _not_installed(self, request: web.Request, wrong: NotInstalled) -> web.Response:
        locale = self._tools.library.locale(language(request))
        page = pages.not_installed(locale, self._house, why=wrong.why, missing=sorted(wrong.missing))
        return shown(page, status=wrong.status)

    def _redirect_uri(self) -> dict[str, str]:
        """Without PUBLIC_URL Slack takes the first one it was told on the app's page."""
        public = self._settings.public_url
        return {"redirect_uri": f"{public}/slack/oauth_redirect"} if public else {}

    def _cookie(self) -> dict[str, Any]:
        secure = urlsplit(self._settings.public_url or "").scheme == "https"
        return {"path": f"{self._settings.base_path}/slack", "httponly": True, "samesite": "Lax", "secure": secure}


def _authorize_url(api_url: str) -> str:
    """Slack's page stands beside its Web API, at Slack as on a stand-in."""
    return api_url.removesuffix("api/") + "oauth/v2/authorize"
