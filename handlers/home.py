"""App Home: where a member stands, drawn whenever it is opened or something on it is pressed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import situations, written
from bot.answers import show
from bot.home import draw_home
from bot.steps import State, Step
from bot.store.values import Member
from bot.tools import Tools
from bot.written import Day
from messages import home_presses, presses, sentences, thread
from messages.home import page_of
from messages.locale import Locale
from messages.presses import OldPress

SNOOZED = 2  # days after the planned one


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    app.action(presses.HomeStop.id)(stop)
    app.action(presses.HomeTurnOn.id)(turn_on)
    app.action(home_presses.OpenStep.id)(open_step)
    app.action(home_presses.ChooseStep.id)(choose_step)
    app.action(home_presses.HomeDone.id)(done)
    app.action(home_presses.HomeNotNow.id)(not_now)
    app.action(home_presses.HomeSnooze.id)(snooze)
    app.action(home_presses.AnotherDay.id)(another_day)
    app.action(home_presses.HomeApplied.id)(applied)


async def opened(event: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools) -> None:
    if event.get("tab") == "home":
        tools.activity.notice(member, at_home=True)
        await draw_home(client, member, locale, tools)


async def stop(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    await tools.store.members.stop(member.who, now=tools.clock.now())
    await _drawn(client, body, member, locale, tools)
    await ack()


async def turn_on(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    """After Stop, and out of a pause."""
    await tools.store.members.turn_on(member.who, now=tools.clock.now())
    await _drawn(client, body, member, locale, tools)
    await ack()


async def open_step(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The card, dealt again: also where Slack hides the thread by now."""
    press = home_presses.OpenStep.read(action)
    await _show_step(body, client, respond, member, locale, tools, press.journey, press.step)
    await ack()


async def choose_step(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    journey, _, step = (home_presses.ChooseStep.chosen(action) or "").partition("/")
    await _show_step(body, client, respond, member, locale, tools, journey, step)
    await ack()


async def done(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    press = home_presses.HomeDone.read(action)
    await _settle(tools, member, press.journey, press.step, State.DONE)
    await _drawn(client, body, member, locale, tools)
    await ack()


async def not_now(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    press = home_presses.HomeNotNow.read(action)
    await _settle(tools, member, press.journey, press.step, State.NOT_NOW)
    await _drawn(client, body, member, locale, tools)
    await ack()


async def snooze(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    """Two days after the planned one, or the first day that fits."""
    planned = await tools.store.check_ins.upcoming(member.who)
    if planned:
        await _move(tools, member, written.day_in(member, planned[0][1], SNOOZED))
    await _drawn(client, body, member, locale, tools)
    await ack()


async def another_day(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """A day that has passed already means the next one."""
    day = written.picked(home_presses.AnotherDay.chosen(action))
    if day is None:
        raise OldPress
    await _move(tools, member, max(day, written.day_in(member, tools.clock.now(), 1)))
    await _drawn(client, body, member, locale, tools)
    await ack()


async def applied(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Applied somewhere, told before anybody asked: the reminder to keep applying falls away."""
    await tools.store.wishes.applied(member.who, now=tools.clock.now())
    told = sentences.sentence(locale, "replies.applied")
    await show(client, body, sentences.page(locale, told), respond, instead=told)
    await _drawn(client, body, member, locale, tools)
    await ack()


async def _show_step(
    body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale, tools: Tools,
    journey_id: str, step: str,
) -> None:  # fmt: skip
    journey = await tools.store.journeys.find(member.who, journey_id)
    states = {str(each): str(state) for each, state in journey.states.items()}
    shown = thread.Thread(
        journey.id, journey.stage, states, journey.name, removed=journey.removed,
        situations=situations.shown_on(tools, journey),
    )  # fmt: skip
    view = thread.card_view(locale, shown, _step(step))
    await show(client, body, view, respond, instead=sentences.not_opened(locale))


async def _settle(tools: Tools, member: Member, journey: str, step: str, becomes: State) -> None:
    now = tools.clock.now()
    await tools.store.journeys.settle_step(member.who, journey, _step(step), was=State.OPEN, becomes=becomes, now=now)


async def _move(tools: Tools, member: Member, day: Day) -> None:
    await tools.store.check_ins.move_next(member.who, day, now=tools.clock.now())


async def _drawn(client: AsyncWebClient, body: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """What changed goes out, and Home shows it."""
    tools.wake()
    pressed = body.get("view") or {}
    await draw_home(client, member, locale, tools, pressed=pressed, page=page_of(pressed))


def _step(key: str) -> Step:
    try:
        return Step(key)
    except ValueError as unknown:
        raise OldPress from unknown
