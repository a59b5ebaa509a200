"""Who can see this, and deleting everything."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import in_place, show
from bot.grammar import COMMANDS, asks
from bot.store.values import Member
from bot.tools import Tools
from messages import presses
from messages import privacy as words
from messages import rejected as sentences
from messages.blocks import Message
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks("privacy")])(privacy_word)
        app.command(name, matchers=[asks("delete")])(delete_word)
        app.command(name, matchers=[asks("export")])(export_word)
    app.action(presses.WhoCanSee.id)(who)
    app.action(presses.DeleteAll.id)(delete)


async def who(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, locale: Locale, tools: Tools
) -> None:
    page = _who(locale, tools, COMMANDS[-1])
    await show(client, body, words.view(locale, page), respond, instead=page)
    await ack()


async def privacy_word(ack: AsyncAck, command: dict[str, Any], locale: Locale, tools: Tools) -> None:
    await ack(response_type="ephemeral", **_who(locale, tools, command["command"]).payload())


async def export_word(ack: AsyncAck, locale: Locale, tools: Tools) -> None:
    operator = tools.settings.operator_name
    told = sentences.sentence(locale, "rejected.export_not_here", operator=operator)
    await ack(response_type="ephemeral", **told.payload())


async def delete_word(ack: AsyncAck, locale: Locale) -> None:
    """Asks once, because it cannot be undone."""
    await ack(response_type="ephemeral", **words.ask_to_delete(locale).payload())


async def delete(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    """The rows go now, the bot's messages follow, and the receipt says what stays elsewhere."""
    presses.DeleteAll.read(action)
    await tools.store.privacy.delete(member.who)
    tools.held.forget(team=member.who.team, user=member.who.user)
    await tools.store.database.shed_deleted_bytes()
    await in_place(respond, words.deleted(locale, operator=tools.settings.operator_name))
    await ack()


def _who(locale: Locale, tools: Tools, command: str) -> Message:
    operator, contact = tools.settings.operator_name, tools.settings.operator_contact
    return words.who(locale, operator=operator, contact=contact, command=command)
