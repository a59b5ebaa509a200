"""The main door: ``/rejected``, its shortcut and its form. A no comes in, a thread begins."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import grammar, written
from bot.answers import in_place, show
from bot.distress import Tier, listen_to_names
from bot.grammar import COMMANDS, Names, asks
from bot.home import draw_home, is_home
from bot.listening import hear, lines_of, quiet
from bot.steps import Stage
from bot.store.values import Asked, Member, Started
from bot.tools import Tools
from messages import listening, presses, sentences
from messages import rejected as words
from messages.blocks import Message
from messages.forms import Rejection, answer
from messages.locale import Locale

SHORTCUT = "rejected.begin"
SHOWN = 10  # threads in the history
NAMES = ("company", "role")  # fields, so not every word in them is said by the member


def register(app: AsyncApp) -> None:
    for name in COMMANDS:
        app.command(name, matchers=[asks(None)])(rejected)
        app.command(name, matchers=[asks("help")])(usage)
        app.command(name, matchers=[asks("history")])(history)
    app.shortcut(SHORTCUT)(open_form)
    app.action(presses.Begin.id)(open_form)
    app.action(presses.AnotherOne.id)(another)
    app.view(Rejection.id)(submitted)


async def rejected(ack: AsyncAck, command: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """A no: the thread is committed, then Slack shows the way to it."""
    text = str(command.get("text") or "")
    if listen_to_names(locale, text) is Tier.STRONG:
        until = await quiet(member, locale, tools)
        await ack(**_ephemeral(listening.answer(locale, lines_of(member), until=until)))
        return
    started = await _start(tools, member, grammar.names(text), typed=text)
    repeated = started.journey if started.repeated else ""
    await ack(**_ephemeral(words.pointer(locale, link=_app(locale, command), repeated=repeated)))


async def another(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """It is another one: the same words, and a thread of its own. Pressed twice it is still one more."""
    press = presses.AnotherOne.read(action)
    first = await tools.store.journeys.find(member.who, press.journey)
    await _start(tools, member, Names(first.company, first.role), typed=f"another {press.journey}", once=True)
    await in_place(respond, words.pointer(locale, link=_app(locale, body)))
    await ack()


async def open_form(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, locale: Locale
) -> None:
    """The form, with nothing in it that must be filled."""
    view = words.form(locale, home=is_home(body))
    await show(client, body, view, respond, instead=sentences.sentence(locale, "sentences.slow_form"))
    await ack()


async def submitted(
    ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    """Sent twice, however late, it is still one thread."""
    heard = await hear(view, member, locale, tools, names=NAMES)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    names = grammar.kept(answer(view, "company"), answer(view, "role"))
    stage = Stage(answer(view, "stage") or Stage.NONE)
    await _start(tools, member, names, typed=f"form {view['id']}", stage=stage, once=True)
    if Rejection.read(view).home:
        await draw_home(client, member, locale, tools)
    await ack(response_action="update", view=words.started(locale, link=_app(locale, body)))


async def usage(ack: AsyncAck, command: dict[str, Any], locale: Locale) -> None:
    await ack(**_ephemeral(words.usage(locale, command=command["command"])))


async def history(ack: AsyncAck, command: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """The latest threads, for the eyes of the one who asked."""
    journeys = await tools.store.journeys.recent(member.who, limit=SHOWN)
    lines = [(written.happened(locale, member, each), str(each.stage), each.name) for each in journeys]
    await ack(**_ephemeral(words.history(locale, lines, command=command["command"])))


async def _start(
    tools: Tools, member: Member, names: Names, *, typed: str, stage: Stage = Stage.NONE, once: bool = False
) -> Started:
    key = tools.vault.pseudonym(member.who.user, " ".join(typed.lower().split()))
    asked = Asked(key, names.company, names.role, stage=stage, left_out=names.left_out, once=once)
    started = await tools.store.journeys.start(member.who, asked, now=tools.clock.now())
    tools.wake()
    return started


def _app(locale: Locale, body: dict[str, Any]) -> str:
    team = body.get("team_id") or body.get("team", {}).get("id", "")
    return locale.phrase("slack.app_link", team=team, app=body.get("api_app_id", ""))


def _ephemeral(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", **message.payload()}
