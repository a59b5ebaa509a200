"""When check-ins come: the form and what is saved from it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import show
from bot.calendars import HOURS, find_zone
from bot.countries import by_letter, find_country
from bot.grammar import COMMANDS, asks
from bot.home import draw_home, is_home
from bot.store.values import Member
from bot.tools import Tools
from bot.zones import by_region
from messages import preferences as words
from messages import presses
from messages import rejected as sentences
from messages.forms import CheckInTimes, answer
from messages.locale import Locale
from messages.preferences import Choices, Times


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks("settings")])(settings_word)
    app.action(presses.ChangeTime.id)(change_time)
    app.view(CheckInTimes.id)(saved)


async def change_time(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale
) -> None:
    today = Times(member.hour, member.zone, member.country)
    view = words.form(locale, today, Choices(by_region(member.zone), by_letter()), home=is_home(body))
    await show(client, body, view, respond, instead=sentences.sentence(locale, "rejected.slow_form"))
    await ack()


async def settings_word(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale
) -> None:
    await change_time(ack, body, client, respond, member, locale)


async def saved(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    """The member's own hour, zone and country; every planned check-in follows."""
    hour, zone = answer(view, "hour") or member.hour, find_zone(answer(view, "zone"))
    await tools.store.members.choose_times(
        member.who, hour=hour if hour in HOURS else member.hour, zone=zone.key if zone else None,
        country=find_country(answer(view, "country")), now=tools.clock.now(),
    )  # fmt: skip
    tools.wake()
    now = await tools.store.members.find(member.who)
    planned = await tools.store.check_ins.upcoming(member.who)
    day = written.day(locale, now, planned[0][1]) if planned else None
    if CheckInTimes.read(view).home:
        await draw_home(client, member, locale, tools)
    await ack(response_action="update", view=words.saved(locale, day=day, hour=written.hour(now)))
