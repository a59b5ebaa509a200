"""Before any handler: who is this, and in which language. After it: what they did is noted, and shown on Home."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.home import redraw_home
from bot.log import person
from bot.store.values import Who
from bot.tools import Tools

Next = Callable[[], Awaitable[None]]
SIGNS = ("app_home_opened", "message")  # events that are a member's own doing


def hand_over(tools: Tools) -> Callable[[AsyncBoltContext, Next], Awaitable[None]]:
    """A middleware that puts ``member`` and their ``locale`` where Bolt injects them by name, beside the ``tools``."""

    async def hand(context: AsyncBoltContext, next: Next) -> None:
        who = Who(context.team_id or "", context.user_id or "")
        person(tools.vault.pseudonym(who.team, who.user))
        tools.heard(*who)
        if client := await tools.workspaces.client(who.team):  # ours counts what fails
            context["client"] = client
        context["member"] = await tools.store.members.find(who)
        context["locale"] = tools.library.locale(context["member"].locale)
        await next()

    return hand


def follow(context: AsyncBoltContext, body: Mapping[str, Any], tools: Tools) -> None:
    """After the handler: that the member did something is noted, and their Home shows it. Returns at once."""
    if "member" not in context or not _is_a_sign(body):
        return
    tools.activity.notice(context["member"])
    if not _draws_home_itself(body):
        redraw_home(context["client"], context["member"], tools)


def _is_a_sign(body: Mapping[str, Any]) -> bool:
    """Whether the member did this: Slack also tells about people who did nothing."""
    return "event" not in body or body["event"].get("type") in SIGNS


def _draws_home_itself(body: Mapping[str, Any]) -> bool:
    """Pressed on Home, or Home just opened."""
    return (body.get("view") or {}).get("type") == "home" or body.get("event", {}).get("type") == "app_home_opened"
