"""What members want to share without a name, for staff: one text at a time, and never whose it is."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import sharing
from bot.answers import lay_over, swap
from bot.center_home import draw_page
from bot.listening import hear
from bot.sharing import Shared
from bot.staffed import staff_only
from bot.store.values import Member
from bot.tools import Tools
from messages import sharing as shared_words
from messages import sharing_queue as words
from messages.locale import Locale
from messages.press import pressed_view
from messages.presses import OldPress
from messages.sharing_forms import SendBack
from messages.sharing_presses import Approve, LeaveShown, MuteAuthor, NextShared, OpenQueue, OpenSendBack
from messages.sharing_queue import Waiting


def register(app: AsyncApp) -> None:
    only = [staff_only]
    app.action(OpenQueue.id, middleware=only)(open_queue)
    app.action(Approve.id, middleware=only)(approve)
    app.action(OpenSendBack.id, middleware=only)(open_send_back)
    app.action(MuteAuthor.id, middleware=only)(mute)
    app.action(LeaveShown.id, middleware=only)(leave)
    app.action(NextShared.id, middleware=only)(later)
    app.view(SendBack.id, middleware=only)(send_back)


async def open_queue(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    await lay_over(client, body, await _view(member, locale, tools))
    await ack()


async def later(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    view = await _view(member, locale, tools, after=NextShared.read(action).share)
    await swap(client, pressed_view(body)["id"], view)
    await ack()


async def approve(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The first press of anybody of staff counts, and only one post comes of it."""
    share, team = Approve.read(action).share, member.who.team
    done = not await sharing.closed(team, tools) and await tools.store.sharing.approve(
        team, share, now=tools.clock.now()
    )
    tools.wake()
    await _goes_on(client, pressed_view(body), member, locale, tools, said="approved" if done else "decided")
    await ack()


async def open_send_back(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, locale: Locale
) -> None:
    await lay_over(client, body, words.form(locale, OpenSendBack.read(action).share))
    await ack()


async def send_back(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    heard = await hear(view, member, locale, tools, goes_out=True)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    why, said = sharing.given(view, "why"), sharing.given(view, "words")
    if why not in shared_words.REASONS:
        raise OldPress
    if flaw := words.flaw(locale, why, said):
        await ack(response_action="errors", errors={"words": flaw})
        return
    share, team = SendBack.read(view).share, member.who.team
    done = await tools.store.sharing.send_back(team, share, why=why, words=said, now=tools.clock.now())
    tools.wake()
    below = {"id": view["previous_view_id"], "root_view_id": view["root_view_id"]}
    await _goes_on(client, below, member, locale, tools, said="sent_back" if done else "decided")
    await ack()


async def mute(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    share, team = MuteAuthor.read(action).share, member.who.team
    found = await tools.store.sharing.find(team, share)
    said = "answer_muted" if found and found.state == "reported" else "was_muted"
    done = await tools.store.sharing.mute(team, share, now=tools.clock.now())
    tools.wake()
    await _goes_on(client, pressed_view(body), member, locale, tools, said=said if done else "decided")
    await ack()


async def leave(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    done = await tools.store.sharing.leave(member.who.team, LeaveShown.read(action).share)
    await _goes_on(client, pressed_view(body), member, locale, tools, said="left_alone" if done else "decided")
    await ack()


async def _goes_on(
    client: AsyncWebClient, queue: dict[str, Any], member: Member, locale: Locale, tools: Tools, *, said: str
) -> None:
    """The next one in its place, and the page below as it is now."""
    await swap(client, queue["id"], await _view(member, locale, tools, said=said))
    await swap(client, queue["root_view_id"], await draw_page(member.who.team, locale, tools))


async def _view(
    member: Member, locale: Locale, tools: Tools, *, after: str = "", said: str = ""
) -> dict[str, Any]:  # fmt: skip
    """Nothing waits where nobody can share: what is there goes back by itself."""
    closed = await sharing.closed(member.who.team, tools)
    waiting = [] if closed else await tools.store.sharing.waiting(member.who.team, now=tools.clock.now())
    first = _first(waiting, after)
    return words.page(locale, first, left=len(waiting), said=said)


def _first(waiting: list[Shared], after: str) -> Waiting | None:
    """The one behind, and then from the beginning."""
    found = next((each for each in waiting if each.id > after), next(iter(waiting), None))
    return Waiting(found.id, found.text, found.state == "reported") if found else None
