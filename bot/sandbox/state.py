"""The whole workspace as one JSON object, for the page and for tests in another process."""

from __future__ import annotations

from bot.sandbox.kinds import Json
from bot.sandbox.platform import Platform
from bot.sandbox.views import View
from bot.sandbox.workspace import Message


def state(platform: Platform) -> Json:
    workspace, world = platform.workspace, platform.world
    return {
        "workspaces": [_place(each) for each in world.platforms.values()],
        "now": platform.clock.unix(), "seq": platform.changes.seq,
        "team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain},
        "app": {"id": platform.app_id, "name": platform.manifest.bot_name, "bot_user_id": platform.bot_user_id,
                "bot_id": platform.bot_id, "description": _description(platform)},
        "installed": platform.installed, "install_address": world.install_address,
        "tokens": {"bot": platform.bot_token, "app": world.app_token}, "signing_secret": world.signing_secret,
        "socket_mode": world.socket_mode, "socket_connections": platform.hub.connections,
        "users": [_user(platform, user_id) for user_id in workspace.users],
        "channels": [
            {"id": each.id, "name": each.name, "is_im": each.is_im, "user": each.user, "is_private": each.is_private,
             "is_mpim": each.is_mpim, "is_archived": each.is_archived, "members": each.members}
            for each in workspace.channels.values()
        ],
        "messages": {
            name: [_message(platform, each) for each in sorted(messages, key=lambda each: each.ts)]
            for name, messages in workspace.messages.items()
        },
        "views": {user_id: _views(platform, user_id) for user_id in workspace.users},
        "commands": [_promised(each, "command", "description", "usage_hint")
                     for each in platform.commands.values()],
        "shortcuts": [_promised(each, "name", "callback_id", "description", "type")
                      for each in platform.shortcuts.values()],
        "pages": world.pages, "journal": platform.journal.latest(), "warnings": platform.warnings,
        "unknown_methods": platform.unknown_methods,
        "failures": [{"what": each.what, "reason": each.reason, "status": each.status} for each in platform.failures],
    }  # fmt: skip


def _place(platform: Platform) -> Json:
    """Where else somebody can go."""
    workspace, org = platform.workspace, platform.org
    return {"id": workspace.team_id, "name": workspace.name, "installed": platform.installed,
            "org": {"id": org.id, "name": org.name} if org else None, "org_wide": platform.org_wide}  # fmt: skip


def _description(platform: Platform) -> str:
    return str(platform.manifest.document.get("display_information", {}).get("description", ""))


def _user(platform: Platform, user_id: str) -> Json:
    user = platform.workspace.users[user_id]
    return {"id": user.id, "name": user.name, "real_name": user.real_name, "tz": user.tz, "deleted": user.deleted,
            "is_bot": user.is_bot, "role": user.role}  # fmt: skip


def _message(platform: Platform, message: Message) -> Json:
    """As conversations.history shows it, plus whom an ephemeral one is for, what was chosen in it, and reactions."""
    shown = platform.workspace.as_slack(message, metadata=True)
    if message.ephemeral_to:
        shown["ephemeral_to"] = message.ephemeral_to
    if message.values:
        shown["values"] = message.values
    under = platform.reactions.get((message.channel, message.ts), {})
    if any(under.values()):
        shown["reactions"] = [{"name": name, "users": who, "count": len(who)} for name, who in under.items() if who]
    return shown


def _views(platform: Platform, user_id: str) -> Json:
    home = platform.views.homes.get(user_id)
    return {
        "modals": [_view(platform, each) for each in platform.views.modals.get(user_id, ())],
        "home": _view(platform, home) if home else None,
    }


def _view(platform: Platform, view: View) -> Json:
    return platform.view_object(view) | {"errors": view.errors, "trouble": view.trouble}


def _promised(entry: Json, *names: str) -> Json:
    return {name: entry.get(name, "") for name in names}
