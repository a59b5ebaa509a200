"""What Slack sends to the bot, field by field (docs: "Slash commands", "Interaction payloads")."""

from __future__ import annotations

from bot.sandbox.kinds import Json
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.views import View
from bot.sandbox.workspace import Channel, Message


def command(platform: Platform, user: User, channel: Channel, name: str, text: str) -> Json:
    """No thread_ts: Slack does not say in which thread a command was typed, since it cannot be."""
    workspace = platform.workspace
    return {
        "token": platform.verification_token, "team_id": workspace.team_id, "team_domain": workspace.domain,
        "channel_id": channel.id, "channel_name": channel_name(channel), "user_id": user.id, "user_name": user.name,
        "command": name, "text": text, "api_app_id": platform.app_id, "is_enterprise_install": "false",
        "response_url": platform.response_url("commands", ResponseUrl(user.id, channel.id, platform.clock.unix())),
        "trigger_id": platform.triggers.mint(user.id),
    }  # fmt: skip


def channel_name(channel: Channel) -> str:
    return "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name


def _interaction(platform: Platform, kind: str, user: User, view_id: str | None = None) -> Json:
    workspace = platform.workspace
    return {
        "type": kind, "token": platform.verification_token, "api_app_id": platform.app_id,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.team_id},
        "enterprise": None, "is_enterprise_install": False, "trigger_id": platform.triggers.mint(user.id, view_id),
    }  # fmt: skip


def message_action(platform: Platform, user: User, message: Message, action: Json) -> Json:
    """A press in a message. An ephemeral message is not sent along: Slack does not keep it."""
    channel = platform.workspace.channels[message.channel]
    hook = ResponseUrl(user.id, channel.id, platform.clock.unix(), message, message.thread_ts)
    container: Json = {
        "type": "message", "message_ts": message.ts, "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }  # fmt: skip
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _interaction(platform, "block_actions", user) | {
        "container": container, "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": message.values.get(user.id, {})}, "actions": [action],
        "response_url": platform.response_url("actions", hook),
    }  # fmt: skip
    if message.ephemeral_to is None:
        payload["message"] = platform.workspace.as_slack(message)
    return payload


def view_action(platform: Platform, user: User, view: View, action: Json) -> Json:
    """A press in a modal or in Home: no channel, no message and no response_url."""
    return _interaction(platform, "block_actions", user, view.id) | {
        "container": {"type": "view", "view_id": view.id}, "view": platform.view_object(view), "actions": [action],
    }  # fmt: skip


def view_submission(platform: Platform, user: User, view: View) -> Json:
    payload = _interaction(platform, "view_submission", user, view.id)
    return payload | {"view": platform.view_object(view), "response_urls": []}


def view_closed(platform: Platform, user: User, view: View, *, cleared: bool) -> Json:
    payload = _interaction(platform, "view_closed", user)
    del payload["trigger_id"]
    return payload | {"view": platform.view_object(view), "is_cleared": cleared}


def shortcut(platform: Platform, user: User, callback_id: str) -> Json:
    return _interaction(platform, "shortcut", user) | {"callback_id": callback_id, "action_ts": platform.clock.ts()}


def message_shortcut(platform: Platform, user: User, callback_id: str, message: Message) -> Json:
    channel = platform.workspace.channels[message.channel]
    hook = ResponseUrl(user.id, channel.id, platform.clock.unix(), None, message.thread_ts)
    return _interaction(platform, "message_action", user) | {
        "callback_id": callback_id, "action_ts": platform.clock.ts(), "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": platform.workspace.as_slack(message), "response_url": platform.response_url("actions", hook),
    }  # fmt: skip


def suggestion(platform: Platform, user: User, view: View, block: Json, element: Json, typed: str) -> Json:
    payload = _interaction(platform, "block_suggestion", user)
    del payload["trigger_id"]
    return payload | {
        "container": {"type": "view", "view_id": view.id}, "view": platform.view_object(view),
        "action_id": element["action_id"], "block_id": block["block_id"], "value": typed,
    }  # fmt: skip
