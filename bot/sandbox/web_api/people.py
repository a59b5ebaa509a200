"""users.*, team.info, bots.info: who is here."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.paging import page_of
from bot.sandbox.web_api.registry import Method

EMAIL_SCOPE = "users:read.email"


def shown(platform: Platform, user: User, args: Arguments) -> Json:
    """The user object; the address only for an app that may see addresses."""
    found = user.as_slack(platform.clock.now(), include_locale=args.flag("include_locale"))
    if EMAIL_SCOPE in platform.scopes and user.email:
        found["profile"]["email"] = user.email
    return found


def users_info(platform: Platform, args: Arguments) -> Json:
    return {"user": shown(platform, targets.user(platform, args.text("user")), args)}


def users_lookup_by_email(platform: Platform, args: Arguments) -> Json:
    """Deactivated members are not found."""
    wanted = args.needed("email").casefold()
    everyone = platform.workspace.users.values()
    found = next((each for each in everyone if each.email == wanted and not each.deleted), None)
    if found is None:
        raise ApiError("users_not_found")
    return {"user": shown(platform, found, args)}


def users_get_presence(platform: Platform, args: Arguments) -> Json:
    """Of anybody but the bot only whether they are there."""
    user = targets.user(platform, args.text("user") or platform.bot_user_id)
    return {"presence": "away" if user.deleted else "active"}


def users_list(platform: Platform, args: Arguments) -> Json:
    """Deactivated members are in the list; who reads it has to look at ``deleted``."""
    everyone = list(platform.workspace.users.values())
    page, more = page_of(everyone, args, len(everyone), 1000)
    members = [shown(platform, each, args) for each in page]
    cursor = more.get("response_metadata", {"next_cursor": ""})
    return {"members": members, "cache_ts": int(platform.clock.unix()), "response_metadata": cursor}


def users_profile_get(platform: Platform, args: Arguments) -> Json:
    user = targets.user(platform, args.text("user") or platform.bot_user_id)
    return {"profile": shown(platform, user, args)["profile"]}


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
    Method("users.lookupByEmail", users_lookup_by_email, EMAIL_SCOPE, "3", ("email",)),
    Method("users.getPresence", users_get_presence, "users:read", "3", (), ("user",)),
    Method("users.profile.get", users_profile_get, "users.profile:read", "4", (), ("user", "include_labels")),
    Method("team.info", team_info, "team:read", "3", (), ("team", "domain")),
    Method("bots.info", bots_info, "users:read", "3", (), ("bot", "team_id")),
)
