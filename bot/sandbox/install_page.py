"""/oauth/v2/authorize: the page on which a person allows an app into the workspace, or does not."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.sandbox.installs import Grant
from bot.sandbox.kinds import ApiError
from bot.sandbox.platform import Platform

PATH = "/oauth/v2/authorize"
_PAGE = Template((Path(__file__).parent / "install.html").read_text(encoding="utf-8"))
_PASSED = ("client_id", "scope", "redirect_uri", "state", "team")
_WRONG = {
    "invalid_client_id": "No app has this client_id.",
    "no_scopes": "The address asks for no scopes.",
    "invalid_scope": "The address asks for a scope that is not in the app's manifest.",
    "bad_redirect_uri": "redirect_uri is none of the app's redirect URLs and lies below none of them.",
    "invalid_team": "The address names another workspace.",
}


class InstallPage:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def show(self, request: web.Request) -> web.Response:
        try:
            self._asked(request.query)
        except ApiError as wrong:
            return _refused(wrong)
        return web.Response(text=self._drawn(request.query), content_type="text/html")

    async def decide(self, request: web.Request) -> web.Response:
        """Back to the app, with a code or with ``access_denied``; ``state`` goes along as it came."""
        form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        try:
            place, scopes = self._asked(form)
            user = self._platform.workspace.users[form.get("user", "")]
        except ApiError as wrong:
            return _refused(wrong)
        except KeyError:
            return web.Response(status=400, text="Nobody here has this user id.")
        said = {"error": "access_denied"}
        if form.get("decision") == "allow":
            now = self._platform.clock.unix()
            said = {"code": self._platform.installs.grant(Grant(scopes, user.id, form.get("redirect_uri"), now))}
        raise web.HTTPFound(_with_query(place, said | {"state": form.get("state", "")}))

    def _asked(self, said: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
        """Where to go back to, and the scopes; ApiError when the address is wrong."""
        platform = self._platform
        if said.get("client_id") != platform.installs.client_id:
            raise ApiError("invalid_client_id")
        if said.get("team") not in (None, "", platform.workspace.team_id):
            raise ApiError("invalid_team")
        place = platform.installs.place_to_return(said.get("redirect_uri"))
        return place, platform.installs.scopes_asked(said.get("scope", ""))

    def _drawn(self, query: Mapping[str, str]) -> str:
        platform = self._platform
        fields = [
            f'<input type="hidden" name="{name}" value="{escape(query[name])}">' for name in _PASSED if name in query
        ]
        people = [
            f'<option value="{each.id}">{escape(each.real_name)}</option>'
            for each in platform.workspace.users.values() if not each.is_bot and not each.deleted
        ]  # fmt: skip
        scopes = [f"<li>{escape(each)}</li>" for each in platform.installs.scopes_asked(query.get("scope", ""))]
        return _PAGE.substitute(
            app=escape(platform.manifest.name), workspace=escape(platform.workspace.name), path=PATH,
            fields="\n".join(fields), people="\n".join(people), scopes="\n".join(scopes),
        )  # fmt: skip


def _refused(wrong: ApiError) -> web.Response:
    return web.Response(status=400, text=f"{wrong.error}: {_WRONG[wrong.error]}")


def _with_query(address: str, said: dict[str, str]) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(said))))
    return urlunsplit(parts._replace(query=query))
