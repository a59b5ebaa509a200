"""More about my situation: boxes that change the words of a thread's cards. No row, no line in a log, no number."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import situations
from bot.answers import show
from bot.store.values import Member
from bot.tools import Tools
from messages import presses, sentences
from messages import situations as words
from messages.forms import Situation, ticked
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(presses.OpenSituations.id)(open_form)
    app.view(Situation.id)(submitted)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """With the boxes ticked that count now."""
    press = presses.OpenSituations.read(action)
    journey = await tools.store.journeys.find(member.who, press.journey)
    view = words.form(locale, journey.id, ticked=situations.ticked_for(tools, journey))
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, tools: Tools) -> None:
    """Nothing ticked brings the plain words back."""
    journey = await tools.store.journeys.find(member.who, Situation.read(view).journey)
    chosen = ticked(view, words.BOXES)
    situations.hold(tools, journey, [each for each in words.SITUATIONS if each in chosen])
    await tools.store.journeys.draw_again(member.who, journey.id, now=tools.clock.now())
    tools.wake()
    await ack()
