"""What Slack tells about people: another zone, another language, an account that was closed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.store.values import Who
from bot.tools import Tools


def register(app: AsyncApp) -> None:
    app.event("user_change")(changed)


async def changed(event: dict[str, Any], context: AsyncBoltContext, tools: Tools) -> None:
    """Slack sends this for everybody; only for members we know it changes anything."""
    user = event["user"]
    await tools.profiles.learn(Who(context.team_id or "", user["id"]), user)
    tools.wake()
