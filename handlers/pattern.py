"""Show my pattern, and the planned break it offers. Counted when it is looked at, and kept nowhere."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import show
from bot.kinds import Kind
from bot.store.values import Member, Row, Who
from bot.tools import Tools
from messages import home_presses, sentences
from messages import pattern as words
from messages.blocks import Message
from messages.locale import Locale
from messages.pattern import Pattern
from messages.press import Press, pressed_view

BREAKS: dict[type[Press], int] = {home_presses.BreakWeek: 7, home_presses.BreakTwoWeeks: 14}


def register(app: AsyncApp) -> None:
    app.action(home_presses.OpenPattern.id)(open_pattern)
    app.action(home_presses.DrawPattern.id)(draw)
    for length in BREAKS:
        app.action(length.id)(take_a_break)


async def open_pattern(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    view = words.view(locale, await _pattern(tools, member.who))
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def draw(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """As a message, the only place in which Slack draws a chart. Pressed twice on one page it is one."""
    await tools.store.deliveries.reply(member.who, Kind.PATTERN, str(pressed_view(body)["id"]), now=tools.clock.now())
    tools.wake()
    view = words.view(locale, await _pattern(tools, member.who), drawn=True)
    await show(client, body, view, respond, instead=sentences.sentence(locale, "pattern.drawn"))
    await ack()


async def take_a_break(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    days, now = next(days for length, days in BREAKS.items() if length.id == action["action_id"]), tools.clock.now()
    until = ""
    if member.check_ins_on:
        await tools.store.members.pause(member.who, days=days, now=now)
        until = written.day(locale, member, written.moment_in(now, days))
        tools.wake()
    view = words.on_a_break(locale, until=until)
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def compose(row: Row, tools: Tools) -> Message:
    """Counted when it is sent."""
    member = await tools.store.members.find(row.who)
    return words.message(tools.library.locale(member.locale), await _pattern(tools, row.who))


async def _pattern(tools: Tools, who: Who) -> Pattern:
    stages, steps = await tools.store.history.stages(who), await tools.store.history.steps_done(who)
    return Pattern({str(each): n for each, n in stages.items()}, {str(each): n for each, n in steps.items()})
