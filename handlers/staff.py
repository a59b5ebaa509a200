"""Staff of a career center: who they are, and the notes that go to them."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import lay_over, swap
from bot.center_home import draw_page
from bot.staffed import staff_only
from bot.store.values import Member, Row
from bot.tools import Skip, Tools
from messages import center_forms
from messages import staff as words
from messages.blocks import Message
from messages.center_presses import OpenStaff
from messages.forms import StaffForm, people
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(OpenStaff.id, middleware=[staff_only])(open_form)
    app.view(StaffForm.id, middleware=[staff_only])(submitted)


async def open_form(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    staff = await tools.store.staff.of(member.who.team)
    await lay_over(client, body, center_forms.staff_form(locale, staff))
    await ack()


async def submitted(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale, tools: Tools
) -> None:
    """Whoever is named is staff, and nobody else. Nobody takes it from themselves, so that one always stays."""
    named = people(view, "staff")
    if member.who.user not in named:
        await ack(response_action="errors", errors={"staff": locale.phrase("center.not_yourself")})
        return
    await tools.store.staff.name(member.who.team, named, now=tools.clock.now())
    await swap(client, view["root_view_id"], await draw_page(member.who.team, locale, tools))
    await ack()


async def compose_note(row: Row, tools: Tools) -> Message | Skip:
    """Told to who is still staff."""
    about, place, *_ = row.subject.split("/")
    if not await tools.store.staff.includes(row.who):
        return Skip("staff_no_more")
    member = await tools.store.members.find(row.who)
    locale = tools.library.locale(member.locale)
    mark = f"<@{place}>" if place.startswith(("U", "W")) else f"<#{place}>"
    return words.note(locale, about, locale.phrase("staff.group") if place == "group" else mark)
