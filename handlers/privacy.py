"""Who can see this, and deleting everything."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import own_copy
from bot.answers import in_place, show
from bot.center_home import facts_of
from bot.facts import MEMBER
from bot.grammar import COMMANDS, asks
from bot.home import draw_home, is_home
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import center_page, home_presses, presses
from messages import privacy as words
from messages.blocks import Message
from messages.locale import Locale
from messages.privacy import House


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks("privacy")])(privacy_word)
        app.command(name, matchers=[asks("delete")])(delete_word)
        app.command(name, matchers=[asks("export")])(export_word)
    app.action(presses.WhoCanSee.id)(who)
    app.action(presses.DeleteAll.id)(delete)
    app.action(home_presses.TakeCopy.id)(copy)


async def who(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    page = await _who(locale, member, tools, COMMANDS[-1])
    await show(client, body, words.view(locale, page), respond, instead=page)
    await ack()


async def privacy_word(
    ack: AsyncAck, command: dict[str, Any], member: Member, locale: Locale, tools: Tools
) -> None:  # fmt: skip
    page = await _who(locale, member, tools, command["command"])
    await ack(response_type="ephemeral", **page.payload())


async def export_word(ack: AsyncAck, member: Member, locale: Locale, tools: Tools) -> None:
    """A copy of everything, as files in their own messages: a chore brings it."""
    anything = await tools.store.exports.ask(member.who, by="member", now=tools.clock.now())
    await ack(response_type="ephemeral", **words.copy_asked(locale, anything=anything).payload())


async def copy(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The same from Home."""
    anything = await tools.store.exports.ask(member.who, by="member", now=tools.clock.now())
    told = words.copy_asked(locale, anything=anything)
    await show(client, body, words.copy_page(locale, told), respond, instead=told)
    await ack()


async def compose_copy(row: Row, tools: Tools) -> Message | Skip:
    """A part of the copy where no files may be sent, gathered when it is sent."""
    _, number, of = row.subject.split("/")
    parts = own_copy.as_parts(await tools.store.exports.gather(row.who))
    if int(number) > len(parts):
        return Skip("gone")
    member = await tools.store.members.find(row.who)
    return words.copy_part(tools.library.locale(member.locale), parts[int(number) - 1], int(number), int(of))


async def delete_word(ack: AsyncAck, locale: Locale) -> None:
    """Asks once, because it cannot be undone."""
    await ack(response_type="ephemeral", **words.ask_to_delete(locale).payload())


async def delete(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The rows go now, the bot's messages follow, and the receipt says what stays elsewhere."""
    presses.DeleteAll.read(action)
    await tools.store.privacy.delete(member.who)
    tools.held.forget(team=member.who.team, user=member.who.user)
    await tools.store.database.shed_deleted_bytes()
    receipt = words.deleted(locale, operator=tools.settings.operator_name)
    if is_home(body):
        await show(client, body, words.receipt(locale, receipt), respond, instead=receipt)
        await draw_home(client, member, locale, tools)
    else:
        await in_place(respond, receipt)
    await ack()


async def _who(locale: Locale, member: Member, tools: Tools, command: str) -> Message:
    center = await tools.store.centers.find(member.who.team)
    told = center_page.for_members(locale, facts_of(center)) if center.channel else ""
    house = House(tools.settings.operator_name, tools.settings.operator_contact, center.retention_days, told)
    return words.who(locale, MEMBER, house, command=command)
