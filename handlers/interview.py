"""An interview is ahead: what was kept that helps, in one place."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import show
from bot.store.values import Member, NoteKind
from bot.tools import Tools
from messages import home_presses, sentences
from messages import interview as words
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(home_presses.Prepare.id)(prepare)


async def prepare(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """The game plan and the answer kept last, of whatever thread."""
    game_plan = await tools.store.notes.newest(member.who, NoteKind.GAME_PLAN)
    answer = await tools.store.notes.newest(member.who, NoteKind.FEEDBACK)
    view = words.view(
        locale, game_plan=game_plan.words if game_plan else {}, answer=answer.words if answer else {}
    )  # fmt: skip
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()
