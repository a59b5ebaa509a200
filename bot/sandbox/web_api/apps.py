"""What concerns the app itself: its token, its socket, and the test of its blocks."""

from __future__ import annotations

from bot.sandbox.block_kit import check_message, check_view
from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.content import refuse_blocks
from bot.sandbox.web_api.paging import page_of
from bot.sandbox.web_api.registry import Method


def api_test(platform: Platform, args: Arguments) -> Json:
    if error := args.text("error"):
        raise ApiError(error, args=args.values)
    return {"args": args.values} if args.values else {}


def auth_test(platform: Platform, args: Arguments) -> Json:
    """The token of an org answers for the org, not for one of its workspaces."""
    workspace = platform.workspace
    org = platform.org if platform.org_wide else None
    whose = org or workspace
    answer: Json = {
        "url": f"https://{whose.domain}.slack.com/", "team": whose.name,
        "user": workspace.users[platform.bot_user_id].name, "team_id": org.id if org else workspace.team_id,
        "user_id": platform.bot_user_id, "bot_id": platform.bot_id, "is_enterprise_install": org is not None,
    }  # fmt: skip
    return answer | ({"enterprise_id": platform.org.id} if platform.org else {})


def teams_list(platform: Platform, args: Arguments) -> Json:
    """The workspaces this token is good in."""
    reached = platform.world.of_token(platform.bot_token)
    teams = [{"id": each.workspace.team_id, "name": each.workspace.name} for each in reached]
    page, more = page_of(teams, args, len(teams), 1000)
    return {"teams": page} | more


def connections_open(platform: Platform, args: Arguments) -> Json:
    if not platform.world.socket_mode:
        raise ApiError("socket_mode_not_enabled")
    address = platform.url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={platform.hub.ticket()}&app_id={platform.app_id}"}


def blocks_validate(platform: Platform, args: Arguments) -> Json:
    """The public check; it does not miss a top-level text (slack-skills-plugin)."""
    blocks = args.parsed("blocks", ApiError("invalid_blocks_format"))
    view = args.parsed("view", ApiError("invalid_arguments"))
    if isinstance(view, dict):
        refuse_blocks(check_view(view), "invalid_arguments")
    else:
        if not isinstance(blocks, list):
            raise ApiError("invalid_blocks_format")
        refuse_blocks(check_message({"blocks": blocks}))
    return {}


METHODS = (
    Method("api.test", api_test, None, "4", (), ("foo", "error"), "none"),
    Method("auth.test", auth_test, None, "special"),
    Method("auth.teams.list", teams_list, None, "2", (), ("cursor", "limit", "include_icon")),
    Method("apps.connections.open", connections_open, None, "3", token="app"),
    Method("blocks.validate", blocks_validate, None, "3", (), ("blocks", "view", "message", "surface"), "none"),
)
