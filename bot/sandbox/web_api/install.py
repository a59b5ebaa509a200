"""oauth.v2.access, auth.revoke, apps.uninstall: how a token is had and how it ends."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.registry import Method


def access(platform: Platform, args: Arguments) -> Json:
    """A code for a token, once. Id and secret come in the Authorization header or as arguments."""
    platform.installs.is_client(args.text("client_id"), args.text("client_secret"))
    if args.text("grant_type") not in (None, "", "authorization_code"):
        raise ApiError("invalid_grant_type")
    grant = platform.installs.exchange(args.text("code"), args.text("redirect_uri"), platform.clock.unix())
    platform.install(grant.scopes)
    workspace = platform.workspace
    return {
        "access_token": platform.bot_token, "token_type": "bot", "scope": ",".join(platform.scopes),
        "bot_user_id": platform.bot_user_id, "app_id": platform.app_id, "enterprise": None,
        "team": {"id": workspace.team_id, "name": workspace.name}, "authed_user": {"id": grant.user},
        "is_enterprise_install": False,
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
