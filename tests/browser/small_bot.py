"""A small Bolt bot for the page to talk to: a command, buttons, a menu, a modal with errors, Home."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack
from tests.browser import every_input


def words(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, **more}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


SURE = {
    "title": plain("Remove it?"), "text": plain("It goes for good."), "confirm": plain("Remove"), "deny": plain("Keep"),
}  # fmt: skip
STAGES = {
    "type": "static_select", "action_id": "stage", "placeholder": plain("How far did it get?"),
    "options": [{"text": plain("No reply"), "value": "no"}, {"text": plain("Final round"), "value": "final"}],
}  # fmt: skip
PLAN = {
    "type": "modal", "callback_id": "plan", "title": plain("Your plan"), "submit": plain("Keep"),
    "close": plain("Cancel"),
    "blocks": [
        {"type": "input", "block_id": "what", "label": plain("What"),
         "element": {"type": "plain_text_input", "action_id": "a"}},
        {"type": "input", "block_id": "day", "label": plain("Which day"), "optional": True,
         "element": {"type": "datepicker", "action_id": "d"}},
        buttons(button("Look it up", "look_up")),
    ],
}  # fmt: skip


def listeners(app: AsyncApp, heard: list[Any]) -> None:
    """A command, buttons, a menu and a modal with errors: what any small app has."""

    async def command(ack: Any, body: Any, client: Any) -> None:
        link = f"slack://app?team={body['team_id']}&id={body['api_app_id']}&tab=messages"
        await ack(
            text="It waits for you.", blocks=[words("It waits for you."), buttons(button("Open it", "open", url=link))]
        )
        dm = (await client.conversations_open(users=body["user_id"]))["channel"]["id"]
        parent = await client.chat_postMessage(
            channel=dm, text="Your steps",
            blocks=[words("*Your steps*"), buttons(button("Plan", "plan"), button("Remove", "remove", confirm=SURE))],
        )  # fmt: skip
        card = [words("First *step*"), {**words("Stage"), "accessory": STAGES}, buttons(button("Done", "done"))]
        await client.chat_postMessage(channel=dm, text="First step", blocks=card, thread_ts=parent["ts"])

    async def done(ack: Any, body: Any, client: Any) -> None:
        await ack()
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**where, text="First step, done", blocks=[words("First step, done")])

    async def other(ack: Any, body: Any) -> None:
        await ack()
        heard.append(body)

    async def plan(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=PLAN)

    async def submitted(ack: Any, body: Any) -> None:
        value = body["view"]["state"]["values"]["what"]["a"]["value"]
        heard.append(body)
        await ack(response_action="errors", errors={"what": "A little more, please."}) if value == "x" else await ack()

    app.command("/rejected")(command)
    app.action("done")(done)
    app.action("plan")(plan)
    for name in ("open", "remove", "stage", "look_up", "more", "day", "hour", "who", "one", "some"):
        app.action(name)(other)
    app.view("plan")(submitted)


def event_listeners(app: AsyncApp) -> None:
    """Home is drawn when it is opened, and a word in the DM is answered."""

    async def home(event: Any, client: Any) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [words("One next step")]})

    async def message(event: Any, client: Any) -> None:
        if "thread_ts" not in event:
            await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")

    app.event("app_home_opened")(home)
    app.event({"type": "message", "subtype": None})(message)


@asynccontextmanager
async def small_bot(slack: Slack, heard: list[Any]) -> AsyncIterator[str]:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)
    listeners(app, heard)
    every_input.listeners(app, heard)
    event_listeners(app)

    async def serve(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    site.router.add_post("/slack/events", serve)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()
