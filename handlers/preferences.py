"""Settings: the form and what is saved from it."""

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
from bot.store.values import Chosen, Member
from bot.tools import Tools
from bot.zones import by_region
from messages import preferences as words
from messages import presses, sentences
from messages.forms import CheckInTimes, answer, ticked
from messages.locale import Locale
from messages.preferences import Choices, Times


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks("settings")])(settings_word)
    app.action(presses.ChangeTime.id)(change_time)
    app.view(CheckInTimes.id)(saved)


async def change_time(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    choices = Choices(by_region(member.zone), by_letter(), tools.library.language_names)
    view = words.form(locale, _today(member), choices, home=is_home(body))
    await show(client, body, view, respond, instead=sentences.sentence(locale, "sentences.slow_form"))
    await ack()


async def settings_word(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    await change_time(ack, body, client, respond, member, locale, tools)


async def saved(ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, tools: Tools) -> None:
    """The member's own settings; every planned check-in follows. What is said of it is in the language chosen."""
    await tools.store.members.choose(member.who, _chosen(view, member, tools), now=tools.clock.now())
    tools.wake()
    now = await tools.store.members.find(member.who)
    locale = tools.library.locale(now.locale)
    planned = await tools.store.check_ins.upcoming(member.who)
    day = written.day(locale, now, planned[0][1]) if planned else None
    if CheckInTimes.read(view).home:
        await draw_home(client, member, locale, tools)
    await ack(response_action="update", view=words.saved(locale, day=day, hour=written.hour(now)))


def _today(member: Member) -> Times:
    language = member.locale if member.locale_chosen else None
    return Times(
        member.hour, member.zone, member.country, member.weekends, member.cadence, member.ask_first, language
    )  # fmt: skip


def _chosen(view: dict[str, Any], member: Member, tools: Tools) -> Chosen:
    """A field that an older form does not have leaves things as they are."""
    hour, zone, language = (
        answer(view, "hour") or member.hour,
        find_zone(answer(view, "zone")),
        answer(view, "language"),
    )
    days, cadence = answer(view, "days"), answer(view, "cadence")
    kept = member.locale if member.locale_chosen and language is None else None
    return Chosen(
        hour=hour if hour in HOURS else member.hour,
        zone=zone.key if zone else None,
        country=find_country(answer(view, "country")),
        weekends=days == words.DAYS[1] if days in words.DAYS else member.weekends,
        cadence=cadence if cadence in words.CADENCES else member.cadence,
        ask_first=words.ASK in ticked(view, words.ASK) if cadence else member.ask_first,
        language=language if language in tools.library.language_names else kept,
    )
