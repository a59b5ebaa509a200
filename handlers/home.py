"""App Home: where a member stands, drawn whenever it is opened or something on it is pressed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import publish
from bot.steps import State
from bot.store.values import Member
from bot.tools import Tools
from messages import home as words
from messages import presses
from messages.home import Standing
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    app.action(presses.HomeStop.id)(stop)
    app.action(presses.HomeTurnOn.id)(turn_on)


async def opened(event: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    if event.get("tab") == "home":
        await _publish(client, member, locale, tools)


async def stop(ack: AsyncAck, client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    await tools.store.members.stop(member.who, now=tools.clock.now())
    tools.wake()
    await _publish(client, member, locale, tools)
    await ack()


async def turn_on(ack: AsyncAck, client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    await tools.store.members.turn_on(member.who, now=tools.clock.now())
    tools.wake()
    await _publish(client, member, locale, tools)
    await ack()


async def _publish(client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    standing = await _standing(tools, await tools.store.members.find(member.who), locale)
    await publish(client, member.who.user, words.home(locale, standing, operator=tools.settings.operator_name))


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
    )  # fmt: skip
