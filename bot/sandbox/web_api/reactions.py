"""reactions.*: small signs under a message."""

from __future__ import annotations

import re

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.paging import page_of
from bot.sandbox.web_api.registry import Method

_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def _under(platform: Platform, args: Arguments) -> dict[str, list[str]]:
    channel = targets.joined(platform, args.text("channel"))
    message = targets.message(platform, channel, args.text("timestamp"))
    return platform.reactions.setdefault((channel.id, message.ts), {})


def add(platform: Platform, args: Arguments) -> Json:
    name = args.needed("name").strip(":")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    people = _under(platform, args).setdefault(name, [])
    if platform.bot_user_id in people:
        raise ApiError("already_reacted")
    people.append(platform.bot_user_id)
    _tell(platform, args, "reaction_added", name)
    return {}


def remove(platform: Platform, args: Arguments) -> Json:
    name = args.needed("name").strip(":")
    people = _under(platform, args).get(name, [])
    if platform.bot_user_id not in people:
        raise ApiError("no_reaction")
    people.remove(platform.bot_user_id)
    _tell(platform, args, "reaction_removed", name)
    return {}


def _tell(platform: Platform, args: Arguments, kind: str, name: str) -> None:
    message = targets.message(platform, targets.joined(platform, args.text("channel")), args.text("timestamp"))
    event: Json = {
        "type": kind, "user": platform.bot_user_id, "reaction": name, "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts}, "event_ts": platform.clock.ts(),
    }  # fmt: skip
    platform.emit(kind, event)
    platform.changes.happened()


def get(platform: Platform, args: Arguments) -> Json:
    under = _under(platform, args)
    channel = targets.joined(platform, args.text("channel"))
    message = targets.message(platform, channel, args.text("timestamp"))
    shown = [{"name": name, "users": who, "count": len(who)} for name, who in under.items() if who]
    return {
        "type": "message", "channel": channel.id,
        "message": platform.workspace.as_slack(message) | {"reactions": shown},
    }  # fmt: skip


def list_own(platform: Platform, args: Arguments) -> Json:
    """What one person (the bot, unless another is named) put under messages the bot can see."""
    user = targets.user(platform, args.text("user") or platform.bot_user_id).id
    items = []
    for (channel_id, ts), under in platform.reactions.items():
        names = [name for name, who in under.items() if user in who]
        message = platform.workspace.find(channel_id, ts)
        if names and message and platform.bot_user_id in platform.workspace.channels[channel_id].members:
            reactions = [{"name": name, "users": under[name], "count": len(under[name])} for name in names]
            said = platform.workspace.as_slack(message) | {"reactions": reactions}
            items.append({"type": "message", "channel": channel_id, "message": said})
    page, more = page_of(items, args, 100, 1000)
    return {"items": page, "response_metadata": more.get("response_metadata", {"next_cursor": ""})}


_WHERE = ("channel", "timestamp")
METHODS = (
    Method("reactions.add", add, "reactions:write", "3", (*_WHERE, "name")),
    Method("reactions.remove", remove, "reactions:write", "2", (*_WHERE, "name")),
    Method("reactions.list", list_own, "reactions:read", "2", (), ("user", "cursor", "limit", "full", "team_id")),
    Method("reactions.get", get, "reactions:read", "3", _WHERE, ("full",)),
)
