"""After any handler: what a member reads when something did not work, and the answer for cards nobody knows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest, AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import lay_over, show, whisper
from bot.exceptions import NotCoach, NotStaff, UnknownJourney
from bot.grammar import COMMANDS
from bot.log import log
from bot.tools import Tools
from messages import sentences
from messages.blocks import Message
from messages.locale import Locale
from messages.presses import OldPress

ANY = re.compile(".*")
KINDS = ("block_actions", "view_submission", "shortcut")
# Which sentence each expected trouble has; everything else is our own fault and says so.
SENTENCES: dict[type[BaseException], str] = {
    OldPress: "sentences.old_card", UnknownJourney: "sentences.not_yours", NotStaff: "staff.only",
    NotCoach: "coaching.only",
}  # fmt: skip


def register(app: AsyncApp) -> None:
    app.action(ANY)(old_card)
    app.view(ANY)(old_form)
    app.shortcut(ANY)(old_form)
    app.event(ANY)(heard)
    app.error(sorry)


async def old_card(ack: AsyncAck, respond: AsyncRespond, locale: Locale) -> None:
    """A press nobody knows any more."""
    await whisper(respond, _sentence(locale, "sentences.old_card"))
    await ack()


async def old_form(ack: AsyncAck) -> None:
    await ack()


async def heard() -> None:
    """An event that nothing hangs on. It must be answered all the same, or Slack sends it again."""


async def sorry(
    error: Exception, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, respond: AsyncRespond
) -> BoltResponse:
    """One sentence for the member; for us the kind of error, never its text. An event is asked for again."""
    sentence = SENTENCES.get(type(error), "sentences.broken")
    if sentence == "sentences.broken":
        log.error("handler_failed", error=type(error).__name__, kind=kind_of(body), where=_where(error))
    locale: Locale = context["locale"]
    message = _sentence(locale, sentence)
    if kind_of(body) in ("block_actions", "shortcut"):
        await _tell(message, body, client, respond, locale)
    return _answer(kind_of(body), message, locale)


async def _tell(
    message: Message, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, locale: Locale
) -> None:
    """Beside the message that was pressed; over a modal, Home or wherever a shortcut was used, as a view."""
    view = sentences.told(locale, message)
    if body.get("response_url"):
        await whisper(respond, message)
    elif (body.get("view") or {}).get("type") == "modal":
        await lay_over(client, body, view)
    else:
        await show(client, body, view, respond, instead=message)


def slow(request: AsyncBoltRequest, tools: Tools) -> BoltResponse:
    """The answer when the deadline is over. The work goes on; an event is asked for again, and is then known."""
    locale = tools.library.locale(None)
    kind = kind_of(request.body or {})
    log.warning("deadline_passed", kind=kind)
    if kind == "view_submission":
        return _kept_open(request.body, locale)
    return _answer(kind, sentences.sentence(locale, "sentences.slow"), locale)


def kind_of(body: Mapping[str, Any]) -> str:
    """command, event, block_actions, view_submission, shortcut, or other: nothing a stranger could make up."""
    if "command" in body:
        return "command"
    kind = body.get("type")
    return "event" if kind == "event_callback" else kind if kind in KINDS else "other"


def _sentence(locale: Locale, key: str) -> Message:
    """Some of the sentences say how to go on: with the command that names nothing."""
    return sentences.sentence(locale, key, command=f"`{COMMANDS[-1]}`")


def _answer(kind: str, message: Message, locale: Locale) -> BoltResponse:
    if kind == "event":
        return BoltResponse(status=500)
    if kind == "command":
        return _json({"response_type": "ephemeral", **message.payload()})
    if kind == "view_submission":
        # On top: what was typed, or was there to be copied, stays below.
        return _json({"response_action": "push", "view": sentences.told(locale, message)})
    return BoltResponse(status=200)


def _kept_open(body: Mapping[str, Any], locale: Locale) -> BoltResponse:
    """The form stays as it was filled in; sent again it is the same form, so nothing happens twice."""
    said, first = sentences.sentence(locale, "sentences.slow_form"), next(iter(body["view"]["state"]["values"]), None)
    if first is None:
        return _answer("view_submission", said, locale)
    return _json({"response_action": "errors", "errors": {first: said.text}})


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": "application/json"})


def _where(error: BaseException) -> str:
    """File and line of the fault; the text of an exception may quote a member."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
