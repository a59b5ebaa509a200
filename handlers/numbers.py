"""Numbers for staff: the view, and the chart as a message to whoever asked for it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import lay_over
from bot.staffed import staff_only
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import center as told
from messages import numbers as words
from messages.blocks import Message
from messages.center_presses import NumbersToMe, OpenNumbers
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(OpenNumbers.id, middleware=[staff_only])(open_numbers)
    app.action(NumbersToMe.id, middleware=[staff_only])(to_me)


async def open_numbers(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    released = await tools.store.numbers.of(member.who.team)
    await lay_over(client, body, words.view(locale, released))
    await ack()


async def to_me(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    now = int(tools.clock.unix())
    await tools.store.numbers.send(member.who, once=str(body["trigger_id"]), now=now)
    tools.wake()
    await lay_over(client, body, told.told(locale, "center.dry_run_sent"))
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """Sent to who is still staff."""
    if not await tools.store.staff.includes(row.who):
        return Skip("staff_no_more")
    member = await tools.store.members.find(row.who)
    released = await tools.store.numbers.of(row.team)
    return words.chart(tools.library.locale(member.locale), released)
