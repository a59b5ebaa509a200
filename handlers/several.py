"""Several noes at once: one short thread, and each of them remembered."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import grammar
from bot.answers import lay_over, show
from bot.grammar import Names
from bot.listening import hear
from bot.store.values import Asked, Member
from bot.tools import Tools
from messages import presses, rejected, sentences
from messages import several as words
from messages.forms import Several, Situation, answer, filled
from messages.locale import Locale


def register(app: AsyncApp) -> None:
    app.action(presses.OpenSeveral.id)(open_form)
    app.view(Several.id)(submitted)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    locale: Locale,
) -> None:  # fmt: skip
    """Over the boxes of a situation, which stay as they are; in place of the form for one no, with what it held."""
    presses.OpenSeveral.read(action)
    within = body.get("view") or {}
    if within.get("callback_id") == Situation.id:
        await lay_over(client, body, words.form(locale))
    else:
        begun = ", ".join(filled(within, ("company", "role")).values()) if within else ""
        instead = sentences.sentence(locale, "sentences.slow_form")
        await show(client, body, words.form(locale, begun=begun), respond, instead=instead)
    await ack()


async def submitted(
    ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], member: Member, locale: Locale, tools: Tools
) -> None:
    """Sent twice, however late, they are the same noes."""
    heard = await hear(view, member, locale, tools, names=(words.LINES,))
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    lines, given = grammar.lines(answer(view, words.LINES)), answer(view, words.NUMBER)
    number = int(given) if given in words.NUMBERS else 0
    if errors := _errors(locale, lines, number):
        await ack(response_action="errors", errors=errors)
        return
    await _start(tools, member, view["id"], lines + [Names()] * (number - len(lines)))
    app = locale.phrase("slack.app_link", team=member.who.team, app=body.get("api_app_id", ""))
    await ack(response_action="update", view=rejected.started(locale, link=app))


def _errors(locale: Locale, lines: list[Names], number: int) -> dict[str, str]:
    """By the field they stand under; what was typed stays there."""
    if len(lines) > words.MOST:
        return {words.LINES: locale.phrase("several.too_many")}
    if not lines and not number:
        return {words.LINES: locale.phrase("several.none_given")}
    return {}


async def _start(tools: Tools, member: Member, form: str, noes: list[Names]) -> None:
    key = tools.vault.pseudonym(member.who.user, "several", form)
    left_out = any(each.left_out for each in noes)
    asked = [Asked(key, each.company, each.role, left_out=left_out) for each in noes]
    await tools.store.journeys.start_several(member.who, asked, now=tools.clock.now())
    tools.wake()
