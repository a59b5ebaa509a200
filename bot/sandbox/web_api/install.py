"""oauth.v2.access, auth.revoke, apps.uninstall: how a token is had and how it ends."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform, new_bot_token
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.registry import Method


def access(platform: Platform, args: Arguments) -> Json:
    """A code for a token, once. Id and secret come in the Authorization header or as arguments."""
    platform.installs.is_client(args.text("client_id"), args.text("client_secret"))
    if args.text("grant_type") not in (None, "", "authorization_code"):
        raise ApiError("invalid_grant_type")
    grant = platform.installs.exchange(args.text("code"), args.text("redirect_uri"), platform.clock.unix())
    world, whole = platform.world, platform.world.of_org(grant.place)
    token = new_bot_token()
    for each in whole:
        each.install_for_org(grant.scopes, token)
    place = whole[0] if whole else world.platforms[grant.place]
    if not whole:
        place.install(grant.scopes)
    return _installed(place, grant.user)


def _installed(place: Platform, user: str) -> Json:
    """An install for a whole org names no team."""
    workspace, org = place.workspace, place.org
    return {
        "access_token": place.bot_token, "token_type": "bot", "scope": ",".join(place.scopes),
        "bot_user_id": place.bot_user_id, "app_id": place.app_id, "authed_user": {"id": user},
        "team": None if place.org_wide else {"id": workspace.team_id, "name": workspace.name},
        "enterprise": {"id": org.id, "name": org.name} if org else None, "is_enterprise_install": place.org_wide,
    }  # fmt: skip


def revoke(platform: Platform, args: Arguments) -> Json:
    if args.flag("test"):
        return {"revoked": False}
    platform.uninstall("token_revoked")
    return {"revoked": True}


def uninstall(platform: Platform, args: Arguments) -> Json:
    if args.text("client_id") != platform.installs.client_id:
        raise ApiError("client_id_token_mismatch")
    platform.installs.is_client(args.text("client_id"), args.text("client_secret"))
    platform.uninstall("account_inactive")
    return {}


METHODS = (
    Method(
        "oauth.v2.access", access, None, "special", (),
        ("client_id", "client_secret", "code", "redirect_uri", "grant_type", "refresh_token", "code_verifier"), "none",
    ),
    Method("auth.revoke", revoke, None, "3", (), ("test",)),
    Method("apps.uninstall", uninstall, None, "1", ("client_id", "client_secret")),
)  # fmt: skip
