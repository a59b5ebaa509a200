"""App Home: where a member stands, drawn whenever it is opened or something on it is pressed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.activity import notice
from bot.home import draw_home
from bot.store.values import Member
from bot.tools import Tools
from messages import presses
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    app.action(presses.HomeStop.id)(stop)
    app.action(presses.HomeTurnOn.id)(turn_on)


async def opened(event: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    if event.get("tab") == "home":
        notice(member, tools, at_home=True)
        await draw_home(client, member, locale, tools)


async def stop(ack: AsyncAck, client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    await tools.store.members.stop(member.who, now=tools.clock.now())
    tools.wake()
    await draw_home(client, member, locale, tools)
    await ack()


async def turn_on(ack: AsyncAck, client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    await tools.store.members.turn_on(member.who, now=tools.clock.now())
    tools.wake()
    await draw_home(client, member, locale, tools)
    await ack()
