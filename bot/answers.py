"""The short answers a handler may give by itself: a whisper or a redrawn message through the request's own
``response_url``, and views. All of them may be lost without losing a fact, so a failure is noted and goes no further.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.log import log
from bot.slack_errors import FAILURES, judge
from messages.blocks import Message

if TYPE_CHECKING:
    from slack_bolt.context.respond.async_respond import AsyncRespond


async def whisper(respond: AsyncRespond, message: Message) -> None:
    """Seen by the one who pressed, and gone on reload."""
    await _respond(respond, message, response_type="ephemeral", replace_original=False)


async def in_place(respond: AsyncRespond, message: Message) -> None:
    """The pressed message, drawn anew in words that are kept nowhere."""
    await _respond(respond, message, replace_original=True)


async def show(
    client: AsyncWebClient, body: Mapping[str, Any], view: dict[str, Any], respond: AsyncRespond, instead: Message
) -> None:
    """Opens a view, or changes the one pressed in. Where Slack's three seconds are over, it is whispered instead."""
    try:
        within = body.get("view") or {}
        if within.get("type") == "modal":
            await client.views_update(view_id=within["id"], view=view)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=view)
    except FAILURES as failure:
        log.warning("view_not_shown", error=judge(failure).error)
        await whisper(respond, instead)


async def lay_over(client: AsyncWebClient, body: Mapping[str, Any], view: dict[str, Any]) -> None:
    """A view on top of the one pressed in, which stays below as it is, with all that was typed."""
    try:
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    except FAILURES as failure:
        log.warning("view_not_shown", error=judge(failure).error)


async def lay_or_show(
    client: AsyncWebClient, body: Mapping[str, Any], view: dict[str, Any], respond: AsyncRespond, instead: Message
) -> None:
    """Over the view it was pressed in, or by itself where it was pressed in a message or on Home."""
    if (body.get("view") or {}).get("type") == "modal":
        await lay_over(client, body, view)
    else:
        await show(client, body, view, respond, instead)


async def swap(client: AsyncWebClient, view_id: str, view: dict[str, Any]) -> None:
    """Another view in the place of one that is open, such as the page below the form that changed it."""
    try:
        await client.views_update(view_id=view_id, view=view)
    except FAILURES as failure:
        log.warning("view_not_shown", error=judge(failure).error)


async def _respond(respond: AsyncRespond, message: Message, **how: Any) -> None:
    try:
        await respond(**message.payload(), **how)
    except (*FAILURES, ValueError) as failure:
        log.warning("answer_not_shown", error=type(failure).__name__)


async def publish(
    client: AsyncWebClient, user: str, view: dict[str, Any], *, seen: str | None = None
) -> str | None:  # fmt: skip
    """App Home. Opened again, it is published again. The hash of the new one, empty where it could not be published.

    ``seen`` is the hash of the one it takes the place of. None where another one was published since, and stays.
    """
    try:
        answer = await client.views_publish(user_id=user, view=view, hash=seen)
    except FAILURES as failure:
        error = judge(failure).error
        if error == "hash_conflict":
            return None
        log.warning("home_not_published", error=error)
        return ""
    return str((answer.get("view") or {}).get("hash") or "")
