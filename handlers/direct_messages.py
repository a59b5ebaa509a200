"""What somebody writes to the bot. It reads two words, and does not pretend to understand the rest."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.kinds import Kind
from bot.store.values import Member, Row
from bot.tools import Tools
from messages import direct_messages as words
from messages.blocks import Message

STOP, START, SAID = "stop", "start", "said"
EVERY = 600  # seconds; somebody who writes much gets the menu once in so long
ANSWERS = {STOP: "menu.stopped", START: "menu.turned_on", SAID: "menu.said"}


def register(app: AsyncApp) -> None:
    app.event("message")(said)


async def said(event: dict[str, Any], body: dict[str, Any], member: Member, tools: Tools) -> None:
    """``stop`` and ``start`` do what they say, in a thread too. What was written is not kept."""
    if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
        return
    word, now = str(event.get("text") or "").strip().strip(".!").lower(), tools.clock.now()
    if word == STOP:
        await tools.store.members.stop(member.who, now=now, event_id=body["event_id"])
    elif word == START:
        await tools.store.members.turn_on(member.who, now=now, event_id=body["event_id"])
    known = word in (STOP, START)
    once = body["event_id"] if known else f"{member.who.user}-{int(now.timestamp()) // EVERY}"
    subject = f"{word if known else SAID}/{once}"
    await tools.store.deliveries.reply(member.who, Kind.MENU, subject, now=now)
    tools.wake()


async def compose(row: Row, tools: Tools) -> Message:
    member = await tools.store.members.find(row.who)
    said_key = ANSWERS[row.subject.partition("/")[0]]
    return words.menu(tools.library.locale(member.locale), said=said_key, check_ins_on=member.check_ins_on)
