"""Support without my name, for whoever shares: written, seen as it will be posted, shared, taken back."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import sharing, written
from bot.answers import in_place, lay_or_show, swap
from bot.listening import hear
from bot.sharing import Shared
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import sentences
from messages import sharing as words
from messages.blocks import Message
from messages.locale import Locale
from messages.sharing_forms import ShareForm, ShareIt
from messages.sharing_presses import OpenSharing, ShareAgain, TakeBackShared


def register(app: AsyncApp) -> None:
    app.action(OpenSharing.id)(open_form)
    app.action(ShareAgain.id)(open_again)
    app.action(TakeBackShared.id)(take_back)
    app.view(ShareForm.id)(submitted)
    app.view(ShareIt.id)(shared)


async def open_form(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    await lay_or_show(client, body, await _form(member, locale, tools), respond, sentences.not_opened(locale))
    await ack()


async def open_again(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """With the words that came back, while they are still there."""
    share = ShareAgain.read(action).share
    text = next((each.text for each in await tools.store.sharing.own(member.who) if each.id == share), "")
    await lay_or_show(client, body, await _form(member, locale, tools, text), respond, sentences.not_opened(locale))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """Nothing is kept yet: the preview lies over the form, and Slack alone holds the words."""
    heard = await hear(view, member, locale, tools, names=("names",), goes_out=True)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    if refused := await _refused(member, tools):
        await ack(response_action="update", view=words.told(locale, refused))
        return
    center = await tools.store.centers.find(member.who.team)
    there = tools.library.locale(center.locale)
    typed = sharing.given(view, "text")
    text = await sharing.without_names(member, typed, sharing.given(view, "names"), there, tools)
    if not text:
        await ack(response_action="errors", errors={"text": locale.phrase("sharing.empty")})
        return
    seen = words.preview(
        locale, there, text, place=f"<#{center.channel}>", operator=tools.settings.operator_name,
        cut=text.split() != typed.split(), offer=heard.offer,
    )  # fmt: skip
    await ack(response_action="push", view=seen)


async def shared(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """Sent twice it is still one: it is named after its preview."""
    text = ShareIt.read(view).text
    refused = "heavy" if sharing.is_heavy(text, locale) else await _refused(member, tools)
    if not refused:
        name, now = sharing.name_of(member, view, tools), tools.clock.now()
        refused = await tools.store.sharing.offer(member.who, name, text, now=now)
    await ack(response_action="update", view=words.told(locale, refused or "shared"))


async def take_back(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Before it is posted and after, on the form or under the letter that says so."""
    done = await tools.store.sharing.take_back(member.who, TakeBackShared.read(action).share)
    tools.wake()
    key = "taken_back" if done else "gone"
    if view := body.get("view"):
        text = sharing.given(view, "text")
        await swap(client, view["id"], await _form(member, locale, tools, text, said=key))
    else:
        await in_place(respond, words.said(locale, key))
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """In the channel, in its language."""
    found = await tools.store.sharing.find(row.team, row.subject)
    if found is None or not found.text:
        return Skip("taken_back")
    center = await tools.store.centers.find(row.team)
    still = found.state in ("approved", "posted")
    return words.post(tools.library.locale(center.locale), found.id, found.text, open_to_answers=still)


async def compose_letter(row: Row, tools: Tools) -> Message | Skip:
    """To the author, about what became of it."""
    share, _, what = row.subject.partition("/")
    found = await tools.store.sharing.find(row.team, share)
    if found is None or found.state != what:
        return Skip("taken_back")
    member = await tools.store.members.find(row.who)
    locale = tools.library.locale(member.locale)
    if what == "returned":
        return words.returned(locale, sharing.returned(found))
    return await _posted(found, member, locale, tools)


async def _posted(found: Shared, member: Member, locale: Locale, tools: Tools) -> Message:
    center = await tools.store.centers.find(member.who.team)
    day = written.day(locale, member, found.ends)
    return words.posted(locale, found.id, place=f"<#{center.channel}>", day=day)


async def _form(member: Member, locale: Locale, tools: Tools, text: str = "", *, said: str = "") -> dict[str, Any]:
    """Whoever shared before can take that back, also where nobody can share any more."""
    own, refused = await sharing.mine(member, tools), await _refused(member, tools)
    if refused:
        return words.only_mine(locale, said or refused, own)
    return words.form(locale, own, text=text, said=said)


async def _refused(member: Member, tools: Tools) -> str:
    """Why this member cannot share anything now; empty where they can."""
    closed = await sharing.closed(member.who.team, tools)
    return closed or await tools.store.sharing.may_share(member.who, now=tools.clock.now())
