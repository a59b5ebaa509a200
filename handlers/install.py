"""The app comes into a workspace, and is taken out of it: then nothing is sent any more, at once."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.grammar import COMMANDS
from bot.store.values import Row
from bot.tools import Tools
from messages import install as words
from messages.blocks import Message


def register(app: AsyncApp) -> None:
    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
    app.event("team_access_revoked")(withdrawn)


async def uninstalled(body: dict[str, Any], context: AsyncBoltContext, tools: Tools) -> None:
    await _leave(_whose(context), body, tools)


async def revoked(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext, tools: Tools) -> None:
    """Slack says so for every token; ours is the bot's. It comes beside an uninstall, before or after it."""
    if event.get("tokens", {}).get("bot"):
        await _leave(_whose(context), body, tools)


async def withdrawn(event: dict[str, Any], body: dict[str, Any], tools: Tools) -> None:
    """An org took the app out of some of its workspaces."""
    for team in event.get("team_ids") or ():
        await _leave(str(team), body, tools)


async def compose(row: Row, tools: Tools) -> Message:
    """The welcome, to whoever installed and to nobody else."""
    member = await tools.store.members.find(row.who)
    locale, operator = tools.library.locale(member.locale), tools.settings.operator_name
    return words.welcome(locale, operator=operator, command=COMMANDS[-1])


def _whose(context: AsyncBoltContext) -> str:
    """The org's install is known by the org's id; Slack names no workspace with it, or any of them."""
    if context.is_enterprise_install and context.enterprise_id:
        return context.enterprise_id
    return context.team_id or ""


async def _leave(team: str, body: dict[str, Any], tools: Tools) -> None:
    now = tools.clock.now()
    at = int(body.get("event_time") or now.timestamp())
    for left in await tools.store.installs.uninstall(team, at=at, now=now):
        tools.workspaces.forget(left)
        tools.held.forget_workspace(left)
        while await tools.store.installs.cancel_some(left):
            pass
