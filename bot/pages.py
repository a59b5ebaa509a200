"""The pages for a browser: landing, privacy, support. They load nothing from elsewhere and count nobody."""

from __future__ import annotations

import base64
import hashlib

from aiohttp import web

from bot import scopes
from bot.app import Onward
from bot.facts import MEMBER
from bot.grammar import COMMANDS
from bot.store.installs import GRACE
from messages import pages, privacy
from messages.locale import Locale
from messages.pages import House

USUAL_DAYS = 180  # without a sign of a member; each workspace may set its own


def add(app: web.Application, onward: Onward) -> None:
    doors = Pages(onward)
    app.router.add_get("", doors.landing)
    app.router.add_get("/", doors.landing)
    app.router.add_get("/privacy", doors.privacy)
    app.router.add_get("/support", doors.support)


class Pages:
    def __init__(self, onward: Onward) -> None:
        self._library = onward.tools.library
        settings = onward.settings
        self._house = house(onward)
        self._runs = privacy.House(settings.operator_name, settings.operator_contact, USUAL_DAYS)
        self._scopes = scopes.read()

    async def landing(self, request: web.Request) -> web.Response:
        """What the bot is, how to add it, and what each permission is for."""
        asked = self._scopes
        return shown(
            pages.landing(self._locale(request), self._house, scopes=asked.asked, optional=asked.optional)
        )  # fmt: skip

    async def privacy(self, request: web.Request) -> web.Response:
        """What is kept and who can read it, for members and for a whole workspace."""
        locale = self._locale(request)
        told = privacy.who(locale, MEMBER, self._runs, command=COMMANDS[-1]).text
        return shown(pages.privacy(locale, self._house, told=told, days=GRACE.days))

    async def support(self, request: web.Request) -> web.Response:
        """Whom to ask, and what anybody can do alone."""
        return shown(pages.support(self._locale(request), self._house, command=COMMANDS[-1]))

    def _locale(self, request: web.Request) -> Locale:
        return self._library.locale(language(request))


def house(onward: Onward) -> House:
    settings = onward.settings
    return House(settings.operator_name, settings.operator_contact, settings.base_path, settings.by_oauth)


def language(request: web.Request) -> str:
    """The one the browser names first."""
    return request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()[:35]


def shown(page: str, *, status: int = 200) -> web.Response:
    """A page that may load nothing, run nothing and be framed by nobody."""
    digest = base64.b64encode(hashlib.sha256(pages.style().encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }  # fmt: skip
    return web.Response(text=page, content_type="text/html", status=status, headers=headers)
