"""A small Bolt app as anybody might write it: a command, a button, a form with an error, Home, and a message.

It imports nothing of ours and knows of no sandbox. Only the three lines that read the environment lead it to one.
"""

import os
from typing import Any

from slack_bolt import Ack, App, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

SLACK = os.environ.get("SLACK_API_URL", WebClient.BASE_URL)
app = App(
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=SLACK),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


@app.command("/lunch")
def lunch(ack: Ack, say: Say, command: dict[str, Any]) -> None:
    ack(f"Asking about {command['text']}.")
    button = {"type": "button", "text": text("Order"), "action_id": "order", "value": command["text"]}
    dm = app.client.conversations_open(users=command["user_id"])["channel"]["id"]
    say(channel=dm, text="Hungry?", blocks=[{"type": "actions", "elements": [button]}])


@app.action("order")
def order(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    count = {"type": "plain_text_input", "action_id": "count"}
    where = body["container"]
    client.views_open(
        trigger_id=body["trigger_id"],
        view={
            "type": "modal",
            "callback_id": "ordered",
            "private_metadata": f"{where['channel_id']} {where['message_ts']}",
            "title": text("Order"),
            "submit": text("Send"),
            "blocks": [{"type": "input", "block_id": "count", "label": text("How many?"), "element": count}],
        },
    )


@app.view("ordered")
def ordered(ack: Ack, view: dict[str, Any], client: WebClient) -> None:
    count = view["state"]["values"]["count"]["count"]["value"]
    if not count.isdigit():
        ack(response_action="errors", errors={"count": "Please write a number."})
        return
    ack()
    channel, ts = view["private_metadata"].split()
    client.chat_update(channel=channel, ts=ts, text=f"{count} ordered.")
    client.reactions_add(channel=channel, timestamp=ts, name="fork_and_knife")


@app.event("app_home_opened")
def home(event: dict[str, Any], client: WebClient) -> None:
    words = {"type": "section", "text": text("Lunch is at noon.")}
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [words]})


@app.event("message")
def message(event: dict[str, Any], say: Say) -> None:
    if "subtype" not in event:
        say(text=f"You said: {event['text']}", thread_ts=event.get("thread_ts", event["ts"]))


if __name__ == "__main__":
    if "SLACK_APP_TOKEN" in os.environ:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]
    else:
        app.start(port=int(os.environ["PORT"]))
