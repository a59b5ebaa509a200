"""``share``: staff post the guide for everyone in their channel, after they saw what that means."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.answers import in_place
from bot.center import Center, Feature
from bot.grammar import COMMANDS, asks
from bot.staffed import staff_only
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import guide as words
from messages import sentences
from messages.blocks import Message
from messages.center_page import card_line
from messages.center_presses import GuideToMe, ShareGuide
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks("share")])(share)
    app.action(ShareGuide.id, middleware=[staff_only])(post)
    app.action(GuideToMe.id, middleware=[staff_only])(to_me)


async def share(ack: AsyncAck, member: Member, locale: Locale, tools: Tools) -> None:
    """Nothing is posted by the word alone."""
    center = await tools.store.centers.find(member.who.team)
    is_staff = await tools.store.staff.includes(member.who)
    told = sentences.line(locale.phrase("rejected.share_not_here")) if not is_staff else _offer(center, locale)
    await ack(response_type="ephemeral", **told.payload())


async def post(ack: AsyncAck, respond: AsyncRespond, member: Member, locale: Locale, tools: Tools) -> None:
    """Once a day, however often and by whom it is pressed."""
    center, now = await tools.store.centers.find(member.who.team), tools.clock.now()
    if not center.has(Feature.GUIDE):
        await in_place(respond, _offer(center, locale))
    elif center.channel:
        await tools.store.centers.share_guide(member.who.team, center.channel, once=f"{now:%Y-%m-%d}", now=now)
        tools.wake()
        await in_place(respond, sentences.line(locale.phrase("guide.sent", place=f"<#{center.channel}>")))
    await ack()


async def to_me(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    """The offer stays, so that it can be posted after it was looked at."""
    once, now = str(body["trigger_id"]), tools.clock.now()
    await tools.store.centers.share_guide(member.who.team, member.who.user, once=once, now=now)
    tools.wake()
    await in_place(respond, _offer(await tools.store.centers.find(member.who.team), locale))
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    center = await tools.store.centers.find(row.team)
    if not row.is_dry_run and not center.has(Feature.GUIDE):
        return Skip("not_wanted_here")
    locale = tools.library.locale(center.locale)
    return words.parent(locale, operator=tools.settings.operator_name, dry_run=row.is_dry_run)


async def compose_card(row: Row, tools: Tools) -> Message:
    center, step = await tools.store.centers.find(row.team), row.subject.rpartition("/")[2]
    line = center.lines.get(step)
    added = card_line(asdict(line)) if line else ""
    return words.card(tools.library.locale(center.locale), step, from_center=added)


def _offer(center: Center, locale: Locale) -> Message:
    if center.channel is None:
        return sentences.line(locale.phrase("guide.no_channel"))
    if not center.has(Feature.GUIDE):
        return sentences.line(locale.phrase("guide.off"))
    return words.ask(locale, place=f"<#{center.channel}>")
