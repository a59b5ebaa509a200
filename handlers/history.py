"""A member's history on Home: pages of it, and what can be done with each no."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import grammar, written
from bot.answers import show
from bot.home import draw_home, item
from bot.listening import hear
from bot.steps import Stage
from bot.store.history_values import Change
from bot.store.values import Member
from bot.tools import Tools
from messages import history as words
from messages import home_presses, sentences
from messages.forms import ChangeEntry, JoinEntries, answer
from messages.history import Facts
from messages.home import page_of
from messages.locale import Locale
from messages.press import pressed_view
from messages.presses import OldPress

NAMES = ("company", "role")
SHOWN = 100  # options a menu holds


def register(app: AsyncApp) -> None:
    for press in (home_presses.Unfold, home_presses.Newer, home_presses.Older):
        app.action(press.id)(turn)
    app.action(home_presses.Fold.id)(fold)
    app.action(home_presses.OfEntry.id)(of_entry)
    app.action(home_presses.UndoEntry.id)(undo)
    app.view(ChangeEntry.id)(changed)
    app.view(JoinEntries.id)(joined)


async def turn(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Unfolds the history, or turns to the page beside this one."""
    page = home_presses.Unfold.read(action).page
    if not page.isdigit():
        raise OldPress
    await draw_home(client, member, locale, tools, pressed=pressed_view(body), page=int(page))
    await ack()


async def fold(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    await draw_home(client, member, locale, tools, pressed=pressed_view(body))
    await ack()


async def of_entry(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Change it or join it to another in a form; delete it at once, with a way back."""
    press, page = home_presses.OfEntry.read(action), page_of(pressed_view(body)) or 0
    match press.chosen(action):
        case words.CHANGE:
            view = await _change_form(tools, member, locale, press.journey, page)
        case words.MERGE:
            view = await _join_form(tools, member, locale, press.journey, page)
        case words.DELETE:
            await tools.store.history.delete_later(member.who, press.journey, now=tools.clock.now())
            await _drawn(client, body, member, locale, tools, page)
            await ack()
            return
        case _:
            raise OldPress
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def undo(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    press = home_presses.UndoEntry.read(action)
    await tools.store.history.restore(member.who, press.journey, now=tools.clock.now())
    await _drawn(client, body, member, locale, tools, page_of(pressed_view(body)))
    await ack()


async def changed(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    heard = await hear(view, member, locale, tools, names=NAMES)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    form, day = ChangeEntry.read(view), written.picked(answer(view, "day"))
    if day and day > written.day_in(member, tools.clock.now(), 0):
        await ack(response_action="errors", errors={"day": locale.phrase("history.day_ahead")})
        return
    names = grammar.kept(answer(view, "company"), answer(view, "role"))
    change = Change(
        names.company, names.role, Stage(answer(view, "stage") or Stage.NONE), day.isoformat() if day else None
    )
    await tools.store.history.change(member.who, form.journey, change, now=tools.clock.now())
    tools.wake()
    await draw_home(client, member, locale, tools, page=form.page)
    await ack()


async def joined(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    form, into = JoinEntries.read(view), answer(view, "into")
    if into:
        await tools.store.history.merge(member.who, form.journey, into, now=tools.clock.now())
        tools.wake()
        await draw_home(client, member, locale, tools, page=form.page)
    await ack()


async def _change_form(tools: Tools, member: Member, locale: Locale, journey: str, page: int) -> dict[str, Any]:
    found = await tools.store.journeys.find(member.who, journey)
    day = written.happened_on(member, found).isoformat()
    facts = Facts(found.company or "", found.role or "", str(found.stage), day)
    return words.change(locale, found.id, facts, page=page)


async def _join_form(tools: Tools, member: Member, locale: Locale, journey: str, page: int) -> dict[str, Any]:
    found = await tools.store.journeys.find(member.who, journey)
    others = [each for each in await tools.store.history.newest(member.who, SHOWN + 1) if each.id != found.id]
    if not others:
        none = sentences.sentence(locale, "history.join_none")
        return sentences.page(locale, none, title="history.join_title")
    items = [item(locale, member, each) for each in others[:SHOWN]]
    return words.join(locale, item(locale, member, found), items, page=page)


async def _drawn(
    client: AsyncWebClient, body: dict[str, Any], member: Member, locale: Locale, tools: Tools, page: int | None
) -> None:
    """What changed goes out, and Home shows it."""
    tools.wake()
    await draw_home(client, member, locale, tools, pressed=pressed_view(body), page=page)
