"""Which workspace a call is about: the one of its token; with the token of an org the one its arguments point at."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.kinds import ApiError
from bot.sandbox.platform import Platform
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.world import World

# docs: "APIs for org-ready apps": a token of an org has to say which workspace these are about.
NEEDS_TEAM = {"conversations.create", "conversations.list", "users.conversations", "users.list"}


def acting(world: World, args: Arguments, method: str) -> Platform:
    """The first workspace for a call nobody's token came with: it will be refused, or needs none.

    Raises ApiError when a token of an org does not say enough.
    """
    reached = list(world.of_token(args.token)) if args.token else []
    if not reached:
        return world.first
    if not reached[0].org_wide:
        return reached[0]
    if team := args.text("team_id"):
        return _of_team(reached, team)
    if method in NEEDS_TEAM:
        raise ApiError("missing_argument")
    return next((each for each in reached if _knows(each, args)), reached[0])


def _of_team(reached: Sequence[Platform], team: str) -> Platform:
    for each in reached:
        if each.workspace.team_id == team:
            return each
    raise ApiError("team_access_not_granted")


def _knows(platform: Platform, args: Arguments) -> bool:
    """By channel, person, view, trigger or file: all of them have ids of their own."""
    workspace, people = platform.workspace, (args.text("users") or "").split(",")
    people += [args.text("user") or "", args.text("user_id") or ""]
    return (
        (args.text("channel") or args.text("channel_id")) in workspace.channels
        or any(each.strip() in workspace.users and each != platform.bot_user_id for each in people)
        or platform.views.find(args.text("view_id"), args.text("external_id")) is not None
        or platform.triggers.knows(args.text("trigger_id") or args.text("interactivity_pointer") or "")
        or args.text("file") in platform.files
    )
