"""conversations.*: open a DM, read it back, look around, join."""

from __future__ import annotations

import time

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.paging import page_of, window
from bot.sandbox.web_api.registry import Method, require_scope
from bot.sandbox.workspace import Channel, Message

_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
_PAGING = ("cursor", "limit", "latest", "oldest", "inclusive", "include_all_metadata")


MOST_IN_GROUP_DM = 8


def open_dm(platform: Platform, args: Arguments) -> Json:
    """With one member, or with up to eight for a group DM, which needs a scope of its own."""
    if name := args.text("channel"):
        return _opened(targets.channel(platform, name), args, already=True)
    names = list(dict.fromkeys(each.strip() for each in (args.text("users") or "").split(",") if each.strip()))
    if not names:
        raise ApiError("users_list_not_supplied")
    require_scope(platform, "im:write" if len(names) == 1 else "mpim:write")
    if len(names) > MOST_IN_GROUP_DM:
        raise ApiError("too_many_users")
    for name in names:
        _can_be_written_to(platform, name)
    before = len(platform.workspace.channels)
    channel = platform.dm_of(names[0]) if len(names) == 1 else platform.group_dm_of(names)
    platform.changes.happened()
    return _opened(channel, args, already=len(platform.workspace.channels) == before)


def _can_be_written_to(platform: Platform, name: str) -> None:
    user = targets.user(platform, name)
    if user.is_bot:
        raise ApiError("cannot_dm_bot")
    if user.deleted:
        raise ApiError("user_disabled")


def _opened(channel: Channel, args: Arguments, *, already: bool) -> Json:
    shown = channel.as_slack("") if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if already else {})


def history(platform: Platform, args: Arguments) -> Json:
    """Top-level messages only, newest first. Replies are for conversations.replies."""
    channel = _readable(platform, args)
    shown = [each for each in platform.workspace.kept(channel.id) if not each.is_reply]
    found = window(_visible(platform, shown, "conversations.history"), args)
    page, more = page_of(found[::-1], args, 100, 999)
    messages = [platform.workspace.as_slack(each, metadata=args.flag("include_all_metadata")) for each in page]
    return {"messages": messages, "pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0} | more


def replies(platform: Platform, args: Arguments) -> Json:
    """The parent first, then its replies, oldest first. Of a reply's own ts only that reply comes back."""
    channel = _readable(platform, args)
    parent = platform.workspace.find(channel.id, args.text("ts") or "")
    if parent is None:
        raise ApiError("thread_not_found")
    below = [] if parent.is_reply else platform.workspace.replies(parent)
    found = window(_visible(platform, below, "conversations.replies"), args)
    page, more = page_of([parent, *found], args, 1000, 1000)
    messages = [platform.workspace.as_slack(each, metadata=args.flag("include_all_metadata")) for each in page]
    return {"messages": messages} | more


def _readable(platform: Platform, args: Arguments) -> Channel:
    channel = targets.channel(platform, args.text("channel"))
    require_scope(platform, f"{channel.kind}:history")
    return targets.joined(platform, channel.id)


def _visible(platform: Platform, messages: list[Message], method: str) -> list[Message]:
    """A lagging history does not know yet what was posted a moment ago (a fault, see faults)."""
    lag = platform.faults.lag(method)
    return [each for each in messages if not lag or not each.posted_at or time.monotonic() - each.posted_at > lag]


def info(platform: Platform, args: Arguments) -> Json:
    channel = targets.channel(platform, args.text("channel"))
    require_scope(platform, f"{channel.kind}:read")
    return {"channel": channel.as_slack(platform.bot_user_id)}


def members(platform: Platform, args: Arguments) -> Json:
    channel = targets.channel(platform, args.text("channel"))
    require_scope(platform, f"{channel.kind}:read")
    page, more = page_of(channel.members, args, 100, 1000)
    return {"members": page, "response_metadata": {"next_cursor": ""}} | _cursor(more)


def list_channels(platform: Platform, args: Arguments) -> Json:
    kinds = _kinds(platform, args)
    return _listed(platform, args, [each for each in platform.workspace.channels.values() if each.kind in kinds])


def _kinds(platform: Platform, args: Arguments) -> list[str]:
    kinds = [_TYPES.get(each.strip(), "") for each in (args.text("types") or "public_channel").split(",")]
    if not all(kinds):
        raise ApiError("invalid_types")
    for kind in kinds:
        require_scope(platform, f"{kind}:read")
    return kinds


def _listed(platform: Platform, args: Arguments, channels: list[Channel]) -> Json:
    seen = [each for each in channels if each.kind == "channels" or platform.bot_user_id in each.members]
    seen = [each for each in seen if not (args.flag("exclude_archived") and each.is_archived)]
    page, more = page_of(seen, args, 100, 1000)
    shown = [each.as_slack(platform.bot_user_id) for each in page]
    return {"channels": shown, "response_metadata": {"next_cursor": ""}} | _cursor(more)


def users_conversations(platform: Platform, args: Arguments) -> Json:
    kinds = _kinds(platform, args)
    user = targets.user(platform, args.text("user") or platform.bot_user_id).id
    every = platform.workspace.channels.values()
    return _listed(platform, args, [each for each in every if user in each.members and each.kind in kinds])


def _cursor(more: Json) -> Json:
    return {"response_metadata": more["response_metadata"]} if "response_metadata" in more else {}


def join(platform: Platform, args: Arguments) -> Json:
    channel = targets.channel(platform, args.text("channel"))
    if channel.kind != "channels":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if platform.bot_user_id in channel.members:
        return {"channel": channel.as_slack(platform.bot_user_id), "warning": "already_in_channel"}
    channel.members.append(platform.bot_user_id)
    platform.changes.happened()
    return {"channel": channel.as_slack(platform.bot_user_id)}


def leave(platform: Platform, args: Arguments) -> Json:
    channel = targets.joined(platform, args.text("channel"))
    if channel.is_im or channel.is_mpim:
        raise ApiError("method_not_supported_for_channel_type")
    require_scope(platform, "groups:write" if channel.is_private else "channels:manage")
    if channel.name == "general":
        raise ApiError("cant_leave_general")
    channel.members.remove(platform.bot_user_id)
    platform.changes.happened()
    return {}


METHODS = (
    Method("conversations.open", open_dm, None, "3", (), ("channel", "users", "return_im", "prevent_creation")),
    Method("conversations.history", history, None, "3", ("channel",), _PAGING),
    Method("conversations.replies", replies, None, "3", ("channel", "ts"), _PAGING),
    Method("conversations.info", info, None, "3", ("channel",), ("include_locale", "include_num_members")),
    Method("conversations.members", members, None, "4", ("channel",), ("cursor", "limit")),
    Method(
        "conversations.list", list_channels, None, "2", (), ("cursor", "limit", "types", "exclude_archived", "team_id")
    ),
    Method("conversations.join", join, "channels:join", "3", ("channel",)),
    Method("conversations.leave", leave, None, "3", ("channel",)),
    Method(
        "users.conversations", users_conversations, None, "3", (),
        ("user", "cursor", "limit", "types", "exclude_archived", "team_id"),
    ),
)  # fmt: skip
