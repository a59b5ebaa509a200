"""Weekly posts: the preview each of staff gets before, what they make of it, and the post itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import lay_over, show, swap
from bot.center import Center, Feature
from bot.kinds import Kind
from bot.posting import is_too_late, turn
from bot.staffed import staff_only
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import center as center_words
from messages import channel_posts as words
from messages import sentences
from messages.blocks import Message
from messages.center_presses import EditPost, PostNow, PostToMe, SkipPost, UnskipPost, UsualPost
from messages.channel_posts import Preview
from messages.forms import ChannelPostForm, answer
from messages.locale import Locale
from messages.press import pressed_view
from messages.presses import OldPress


def register(app: AsyncApp) -> None:
    only = [staff_only]
    app.action(EditPost.id, middleware=only)(edit)
    app.action(UsualPost.id, middleware=only)(usual)
    app.action(SkipPost.id, middleware=only)(skip)
    app.action(UnskipPost.id, middleware=only)(unskip)
    app.action(PostNow.id, middleware=only)(post_now)
    app.action(PostToMe.id, middleware=only)(to_me)
    app.view(ChannelPostForm.id, middleware=only)(submitted)


async def edit(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    shown = await _preview(tools, member, locale, EditPost.read(action).slot)
    late = sentences.sentence(locale, "channel_posts.over")
    if shown.state in ("planned", "skipped"):
        await show(client, body, words.form(locale, shown), respond, instead=late)
    else:
        await tools.store.channel_posts.draw_again(member.who.team, shown.slot, now=tools.clock.now())
        tools.wake()
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """The words are looked over, kept, and every preview shows them."""
    slot, text = ChannelPostForm.read(view).slot, (answer(view, "text") or "").strip()
    if wrong := words.flaw(locale, text):
        await ack(response_action="errors", errors={"text": wrong})
        return
    await tools.store.channel_posts.write(member.who.team, slot, text, now=tools.clock.now())
    tools.wake()
    await ack()


async def usual(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    slot = UsualPost.read(action).slot
    await tools.store.channel_posts.write(member.who.team, slot, None, now=tools.clock.now())
    tools.wake()
    await swap(client, pressed_view(body)["id"], words.form(locale, await _preview(tools, member, locale, slot)))
    await ack()


async def skip(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    slot = SkipPost.read(action).slot
    await tools.store.channel_posts.skip(member.who.team, slot, skipped=True, now=tools.clock.now())
    tools.wake()
    await ack()


async def unskip(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    slot = UnskipPost.read(action).slot
    await tools.store.channel_posts.skip(member.who.team, slot, skipped=False, now=tools.clock.now())
    tools.wake()
    await ack()


async def post_now(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """Pressed by two of staff it is still one post."""
    await tools.store.channel_posts.post_now(member.who.team, PostNow.read(action).slot, now=tools.clock.now())
    tools.wake()
    await ack()


async def to_me(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    slot = await tools.store.channel_posts.upcoming(member.who.team)
    told = "center.dry_run_sent" if slot else "channel_posts.none"
    if slot:
        once = str(body["trigger_id"])
        await tools.store.channel_posts.try_out(member.who, slot, once=once, now=tools.clock.now())
        tools.wake()
    await lay_over(client, body, center_words.told(locale, told))
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """The post, unless staff left it out or its day is over."""
    slot, center = row.subject.partition("/")[0], await tools.store.centers.find(row.team)
    found = await tools.store.channel_posts.find(row.team, slot)
    locale = tools.library.locale(center.locale)
    if not row.is_dry_run:
        if found is None or found.skipped:
            return Skip("skipped_by_staff")
        if not center.has(Feature.WEEKLY) or written.picked(slot) in center.quiet_days:
            return Skip("not_wanted_here")
        if is_too_late(row.promised, tools.clock.now()):
            return Skip("too_late")
    text = found.text if found else None
    return words.post(locale, text or _usual(locale, center, slot), dry_run=row.is_dry_run)


async def compose_preview(row: Row, tools: Tools) -> Message | Skip:
    """To who is still staff, in their language; the post in the channel's."""
    if not await tools.store.staff.includes(row.who):
        return Skip("staff_no_more")
    member = await tools.store.members.find(row.who)
    locale = tools.library.locale(member.locale)
    shown = await _preview(tools, member, locale, row.subject.partition("/")[0])
    if row.kind is Kind.PREVIEW and shown.state != "planned":
        return Skip("over")
    return words.preview(locale, shown)


async def _preview(tools: Tools, member: Member, locale: Locale, slot: str) -> Preview:
    center = await tools.store.centers.find(member.who.team)
    found = await tools.store.channel_posts.find(member.who.team, slot)
    if found is None or found.due is None:
        raise OldPress
    there = replace(member, zone=center.zone or member.zone, hour="morning")
    state = "skipped" if found.skipped and found.state == "planned" else found.state
    text = found.text or _usual(tools.library.locale(center.locale), center, slot)
    return Preview(
        slot, text, f"<#{center.channel}>", written.day(locale, there, found.due), written.hour(there),
        state if state in ("planned", "skipped", "sent") else "gone", edited=found.text is not None,
    )  # fmt: skip


def _usual(locale: Locale, center: Center, slot: str) -> str:
    return turn(slot, center.post_days, locale.posts)
