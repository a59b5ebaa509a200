"""What moves check-ins: fewer, later, none, on again; an interview, an offer, another no."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot import written
from bot.answers import in_place, whisper
from bot.grammar import COMMANDS, asks, pause_days
from bot.series import Purpose, Tempo
from bot.steps import Stage
from bot.store.values import Member
from bot.tools import Tools
from bot.written import Day
from messages import check_ins as words
from messages import presses, sentences
from messages.blocks import Message
from messages.locale import Locale
from messages.press import pressed_message
from messages.presses import OldPress

SNOOZES: dict[type[presses.OnCheckIn], int] = {presses.SnoozeTwoDays: 2, presses.SnoozeWeek: 7}


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks("stop")])(stop_word)
        app.command(name, matchers=[asks("start")])(start_word)
        app.command(name, matchers=[asks("pause")])(pause_word)
    for length in SNOOZES:
        app.action(length.id)(snooze_for)
    app.action(presses.OnlyOne.id)(only_one)
    app.action(presses.NoCheckIns.id)(no_check_ins)
    app.action(presses.YesCheckIn.id)(yes)
    app.action(presses.Stop.id)(stop)
    app.action(presses.TurnOn.id)(turn_on)
    app.action(presses.Quieter.id)(quieter)
    app.action(presses.OneHello.id)(hello)
    app.action(presses.Snooze.id)(snooze)
    app.action(presses.SnoozeUntil.id)(snooze_until)
    app.action(presses.Interview.id)(interview)
    app.action(presses.InterviewDay.id)(interview_day)
    app.action(presses.NoInterviewDay.id)(interview_without_day)
    app.action(presses.Offer.id)(offer)
    app.action(presses.UndoOffer.id)(undo_offer)
    app.action(presses.AnotherNo.id)(another_no)


async def only_one(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """Just the reminder to keep applying."""
    presses.OnlyOne.read(action)
    await tools.store.check_ins.choose_tempo(member.who, Tempo.only_one, now=tools.clock.now())
    tools.wake()
    await ack()


async def no_check_ins(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    presses.NoCheckIns.read(action)
    await tools.store.members.stop(member.who, now=tools.clock.now())
    tools.wake()
    await ack()


async def yes(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """From whoever wanted to be asked first."""
    presses.YesCheckIn.read(action)
    await tools.store.wishes.say_yes(member.who, now=tools.clock.now())
    tools.wake()
    await ack()


async def stop(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    """At once, without a question back. Under a check-in the message itself says so."""
    press = presses.Stop.read(action)
    await tools.store.check_ins.stop(member.who, press.check_in, now=tools.clock.now())
    tools.wake()
    if not press.check_in:
        await whisper(respond, words.stopped(locale))
    await ack()


async def turn_on(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    """The only way back."""
    press = presses.TurnOn.read(action)
    await tools.store.check_ins.turn_on(member.who, press.check_in, now=tools.clock.now())
    tools.wake()
    if not press.check_in and not press.journey:
        await whisper(respond, _on_again(member, locale))
    await ack()


async def stop_word(ack: AsyncAck, member: Member, locale: Locale, tools: Tools) -> None:
    await tools.store.members.stop(member.who, now=tools.clock.now())
    tools.wake()
    await ack(response_type="ephemeral", **words.stopped(locale).payload())


async def start_word(ack: AsyncAck, member: Member, locale: Locale, tools: Tools) -> None:
    await tools.store.members.turn_on(member.who, now=tools.clock.now())
    tools.wake()
    await ack(response_type="ephemeral", **_on_again(member, locale).payload())


async def pause_word(ack: AsyncAck, command: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """``pause``, ``pause 3 days``, ``pause 2 weeks``. What is off already cannot be paused."""
    if not member.check_ins_on:
        told = sentences.sentence(locale, "thread.check_ins_none_here") if member.none_here else words.off(locale)
        await ack(response_type="ephemeral", **told.payload())
        return
    days, now = pause_days(str(command["text"])), tools.clock.now()
    await tools.store.members.pause(member.who, days=days, now=now)
    tools.wake()
    until = written.day(locale, member, written.moment_in(now, days))
    await ack(response_type="ephemeral", **sentences.sentence(locale, "replies.paused", day=until).payload())


async def quieter(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    await _choose(tools, member, Tempo.quieter, presses.Quieter.read(action).check_in)
    await ack()


async def hello(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    await _choose(tools, member, Tempo.hello, presses.OneHello.read(action).check_in)
    await ack()


async def snooze(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond, locale: Locale
) -> None:
    turn = words.snooze_days(locale, presses.Snooze.read(action).check_in)
    await in_place(respond, words.in_between(locale, pressed_message(body), turn))
    await ack()


async def snooze_for(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    length = next(each for each in SNOOZES if each.id == action["action_id"])
    until = written.day_in(member, tools.clock.now(), SNOOZES[length])
    await _snooze(tools, member, length.read(action).check_in, until)
    await ack()


async def snooze_until(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """A day that has passed already means the next one."""
    press = presses.SnoozeUntil.read(action)
    tomorrow = written.day_in(member, tools.clock.now(), 1)
    await _snooze(tools, member, press.check_in, max(_day(press.chosen(action)), tomorrow))
    await ack()


async def interview(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond, locale: Locale
) -> None:
    """Which day is it? Nothing changes before that is said."""
    turn = words.interview_days(locale, presses.Interview.read(action).check_in)
    await in_place(respond, words.in_between(locale, pressed_message(body), turn))
    await ack()


async def interview_day(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    press = presses.InterviewDay.read(action)
    await _interview(tools, member, press.check_in, _day(press.chosen(action)))
    await ack()


async def interview_without_day(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    await _interview(tools, member, presses.NoInterviewDay.read(action).check_in, None)
    await ack()


async def offer(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """An offer ends every check-in."""
    await tools.store.check_ins.offer(member.who, presses.Offer.read(action).check_in, now=tools.clock.now())
    tools.wake()
    await ack()


async def undo_offer(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    await tools.store.check_ins.undo_offer(member.who, presses.UndoOffer.read(action).check_in, now=tools.clock.now())
    tools.wake()
    await ack()


async def another_no(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """A new thread, begun from a check-in. After "How did the interview go?" it is known how far it got."""
    check_in = presses.AnotherNo.read(action).check_in
    key = tools.vault.pseudonym(member.who.user, "another no", check_in)
    asked = await tools.store.check_ins.find(member.who, check_in)
    stage = Stage.INTERVIEW if asked.purpose is Purpose.interview else Stage.NONE
    await tools.store.journeys.start_from(member.who, check_in, key=key, stage=stage, now=tools.clock.now())
    tools.wake()
    await ack()


def _on_again(member: Member, locale: Locale) -> Message:
    """Where the career center has none, a member's wish is kept for the day it has."""
    return sentences.sentence(locale, "replies.none_here" if member.none_here else "replies.turned_on")


async def _choose(tools: Tools, member: Member, tempo: Tempo, check_in: str) -> None:
    await tools.store.check_ins.choose_tempo(member.who, tempo, check_in=check_in, now=tools.clock.now())
    tools.wake()


async def _snooze(tools: Tools, member: Member, check_in: str, until: Day) -> None:
    await tools.store.check_ins.snooze(member.who, check_in, until, now=tools.clock.now())
    tools.wake()


async def _interview(tools: Tools, member: Member, check_in: str, day: Day | None) -> None:
    await tools.store.check_ins.interview(member.who, check_in, day, now=tools.clock.now())
    tools.wake()


def _day(chosen: str | None) -> Day:
    day = written.picked(chosen)
    if day is None:
        raise OldPress
    return day
