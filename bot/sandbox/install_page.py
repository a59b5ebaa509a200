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
from bot.sandbox.people import User
from bot.sandbox.world import World

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
    def __init__(self, world: World) -> None:
        self._world = world

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
        except ApiError as wrong:
            return _refused(wrong)
        where, user = self._who(form.get("user", ""), form.get("team", ""))
        if where is None:
            return web.Response(status=400, text="Nobody here has this user id.")
        said = {"error": "access_denied"}
        if form.get("decision") == "allow":
            grant = Grant(where, scopes, user, form.get("redirect_uri"), self._world.clock.unix())
            said = {"code": self._world.installs.grant(grant)}
        raise web.HTTPFound(_with_query(place, said | {"state": form.get("state", "")}))

    def _asked(self, said: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
        """Where to go back to, and the scopes; ApiError when the address is wrong."""
        installs = self._world.installs
        if said.get("client_id") != installs.client_id:
            raise ApiError("invalid_client_id")
        if not self._places(said.get("team", "")):
            raise ApiError("invalid_team")
        place = installs.place_to_return(said.get("redirect_uri"))
        return place, installs.scopes_asked(said.get("scope", ""))

    def _places(self, team: str) -> dict[str, tuple[str, list[User]]]:
        """Where it can be installed, by id: name and people. An org stands beside its workspaces, for its admins."""
        found: dict[str, tuple[str, list[User]]] = {}
        for each in self._world.platforms.values():
            people = [one for one in each.workspace.users.values() if not one.is_bot and not one.deleted]
            found[each.workspace.team_id] = (each.workspace.name, people)
            if each.org and self._world.manifest.org_deploy:
                name, admins = f"{each.org.name} (the whole organization)", found.get(each.org.id, ("", []))[1]
                found[each.org.id] = (name, admins + [one for one in people if one.role == "admin"])
        return {name: each for name, each in found.items() if team in ("", name)}

    def _who(self, chosen: str, team: str) -> tuple[str | None, str]:
        """``U…``, or ``E…/U…`` for a whole org."""
        wanted, _, user = chosen.rpartition("/")
        for where, (_, people) in self._places(wanted or team).items():
            if where.startswith("E") == wanted.startswith("E") and any(one.id == user for one in people):
                return where, user
        return None, user

    def _drawn(self, query: Mapping[str, str]) -> str:
        fields = [
            f'<input type="hidden" name="{name}" value="{escape(query[name])}">' for name in _PASSED if name in query
        ]
        places = self._places(query.get("team", ""))
        alone = len(places) == 1
        scopes = [f"<li>{escape(each)}</li>" for each in self._world.installs.scopes_asked(query.get("scope", ""))]
        return _PAGE.substitute(
            app=escape(self._world.manifest.name), path=PATH, fields="\n".join(fields), scopes="\n".join(scopes),
            workspace=escape(next(iter(places.values()))[0]) if alone else "a workspace",
            people="\n".join(_group(where, name, people, alone=alone) for where, (name, people) in places.items()),
        )  # fmt: skip


def _group(where: str, name: str, people: list[User], *, alone: bool) -> str:
    prefix, place = f"{where}/" if where.startswith("E") else "", "" if alone else f", {name}"
    options = [
        f'<option value="{prefix}{each.id}">{escape(each.real_name + place)}</option>' for each in people
    ]  # fmt: skip
    return f'<optgroup label="{escape(name)}">{"".join(options)}</optgroup>'


def _refused(wrong: ApiError) -> web.Response:
    return web.Response(status=400, text=f"{wrong.error}: {_WRONG[wrong.error]}")


def _with_query(address: str, said: dict[str, str]) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(said))))
    return urlunsplit(parts._replace(query=query))
