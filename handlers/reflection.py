"""Three questions: the form in its two lengths, and the game plan it turns into. Nothing is kept without a tick."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import show
from bot.keeping import keep_ticked, to_settle
from bot.listening import hear
from bot.store.values import Member, NoteKind
from bot.tools import Tools
from messages import keeping, sentences, step_presses
from messages import reflection as words
from messages.forms import Reflection, filled
from messages.locale import Locale
from messages.press import pressed_view


def register(app: AsyncApp) -> None:
    app.action(step_presses.OpenReflection.id)(open_form)
    app.action(step_presses.TwoMinutes.id)(two_minutes)
    app.action(step_presses.AllThree.id)(all_three)
    app.view(Reflection.id)(submitted)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """With what was kept before, if anything was."""
    press = step_presses.OpenReflection.read(action)
    journey = await tools.store.journeys.find(member.who, press.journey)
    kept = await tools.store.notes.find(member.who, journey.id, NoteKind.GAME_PLAN)
    asked, operator = Reflection(journey.id, journey.stage), tools.settings.operator_name
    view = words.form(locale, asked, operator=operator, words=kept.words if kept else {})
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def two_minutes(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    step_presses.TwoMinutes.read(action)
    await _draw_again(body, client, respond, locale, tools, short=True)
    await ack()


async def all_three(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    step_presses.AllThree.read(action)
    await _draw_again(body, client, respond, locale, tools, short=False)
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    heard = await hear(view, member, locale, tools)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    journey = await tools.store.journeys.find(member.who, Reflection.read(view).journey)
    written = filled(view, words.FIELDS)
    kept = await keep_ticked(tools, member, view, journey.id, NoteKind.GAME_PLAN, written)
    shown = keeping.result(
        locale, "reflection", words.lines(locale, written), kept=kept, settles=to_settle(journey, words.STEP),
        more=heard.offer,
    )  # fmt: skip
    await ack(response_action="update", view=shown)


async def _draw_again(
    body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, locale: Locale, tools: Tools, *, short: bool
) -> None:
    """In another length, with all that was typed. What is ticked stays by itself: its field has the same name."""
    view, operator = pressed_view(body), tools.settings.operator_name
    asked, typed = Reflection.read(view), filled(view, words.FIELDS)
    drawn = words.form(locale, asked, operator=operator, words=typed, short=short)
    await show(client, body, drawn, respond, instead=sentences.not_opened(locale))
