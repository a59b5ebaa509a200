"""The career center: its page and forms, and its first words in the channel. Every door is for staff alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import center
from bot.answers import lay_over, show, swap
from bot.center_home import draw_page, facts_of
from bot.countries import by_letter
from bot.staffed import staff_only
from bot.store.values import Member, Row
from bot.tools import Tools
from bot.zones import by_region
from messages import center as words
from messages import center_forms, sentences
from messages.blocks import Message
from messages.center_presses import (
    BringBack,
    HelloToMe,
    OpenCenter,
    OpenPart,
    Pause,
    RemoveCoach,
    Resume,
    SayHello,
    TryAgain,
)
from messages.center_written import Choices
from messages.forms import CenterPart
from messages.locale import Locale
from messages.press import pressed_view
from messages.presses import OldPress


def register(app: AsyncApp) -> None:
    only = [staff_only]
    app.action(OpenCenter.id, middleware=only)(open_page)
    app.action(OpenPart.id, middleware=only)(open_part)
    app.action(BringBack.id, middleware=only)(bring_back)
    app.action(RemoveCoach.id, middleware=only)(remove_coach)
    app.action(Pause.id, middleware=only)(pause)
    app.action(Resume.id, middleware=only)(pause)
    app.action(TryAgain.id, middleware=only)(try_again)
    app.action(SayHello.id, middleware=only)(say_hello)
    app.action(HelloToMe.id, middleware=only)(hello_to_me)
    app.view(CenterPart.id, middleware=only)(submitted)


async def open_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    view = await draw_page(member.who.team, locale, tools)
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def open_part(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Over the page, which is still there below."""
    await lay_over(client, body, await _form(tools, member, locale, _known(OpenPart.read(action).part)))
    await ack()


async def bring_back(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The last version of a part. Pressed again, the one from before the press comes back."""
    part, team = _known(BringBack.read(action).part), member.who.team
    await tools.store.centers.bring_back(team, part, now=tools.clock.now())
    tools.wake()
    await swap(client, pressed_view(body)["id"], await _form(tools, member, locale, part))
    await swap(client, pressed_view(body)["root_view_id"], await draw_page(team, locale, tools))
    await ack()


async def submitted(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    """Kept, and the page below shows it; or what is wrong stands under its field."""
    part, team = _known(CenterPart.read(view).part), member.who.team
    now_set = facts_of(await tools.store.centers.find(team))
    given = center_forms.given(locale, view, part, now_set)
    if given.errors:
        await ack(response_action="errors", errors=dict(given.errors))
        return
    await tools.store.centers.change(team, part, center.read(given.facts), now=tools.clock.now())
    tools.wake()
    await swap(client, view["root_view_id"], await draw_page(team, locale, tools))
    await ack()


async def remove_coach(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    user, team = RemoveCoach.read(action).user, member.who.team
    coaches = (await tools.store.centers.find(team)).coaches
    left = tuple(each for each in coaches if each.user != user)
    await tools.store.centers.change(team, "coaches", {"coaches": left}, now=tools.clock.now())
    await swap(client, pressed_view(body)["id"], await _form(tools, member, locale, "coaches"))
    await swap(client, pressed_view(body)["root_view_id"], await draw_page(team, locale, tools))
    await ack()


async def pause(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Everything that would go out by itself, or the way back."""
    await tools.store.centers.pause(member.who.team, paused=action["action_id"] == Pause.id)
    tools.wake()
    await swap(client, pressed_view(body)["id"], await draw_page(member.who.team, locale, tools))
    await ack()


async def try_again(ack: AsyncAck, member: Member, tools: Tools) -> None:
    """What waits for the channel goes now. How that ended stands on the page when it is opened again."""
    connected = (await tools.store.centers.find(member.who.team)).channel
    if connected:
        await tools.store.centers.try_again(member.who.team, connected)
        tools.wake()
    await ack()


async def say_hello(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    """Once a day is enough: pressed twice it is still one."""
    team, now = member.who.team, tools.clock.now()
    connected = (await tools.store.centers.find(team)).channel
    if connected:
        await tools.store.centers.say_hello(team, connected, once=f"{now:%Y-%m-%d}", now=now)
        tools.wake()
    await lay_over(client, body, words.told(locale, "center.hello_sent"))
    await ack()


async def hello_to_me(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    now = tools.clock.now()
    await tools.store.centers.say_hello(member.who.team, member.who.user, once=str(body["trigger_id"]), now=now)
    tools.wake()
    await lay_over(client, body, words.told(locale, "center.dry_run_sent"))
    await ack()


async def compose_hello(row: Row, tools: Tools) -> Message:
    language = (await tools.store.centers.find(row.team)).locale
    operator = tools.settings.operator_name
    return words.hello(tools.library.locale(language), operator=operator, dry_run=row.is_dry_run)


async def _form(tools: Tools, member: Member, locale: Locale, part: str) -> dict[str, Any]:
    found = await tools.store.centers.find(member.who.team)
    facts = facts_of(found)
    if part == "community" and found.zone is None:
        facts = facts_of(replace(found, zone=member.zone))
    choices = Choices(by_region(facts["zone"]), by_letter(), tools.library.languages)
    return center_forms.form(locale, part, facts, choices, undoable=part in found.undoable)


def _known(part: str) -> str:
    if part not in center.PARTS:
        raise OldPress
    return part
