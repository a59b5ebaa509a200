"""Before any handler: who is this, and in which language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncBoltContext

from bot.log import person
from bot.store.values import Who
from bot.tools import Tools

Next = Callable[[], Awaitable[None]]


def hand_over(tools: Tools) -> Callable[[AsyncBoltContext, Next], Awaitable[None]]:
    """A middleware that puts ``member`` and their ``locale`` where Bolt injects them by name, beside the ``tools``."""

    async def hand(context: AsyncBoltContext, next: Next) -> None:
        who = Who(context.team_id or "", context.user_id or "")
        person(tools.vault.pseudonym(who.team, who.user))
        if client := await tools.workspaces.client(who.team):  # ours counts what fails
            context["client"] = client
        context["member"] = await tools.store.members.find(who)
        context["locale"] = tools.library.locale(context["member"].locale)
        await next()

    return hand
