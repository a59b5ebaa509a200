"""An answer that came back: what to take along from it. It is asked for at no stage, and marks nothing by itself."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import show
from bot.keeping import keep_ticked, to_settle
from bot.listening import hear
from bot.store.values import Member, NoteKind
from bot.tools import Tools
from messages import feedback as words
from messages import keeping, sentences, step_presses
from messages.blocks import Element
from messages.forms import Feedback, answer, filled, ticked
from messages.locale import Locale

SHOWN = 20  # threads to choose from, where it is opened on Home


def register(app: AsyncApp) -> None:
    app.action(step_presses.OpenFeedback.id)(open_form)
    app.view(Feedback.id)(submitted)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """On a card it is about that thread; on Home it may be about any."""
    press = step_presses.OpenFeedback.read(action)
    journey = await tools.store.journeys.find(member.who, press.journey)
    about = await _threads(tools, member, locale) if body.get("view") else []
    kept = None if about else await tools.store.notes.find(member.who, journey.id, NoteKind.FEEDBACK)
    view = words.form(
        locale, Feedback(journey.id), operator=tools.settings.operator_name, words=kept.words if kept else {},
        about=about,
    )  # fmt: skip
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    heard = await hear(view, member, locale, tools)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    about = answer(view, "thread") or Feedback.read(view).journey
    journey = await tools.store.journeys.find(member.who, about)
    typed, how = filled(view, words.FIELDS), ticked(view, "how")
    kept = await keep_ticked(tools, member, view, journey.id, NoteKind.FEEDBACK, typed)
    shown = keeping.result(
        locale, "feedback", words.lines(locale, typed), kept=kept, settles=to_settle(journey, words.STEP),
        about=words.kindly(locale, how, offered=bool(heard.offer)), more=heard.offer,
    )  # fmt: skip
    await ack(response_action="update", view=shown)


async def _threads(tools: Tools, member: Member, locale: Locale) -> list[Element]:
    """None where there is only one to choose."""
    found = await tools.store.journeys.recent(member.who, limit=SHOWN)
    named = [(each.id, written.day(locale, member, each.started), each.name) for each in found]
    return keeping.threads(named) if len(named) > 1 else []
