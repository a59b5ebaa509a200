"""The thread: its buttons, and how its parent and cards are drawn."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import situations, written
from bot.coaching import coaches_for
from bot.steps import Stage, State, Step
from bot.store.thread_values import ParentFacts
from bot.store.values import Journey, Member, Row
from bot.tools import Tools
from messages import presses
from messages import thread as words
from messages.blocks import Message
from messages.center_page import card_line
from messages.forms import StepDone
from messages.locale import Locale
from messages.presses import OldPress
from messages.situations import linked
from messages.thread import Dates, Thread


def register(app: AsyncApp) -> None:
    app.action(presses.Done.id)(done)
    app.action(presses.NotNow.id)(not_now)
    app.action(presses.Reopen.id)(reopen)
    app.action(presses.ShowAll.id)(show_all)
    app.action(presses.ChooseStage.id)(choose_stage)
    app.action(presses.Remove.id)(remove)
    app.action(presses.Restore.id)(restore)
    app.view(StepDone.id)(settled)


async def done(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    press = presses.Done.read(action)
    await _settle(tools, member, press.journey, press.step, becomes=State.DONE)
    await ack()


async def not_now(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    press = presses.NotNow.read(action)
    await _settle(tools, member, press.journey, press.step, becomes=State.NOT_NOW)
    await ack()


async def settled(ack: AsyncAck, view: dict[str, Any], member: Member, tools: Tools) -> None:
    """Done, pressed under what a step's tool made. Its card may be open, put aside or not dealt yet."""
    form = StepDone.read(view)
    journey = await tools.store.journeys.find(member.who, form.journey)
    was = journey.states[_step(form.step)]
    await _settle(tools, member, journey.id, form.step, was=was, becomes=State.DONE)
    await ack()


async def reopen(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """A slip of the finger is no decision."""
    press = presses.Reopen.read(action)
    journey = await tools.store.journeys.find(member.who, press.journey)
    was = journey.states[_step(press.step)]
    if was in (State.DONE, State.NOT_NOW):
        await _settle(tools, member, press.journey, press.step, was=was, becomes=State.OPEN)
    await ack()


async def show_all(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    press = presses.ShowAll.read(action)
    await tools.store.journeys.show_all(member.who, press.journey, now=tools.clock.now())
    tools.wake()
    await ack()


async def choose_stage(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """What is not done yet is drawn anew, in words for that stage."""
    press = presses.ChooseStage.read(action)
    try:
        stage = Stage(press.chosen(action) or Stage.NONE)
    except ValueError as unknown:
        raise OldPress from unknown
    await tools.store.journeys.choose_stage(member.who, press.journey, stage, now=tools.clock.now())
    tools.wake()
    await ack()


async def remove(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    press = presses.Remove.read(action)
    await tools.store.journeys.remove(member.who, press.journey, now=tools.clock.now())
    tools.wake()
    await ack()


async def restore(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    press = presses.Restore.read(action)
    await tools.store.journeys.restore(member.who, press.journey, now=tools.clock.now())
    tools.wake()
    await ack()


async def compose_parent(row: Row, tools: Tools) -> Message:
    """The parent as the facts are now: steps, stage and the dates that are planned."""
    facts = await tools.store.threads.parent(row.who, row.subject, row.member)
    locale = tools.library.locale(facts.member.locale)
    thread = replace(_thread(facts.journey), name="\n".join(facts.names))
    return words.parent(locale, thread, _dates(locale, facts), operator=tools.settings.operator_name)


async def compose_card(row: Row, tools: Tools) -> Message:
    journey, _, step = row.subject.partition("/")
    facts = await tools.store.threads.card(row.who, journey, row.member)
    line = facts.center.lines.get(step)
    thread = replace(
        _thread(facts.journey), situations=situations.shown_on(tools, facts.journey),
        from_center=card_line(asdict(line)) if line else "",
        coach=bool(await coaches_for(facts.member, facts.center, tools)), keeps_in_touch=facts.keeps_in_touch,
    )  # fmt: skip
    return words.card(linked(tools.library.locale(facts.member.locale), facts.center.links), thread, step)


async def _settle(
    tools: Tools, member: Member, journey: str, step: str, *, becomes: State, was: State = State.OPEN
) -> None:
    await tools.store.journeys.settle_step(
        member.who, journey, _step(step), was=was, becomes=becomes, now=tools.clock.now()
    )
    tools.wake()


def _dates(locale: Locale, facts: ParentFacts) -> Dates:
    member = facts.member
    if not member.check_ins_on or member.zone is None:
        return Dates(off=not member.check_ins_on, no_zone=member.zone is None, none_here=member.none_here)
    days = [written.day(locale, member, due) for due in facts.planned]
    if not days and facts.waits_for_yes:
        return Dates(ask=True)
    return Dates(days, begun=facts.begun, hour=written.hour(member))


def _thread(journey: Journey) -> Thread:
    states = {str(step): str(state) for step, state in journey.states.items()}
    return Thread(
        journey.id, journey.stage, states, journey.name, left_out=journey.left_out, removed=journey.removed,
        short=journey.short,
    )  # fmt: skip


def _step(key: str) -> Step:
    try:
        return Step(key)
    except ValueError as unknown:
        raise OldPress from unknown
