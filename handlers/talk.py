"""Someone to talk to: the page, and another country's lines on it. Nothing is noted about who opened it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import sharing
from bot.answers import in_place, lay_over, show
from bot.coaching import doors
from bot.countries import guess
from bot.listening import lines_in
from bot.store.values import Member
from bot.tools import Tools
from messages import crisis, presses
from messages import talk as words
from messages.blocks import Message
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(presses.Talk.id)(talk)
    app.action(presses.TalkCountry.id)(another_country)


async def talk(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    """The member's own country, else the workspace's, else a guess from the zone. Never from the language.

    Pressed in a form or under what it turned into, the page lies over it: what was written is still there below.
    """
    page = await _page(member, locale, tools, member.country or guess(member.zone))
    if (body.get("view") or {}).get("type") == "modal":
        await lay_over(client, body, words.view(locale, page))
    else:
        await show(client, body, words.view(locale, page), respond, instead=page)
    await ack()


async def another_country(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Shown at once. It is only a look: what somebody reads here is no fact of ours."""
    page = await _page(member, locale, tools, presses.TalkCountry.chosen(action) or crisis.INTERNATIONAL)
    if body.get("view"):
        await show(client, body, words.view(locale, page), respond, instead=page)
    else:
        await in_place(respond, page)
    await ack()


async def _page(member: Member, locale: Locale, tools: Tools, country: str | None) -> Message:
    at_hand = [*await doors(member, locale, tools), *await sharing.doors(member, locale, tools)]
    return words.page(locale, lines_in(member, country), crisis.countries(), country=country, doors=at_hand)
