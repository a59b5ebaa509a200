"""users.*, team.info, bots.info: who is here."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.paging import page_of
from bot.sandbox.web_api.registry import Method


def users_info(platform: Platform, args: Arguments) -> Json:
    user = targets.user(platform, args.text("user"))
    return {"user": user.as_slack(platform.clock.now(), include_locale=args.flag("include_locale"))}


def users_list(platform: Platform, args: Arguments) -> Json:
    """Deactivated members are in the list; who reads it has to look at ``deleted``."""
    everyone = list(platform.workspace.users.values())
    page, more = page_of(everyone, args, len(everyone), 1000)
    now = platform.clock.now()
    shown = [each.as_slack(now, include_locale=args.flag("include_locale")) for each in page]
    cursor = more.get("response_metadata", {"next_cursor": ""})
    return {"members": shown, "cache_ts": int(platform.clock.unix()), "response_metadata": cursor}


def users_profile_get(platform: Platform, args: Arguments) -> Json:
    user = targets.user(platform, args.text("user") or platform.bot_user_id)
    return {"profile": user.as_slack(platform.clock.now())["profile"]}


def team_info(platform: Platform, args: Arguments) -> Json:
    workspace = platform.workspace
    team = {
        "id": workspace.team_id, "name": workspace.name, "domain": workspace.domain, "email_domain": "",
        "url": f"https://{workspace.domain}.slack.com/", "icon": {"image_default": True},
    }  # fmt: skip
    return {"team": team}


def bots_info(platform: Platform, args: Arguments) -> Json:
    if args.text("bot") not in (None, "", platform.bot_id):
        raise ApiError("bot_not_found")
    bot = {
        "id": platform.bot_id, "deleted": False, "name": platform.manifest.bot_name, "updated": 0,
        "app_id": platform.app_id, "user_id": platform.bot_user_id, "icons": {},
    }  # fmt: skip
    return {"bot": bot}


METHODS = (
    Method("users.info", users_info, "users:read", "4", ("user",), ("include_locale",)),
    Method("users.list", users_list, "users:read", "2", (), ("cursor", "limit", "include_locale", "team_id")),
    Method("users.profile.get", users_profile_get, "users.profile:read", "4", (), ("user", "include_labels")),
    Method("team.info", team_info, "team:read", "3", (), ("team", "domain")),
    Method("bots.info", bots_info, "users:read", "3", (), ("bot", "team_id")),
)
