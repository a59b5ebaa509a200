"""Private answers to what was shared without a name: written, relayed, answered in turn, ended by either side."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import sharing
from bot.answers import in_place, show
from bot.listening import hear
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import sentences
from messages import sharing as words
from messages.blocks import Message
from messages.locale import Locale
from messages.sharing_forms import NoteForm
from messages.sharing_presses import AnswerNote, EndTalk, ReplyPrivately, ShowStaff


def register(app: AsyncApp) -> None:
    app.action(ReplyPrivately.id)(reply)
    app.action(AnswerNote.id)(answer)
    app.action(EndTalk.id)(end)
    app.action(ShowStaff.id)(show_staff)
    app.view(NoteForm.id)(submitted)


async def reply(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Under the post. Whether the presser wrote it is said to them alone."""
    share = ReplyPrivately.read(action).share
    refused = await tools.store.sharing_talks.may_answer(member.who, share, now=tools.clock.now())
    view = words.told(locale, refused) if refused else words.note_form(locale, NoteForm(share=share))
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def answer(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    talk = AnswerNote.read(action).talk
    refused = await tools.store.sharing_talks.may_go_on(member.who, talk)
    view = words.told(locale, refused) if refused else words.note_form(locale, NoteForm(talk=talk))
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """What is heavy goes to nobody; everything else goes without names, and the writer sees what was sent."""
    heard = await hear(view, member, locale, tools, goes_out=True)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    text = await sharing.without_names(member, sharing.given(view, "note"), "", locale, tools)
    if not text:
        await ack(response_action="errors", errors={"note": locale.phrase("sharing.empty")})
        return
    refused = await _send(view, member, text, tools)
    tools.wake()
    sent = words.told(locale, refused) if refused else words.told(locale, "note_sent", text, offer=heard.offer)
    await ack(response_action="update", view=sent)


async def end(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    done = await tools.store.sharing_talks.end(member.who, EndTalk.read(action).talk)
    await in_place(respond, words.said(locale, "ended" if done else "over"))
    await ack()


async def show_staff(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    """The words are kept nowhere any more; they stand in the message that was pressed. After that the talk is over."""
    talk, message = ShowStaff.read(action).talk, body.get("message") or {}
    said, name = words.written_in(message), sharing.name_of(member, {"id": message.get("ts")}, tools)
    now, talks = tools.clock.now(), tools.store.sharing_talks
    done = bool(said) and await talks.show_staff(member.who, talk, name, said, now=now)
    await talks.end(member.who, talk)
    await in_place(respond, words.said(locale, "shown" if done else "over"))
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """To the other one, in their language."""
    note = await tools.store.sharing_talks.find(row.team, row.subject)
    if note is None:
        return Skip("over")
    member = await tools.store.members.find(row.who)
    return words.note(tools.library.locale(member.locale), note.talk, note.words, to_author=note.to_author)


async def _send(view: dict[str, Any], member: Member, text: str, tools: Tools) -> str:
    form, now = NoteForm.read(view), tools.clock.now()
    name, talks = sharing.name_of(member, view, tools), tools.store.sharing_talks
    if form.talk:
        return await talks.go_on(member.who, form.talk, name, text, now=now)
    return await talks.answer(member.who, form.share, name, text, now=now)
