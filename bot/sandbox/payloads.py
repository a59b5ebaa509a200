"""What Slack sends to the bot, field by field (docs: "Slash commands", "Interaction payloads")."""

from __future__ import annotations

from bot.sandbox.kinds import Json
from bot.sandbox.people import User
from bot.sandbox.platform import Platform
from bot.sandbox.receipts import Receipt
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.views import View
from bot.sandbox.workspace import Channel, Message


def command(platform: Platform, user: User, channel: Channel, name: str, text: str) -> Json:
    """No thread_ts: Slack does not say in which thread a command was typed, since it cannot be."""
    workspace = platform.workspace
    return {
        "token": platform.world.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": platform.app_id,
        "is_enterprise_install": str(platform.org_wide).lower(),
        "response_url": platform.response_url("commands", ResponseUrl(user.id, channel.id, platform.clock.unix())),
        "trigger_id": platform.triggers.mint(user.id),
    } | ({"enterprise_id": platform.org.id, "enterprise_name": platform.org.name} if platform.org else {})


def channel_name(channel: Channel) -> str:
    if channel.is_mpim:
        return channel.name
    return "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name


def _interaction(platform: Platform, kind: str, user: User, view_id: str | None = None) -> Json:
    workspace = platform.workspace
    return {
        "type": kind, "token": platform.world.verification_token, "api_app_id": platform.app_id,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.team_id},
        "enterprise": {"id": platform.org.id, "name": platform.org.name} if platform.org else None,
        "is_enterprise_install": platform.org_wide, "trigger_id": platform.triggers.mint(user.id, view_id),
    }  # fmt: skip


def message_action(platform: Platform, user: User, message: Message, action: Json) -> Json:
    """A press in a message."""
    channel = platform.workspace.channels[message.channel]
    hook = ResponseUrl(user.id, channel.id, platform.clock.unix(), message, message.thread_ts)
    return _interaction(platform, "block_actions", user) | _message_part(platform, message) | {
        "state": {"values": message.values.get(user.id, {})}, "actions": [action],
        "response_url": platform.response_url("actions", hook),
    }  # fmt: skip


def _message_part(platform: Platform, message: Message) -> Json:
    """Where it was done. An ephemeral message is not sent along: Slack does not keep it."""
    channel = platform.workspace.channels[message.channel]
    container: Json = {
        "type": "message", "message_ts": message.ts, "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }  # fmt: skip
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    part: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return part if message.ephemeral_to else part | {"message": platform.workspace.as_slack(message)}


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


def suggestion(platform: Platform, user: User, surface: View | Message, block_id: str, action_id: str) -> Json:
    """What was typed into an external select is added as ``value``."""
    payload = _interaction(platform, "block_suggestion", user) | {"action_id": action_id, "block_id": block_id}
    del payload["trigger_id"]
    if isinstance(surface, View):
        return payload | {"container": {"type": "view", "view_id": surface.id}, "view": platform.view_object(surface)}
    return payload | _message_part(platform, surface)


def offered(receipt: Receipt) -> list[Json]:
    """The options of an answer to block_suggestion, groups opened; what is no list of options offers nothing."""
    body = receipt.parsed() or {} if receipt.ok else {}
    groups = [{"options": body.get("options")}, *(body.get("option_groups") or ())]
    return [each for group in groups for each in group.get("options") or ()]
