"""What somebody writes to the bot. It knows two words, listens for distress, and pretends to understand no more."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.distress import Tier, listen
from bot.kinds import Kind
from bot.listening import lines_of, quiet
from bot.store.values import Member, Row
from bot.tools import Tools
from messages import direct_messages as words
from messages import listening
from messages.blocks import Message
from messages.locale import Locale

STOP, START, SAID = "stop", "start", "said"
EVERY = 600  # seconds; somebody who writes much gets the menu once in so long
ANSWERS = {STOP: "menu.stopped", START: "menu.turned_on", SAID: "menu.said"}
SPOKEN = (None, "file_share", "me_message", "thread_broadcast")  # subtypes in which a member says something new


def register(app: AsyncApp) -> None:
    app.event("message")(said)


async def said(event: dict[str, Any], body: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """``stop`` and ``start`` do what they say, in a thread too. What was written is not kept."""
    if event.get("channel_type") != "im" or event.get("subtype") not in SPOKEN or event.get("bot_id"):
        return
    text, now, once = str(event.get("text") or ""), tools.clock.now(), body["event_id"]
    word = text.strip().strip(".!").lower()
    if word == STOP:
        await tools.store.members.stop(member.who, now=now, event_id=once)
    elif word == START:
        await tools.store.members.turn_on(member.who, now=now, event_id=once)
    elif not await _wants_an_answer(text, once, member, locale, tools):
        return
    subject = f"{word if word in (STOP, START) else SAID}/{once}"
    await tools.store.deliveries.reply(member.who, Kind.MENU, subject, now=now)
    tools.wake()


async def _wants_an_answer(text: str, once: str, member: Member, locale: Locale, tools: Tools) -> bool:
    """The first of a while, or one that weighs more than what was answered. How much is held in memory alone."""
    now, tier, here = tools.clock.now(), listen(locale, text), (member.who.team, member.who.user)
    if tools.held.get((*here, once), now=now):
        return True  # Slack asks again, because the answer could not be committed
    at, heaviest = tools.held.get((*here, SAID), now=now) or (None, Tier.NONE)
    if at and (now - at).total_seconds() < EVERY and tier <= heaviest:
        return False
    until = await quiet(member, locale, tools) if tier is Tier.STRONG else ""
    tools.held.put((*here, once), (tier, until), now=now)
    tools.held.put((*here, SAID), (now, tier), now=now)
    return True


async def compose(row: Row, tools: Tools) -> Message:
    """The plain menu too where nobody remembers what was heard: after a restart, or in another process."""
    member = await tools.store.members.find(row.who)
    locale = tools.library.locale(member.locale)
    kind, _, once = row.subject.partition("/")
    tier, until = tools.held.get((row.team, row.user, once), now=tools.clock.now()) or (Tier.NONE, "")
    match tier:
        case Tier.STRONG:
            return listening.message(locale, lines_of(member), until=until)
        case Tier.SOMEONE_ELSE:
            return listening.for_someone_else(locale, lines_of(member))
        case Tier.SOFT:
            return listening.menu(locale, check_ins_on=member.check_ins_on)
        case _:
            said = "replies.none_here" if kind == START and member.none_here else ANSWERS[kind]
            return words.menu(locale, said=said, check_ins_on=member.check_ins_on)
