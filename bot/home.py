"""App Home as it stands, for whichever door changed what a member may be looking at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import publish
from bot.center_home import for_staff
from bot.coaching import at_home
from bot.steps import State
from bot.store.values import Member
from bot.tools import Tools
from messages import home as words
from messages.home import Standing
from messages.locale import Locale


def is_home(body: Mapping[str, Any]) -> bool:
    """Whether it was pressed on Home."""
    return bool((body.get("view") or {}).get("type") == "home")


async def draw_home(client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    standing = await _standing(tools, await tools.store.members.find(member.who), locale)
    view = words.home(locale, standing, operator=tools.settings.operator_name)
    view["blocks"] += await at_home(member, locale, tools)
    view["blocks"] += await for_staff(member, locale, tools)
    await publish(client, member.who.user, view)


async def _standing(tools: Tools, member: Member, locale: Locale) -> Standing:
    """The newest thread with an open step gives the one next step."""
    journeys = await tools.store.journeys.recent(member.who, limit=5)
    planned = await tools.store.check_ins.upcoming(member.who)
    open_ones = [(each, step) for each in journeys for step, state in each.states.items() if state is State.OPEN]
    journey, step = open_ones[0] if open_ones else (None, None)
    place = await tools.store.journeys.place(member.who, journey.id) if journey else None
    return Standing(
        next_step=locale.card(step, journey.stage).title if journey and step else "",
        next_day=written.day(locale, member, planned[0][1]) if planned else "",
        hour=written.hour(member), check_ins_on=member.check_ins_on, has_threads=bool(journeys),
        link=await tools.workspaces.permalink(member.who.team, *place) if place else "",
        newest=journeys[0].id if journeys else "", has_kept=bool(await tools.store.notes.recent(member.who, limit=1)),
    )  # fmt: skip
