"""Keeping in touch: one note months later, asked for on the card of the last step, or called off there."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot import written
from bot.answers import whisper
from bot.store.values import Member
from bot.tools import Tools
from messages import keep_in_touch as words
from messages import sentences, step_presses
from messages.blocks import Message
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(step_presses.KeepInTouch.id)(ask)
    app.action(step_presses.NoKeepInTouch.id)(drop)


async def ask(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    """One note, and when. Where none can be planned, why."""
    press = step_presses.KeepInTouch.read(action)
    await whisper(respond, await _planned(press.journey, member, locale, tools))
    await ack()


async def drop(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    press = step_presses.NoKeepInTouch.read(action)
    await tools.store.wishes.drop_keeping_in_touch(member.who, press.journey, now=tools.clock.now())
    tools.wake()
    await whisper(respond, sentences.sentence(locale, "keep_in_touch.dropped"))
    await ack()


async def _planned(journey: str, member: Member, locale: Locale, tools: Tools) -> Message:
    if member.none_here:
        return sentences.sentence(locale, "thread.check_ins_none_here")
    if not member.check_ins_on:
        return words.off(locale)
    if member.zone is None:
        return sentences.sentence(locale, "thread.no_zone")
    due = await tools.store.wishes.ask_to_keep_in_touch(member.who, journey, now=tools.clock.now())
    tools.wake()
    if due is None:
        return sentences.sentence(locale, "keep_in_touch.too_late")
    return sentences.sentence(locale, "keep_in_touch.planned", day=written.day(locale, member, due))
