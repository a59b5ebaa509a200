"""Drafts: a mail is written in the modal from what a member fills in. It is kept nowhere, and the bot sends no mail.

What was typed lives in Slack's view. Sent to the member's own messages, the draft is held in memory until the sender
takes it; the delivery row knows nothing but its number.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import show
from bot.grammar import clean
from bot.kinds import Kind
from bot.listening import hear
from bot.steps import Stage, Step
from bot.store.values import Journey, Member, Row
from bot.tools import Skip, Tools
from messages import drafts as words
from messages import emails, sentences, step_presses
from messages.blocks import Message
from messages.forms import Draft, Drafted, filled, ticked
from messages.locale import Locale
from messages.press import OldPress, pressed_view


def register(app: AsyncApp) -> None:
    app.action(step_presses.OpenDraft.id)(open_form)
    app.action(step_presses.WhichDraft.id)(another)
    app.action(step_presses.ChangeDraft.id)(change)
    app.action(step_presses.SendDraft.id)(send)
    app.view(Draft.id)(submitted)
    app.view(Drafted.id)(finished)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The draft that fits the stage best. Company and role are filled in where the thread has them."""
    press = step_presses.OpenDraft.read(action)
    draft = _first(await tools.store.journeys.find(member.who, press.journey), press.step, press.email)
    await show(client, body, words.form(locale, draft), respond, sentences.sentence(locale, "sentences.slow_form"))
    await ack()


async def another(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    locale: Locale,
) -> None:  # fmt: skip
    """Another draft in the same form. What was typed stays."""
    draft, wanted = _typed(pressed_view(body), locale), step_presses.WhichDraft.chosen(action)
    if wanted not in emails.fitting(draft.step, draft.stage):
        raise OldPress
    view = words.form(locale, replace(draft, email=wanted))
    await show(client, body, view, respond, sentences.sentence(locale, "sentences.slow_form"))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    heard = await hear(view, member, locale, tools, names=words.NAMES)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    if wrong := words.wrong(locale, _facts(view, Draft.read(view), locale)):
        await ack(response_action="errors", errors=wrong)
        return
    drafted = Drafted(**vars(_typed(view, locale)), copy=secrets.token_hex(8))
    await ack(response_action="update", view=words.result(locale, drafted, more=heard.offer))


async def change(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, locale: Locale
) -> None:
    """Back to the form, with what was typed."""
    view = words.form(locale, Draft.read(pressed_view(body)))
    await show(client, body, view, respond, sentences.sentence(locale, "sentences.slow_form"))
    await ack()


async def send(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Into the member's own messages. With a row, deleting takes the copy along, and pressed twice it is one."""
    drafted, now = Drafted.read(pressed_view(body)), tools.clock.now()
    await tools.store.journeys.find(member.who, drafted.journey)
    tools.held.put((*member.who, "draft", drafted.copy), words.letter(locale, drafted), now=now)
    await tools.store.deliveries.reply(member.who, Kind.DRAFT, drafted.copy, now=now)
    tools.wake()
    view, told = words.result(locale, drafted, sent=True), sentences.sentence(locale, "drafts.on_its_way")
    await show(client, body, view, respond, instead=told)
    await ack()


async def finished(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """Done with the draft: so is its step, and the question's where it went along."""
    drafted = Drafted.read(view)
    covered = [Step(each) for each in words.covers(locale, drafted)]
    await tools.store.journeys.finish(member.who, drafted.journey, covered, now=tools.clock.now())
    tools.wake()
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """The copy, while it is held. After a restart it is gone, and the member still has the modal."""
    written = tools.held.get((*row.who, "draft", row.subject), now=tools.clock.now())
    if written is None:
        return Skip("gone")
    member = await tools.store.members.find(row.who)
    return words.copy(tools.library.locale(member.locale), written)


def _first(journey: Journey, step: str, wanted: str = "") -> Draft:
    """The wanted one if it fits, else the best.

    Where the stage offers none any more, the draft for who did not say how far it got.
    """
    stage = next((each for each in (journey.stage, Stage.NONE) if emails.fitting(step, each)), None)
    if stage is None:
        raise OldPress
    known = {"company": journey.company, "role": journey.role}
    facts = {fact: emails.tidy(name) for fact, name in known.items() if name}
    fitting = emails.fitting(step, stage)
    return Draft(journey.id, step, stage, wanted if wanted in fitting else fitting[0], facts)


def _typed(view: dict[str, Any], locale: Locale) -> Draft:
    """The form with what its fields hold."""
    draft = Draft.read(view)
    asks = bool(ticked(view, "question")) if words.may_ask_too(locale, draft) else draft.question
    typed = words.filled_in(draft, emails.email(locale, draft.email).facts, _facts(view, draft, locale))
    return replace(typed, question=asks)


def _facts(view: dict[str, Any], draft: Draft, locale: Locale) -> dict[str, str]:
    given = filled(view, emails.email(locale, draft.email).facts)
    tidied = {fact: emails.tidy(clean(typed)) for fact, typed in given.items()}
    return {fact: typed for fact, typed in tidied.items() if typed}
