"""Whom a call is about: the channel, member or message it names, or the reason it cannot have it."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.workspace import Channel, Message


def channel(platform: Platform, name: str | None) -> Channel:
    """Private channels the bot was not invited to do not exist for it; neither do the DMs of others."""
    found = platform.workspace.channel(name or "")
    if found is None or (found.kind != "channels" and platform.bot_user_id not in found.members):
        raise ApiError("channel_not_found")
    return found


def writable(platform: Platform, name: str | None) -> Channel:
    found = channel(platform, name)
    if found.is_archived:
        raise ApiError("is_archived")
    if found.is_im:
        _writable_dm(platform, found)
    elif platform.bot_user_id not in found.members and not (
        found.kind == "channels" and "chat:write.public" in platform.scopes
    ):
        raise ApiError("not_in_channel")
    return found


def _writable_dm(platform: Platform, dm: Channel) -> None:
    if platform.workspace.users[dm.user or ""].deleted:
        raise ApiError("user_disabled")
    if not platform.manifest.messages_tab:
        raise ApiError("messages_tab_disabled")


def joined(platform: Platform, name: str | None) -> Channel:
    found = channel(platform, name)
    if platform.bot_user_id not in found.members:
        raise ApiError("not_in_channel")
    return found


def user(platform: Platform, user_id: str | None) -> User:
    found = platform.workspace.users.get(user_id or "")
    if found is None:
        raise ApiError("user_not_found")
    return found


def message(platform: Platform, place: Channel, ts: str | None) -> Message:
    found = platform.workspace.find(place.id, ts or "")
    if found is None or found.subtype == "tombstone":
        raise ApiError("message_not_found")
    return found
