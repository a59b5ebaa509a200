"""reactions.*: small signs under a message."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.registry import Method


def _under(platform: Platform, args: Arguments) -> dict[str, list[str]]:
    channel = targets.joined(platform, args.text("channel"))
    message = targets.message(platform, channel, args.text("timestamp"))
    return platform.reactions.setdefault((channel.id, message.ts), {})


def add(platform: Platform, args: Arguments) -> Json:
    people = _under(platform, args).setdefault(args.needed("name"), [])
    if platform.bot_user_id in people:
        raise ApiError("already_reacted")
    people.append(platform.bot_user_id)
    platform.changes.happened()
    return {}


def remove(platform: Platform, args: Arguments) -> Json:
    people = _under(platform, args).get(args.needed("name"), [])
    if platform.bot_user_id not in people:
        raise ApiError("no_reaction")
    people.remove(platform.bot_user_id)
    platform.changes.happened()
    return {}


def get(platform: Platform, args: Arguments) -> Json:
    under = _under(platform, args)
    channel = targets.joined(platform, args.text("channel"))
    message = targets.message(platform, channel, args.text("timestamp"))
    shown = [{"name": name, "users": who, "count": len(who)} for name, who in under.items() if who]
    return {
        "type": "message", "channel": channel.id,
        "message": platform.workspace.as_slack(message) | {"reactions": shown},
    }  # fmt: skip


_WHERE = ("channel", "timestamp")
METHODS = (
    Method("reactions.add", add, "reactions:write", "3", (*_WHERE, "name")),
    Method("reactions.remove", remove, "reactions:write", "2", (*_WHERE, "name")),
    Method("reactions.get", get, "reactions:read", "3", _WHERE, ("full",)),
)
