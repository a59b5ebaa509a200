"""The app is removed from a workspace, or its token is taken back: nothing is sent any more, at once."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.tools import Tools


def register(app: AsyncApp) -> None:
    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)


async def uninstalled(context: AsyncBoltContext, tools: Tools) -> None:
    await _leave(context.team_id or "", tools)


async def revoked(event: dict[str, Any], context: AsyncBoltContext, tools: Tools) -> None:
    if event.get("tokens", {}).get("bot"):
        await _leave(context.team_id or "", tools)


async def _leave(team: str, tools: Tools) -> None:
    await tools.store.workspaces.uninstall(team)
    tools.workspaces.forget(team)
