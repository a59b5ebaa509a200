"""conversations.create, invite, kick, setTopic and their like: what an app does to a channel itself."""

from __future__ import annotations

import re

from bot.sandbox.kinds import ApiError, Json, random_id
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.registry import Method, require_scope
from bot.sandbox.workspace import Channel

_NAME = re.compile(r"[\w-]{1,80}")
LONGEST_TOPIC = 250
MOST_INVITED = 1000


def create(platform: Platform, args: Arguments) -> Json:
    private = args.flag("is_private")
    require_scope(platform, "groups:write" if private else "channels:manage")
    name = args.needed("name")
    if len(name) > 80:
        raise ApiError("invalid_name_maxlength")
    if not _NAME.fullmatch(name) or name != name.lower():
        raise ApiError("invalid_name_specials")
    if platform.workspace.channel(name) is not None:
        raise ApiError("name_taken")
    channel = Channel(
        random_id("C"), name, [platform.bot_user_id], is_private=private, created=int(platform.clock.unix())
    )
    platform.workspace.add_channel(channel)
    return _shown(platform, channel)


def invite(platform: Platform, args: Arguments) -> Json:
    """All or nobody: one wrong name refuses the call."""
    channel = _managed(platform, args)
    names = [each.strip() for each in (args.text("users") or "").split(",") if each.strip()]
    if not names:
        raise ApiError("no_user")
    if len(names) > MOST_INVITED:
        raise ApiError("too_many_users")
    for name in names:
        _can_come(platform, channel, name)
    channel.members += names
    for name in names:
        event: Json = {
            "type": "member_joined_channel", "user": name, "channel": channel.id,
            "channel_type": "G" if channel.is_private else "C", "team": platform.workspace.team_id,
            "inviter": platform.bot_user_id, "event_ts": platform.clock.ts(),
        }  # fmt: skip
        platform.emit("member_joined_channel", event)
    return _shown(platform, channel)


def _can_come(platform: Platform, channel: Channel, name: str) -> None:
    user = platform.workspace.users.get(name)
    if user is None or user.deleted:
        raise ApiError("user_not_found")
    if name == platform.bot_user_id:
        raise ApiError("cant_invite_self")
    if name in channel.members:
        raise ApiError("already_in_channel")


def kick(platform: Platform, args: Arguments) -> Json:
    channel = _managed(platform, args)
    user = targets.user(platform, args.text("user"))
    if user.id == platform.bot_user_id:
        raise ApiError("cant_kick_self")
    if channel.name == "general":
        raise ApiError("cant_kick_from_general")
    if user.id not in channel.members:
        raise ApiError("not_in_channel")
    channel.members.remove(user.id)
    platform.changes.happened()
    return {}


def archive(platform: Platform, args: Arguments) -> Json:
    channel = _managed(platform, args)
    if channel.name == "general":
        raise ApiError("cant_archive_general")
    channel.is_archived = True
    platform.changes.happened()
    return {}


def set_topic(platform: Platform, args: Arguments) -> Json:
    channel = _managed(platform, args)
    channel.topic = _short(args, "topic")
    return _shown(platform, channel)


def set_purpose(platform: Platform, args: Arguments) -> Json:
    channel = _managed(platform, args)
    channel.purpose = _short(args, "purpose")
    return _shown(platform, channel)


def _short(args: Arguments, name: str) -> str:
    words = args.text(name) or ""
    if len(words) > LONGEST_TOPIC:
        raise ApiError("too_long")
    return words


def _managed(platform: Platform, args: Arguments) -> Channel:
    """A channel the bot is in, may write to, and that is no DM."""
    channel = targets.channel(platform, args.text("channel"))
    if channel.is_im or channel.is_mpim:
        raise ApiError("method_not_supported_for_channel_type")
    require_scope(platform, "groups:write" if channel.is_private else "channels:manage")
    if channel.is_archived:
        raise ApiError("is_archived")
    return targets.joined(platform, channel.id)


def _shown(platform: Platform, channel: Channel) -> Json:
    platform.changes.happened()
    return {"channel": channel.as_slack(platform.bot_user_id)}


METHODS = (
    Method("conversations.create", create, None, "2", ("name",), ("is_private", "team_id")),
    Method("conversations.invite", invite, None, "3", ("channel",), ("users", "force")),
    Method("conversations.kick", kick, None, "3", ("channel", "user")),
    Method("conversations.archive", archive, None, "2", ("channel",)),
    Method("conversations.setTopic", set_topic, None, "2", ("channel", "topic")),
    Method("conversations.setPurpose", set_purpose, None, "2", ("channel", "purpose")),
)
