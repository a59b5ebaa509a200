"""A modal with every kind of input Slack has, and a stack of three; the bot behind them writes down what it hears."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def field(label: str, kind: str, *, optional: bool = True, **more: Any) -> dict[str, Any]:
    """An input block whose block_id is its label in small letters."""
    element = {"type": kind, "action_id": "it", **more}
    return {
        "type": "input", "block_id": label.lower(), "label": plain(label), "optional": optional, "element": element,
    }  # fmt: skip


EVERY_INPUT = {
    "type": "modal", "callback_id": "every_input", "title": plain("Every input"), "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [
        field("Name", "plain_text_input", optional=False, min_length=2, max_length=8),
        field("Story", "plain_text_input", multiline=True),
        field("Address", "url_text_input"),
        field("Mail", "email_text_input"),
        field("Years", "number_input", is_decimal_allowed=False, min_value="0", max_value="60"),
        field("Stage", "static_select", options=options("Early", "Late")),
        field("Fields", "multi_static_select", options=options("Law", "Art", "Care")),
        field("Person", "users_select"),
        field("People", "multi_users_select"),
        field("Rooms", "multi_channels_select"),
        field("One", "radio_buttons", options=options("Yes", "No")),
        field("Some", "checkboxes", options=options("Mornings", "Evenings")),
        field("Day", "datepicker"),
        field("Hour", "timepicker"),
        field("Moment", "datetimepicker"),
    ],
}  # fmt: skip


def floor(number: int) -> dict[str, Any]:
    """One modal of a stack, with a way up and an input to be remembered."""
    up = {"type": "button", "text": plain("Up"), "action_id": "up", "value": str(number + 1)}
    return {
        "type": "modal", "callback_id": "floor", "title": plain(f"Floor {number}"), "submit": plain("Out"),
        "close": plain("Down"), "notify_on_close": True,
        "blocks": [field("Note", "plain_text_input"), {"type": "actions", "elements": [up]}],
    }  # fmt: skip


def listeners(app: AsyncApp, heard: list[Any]) -> None:
    async def opens(ack: Any, action: Any, body: Any, client: Any) -> None:
        await ack()
        view = EVERY_INPUT if action["action_id"] == "every_input" else floor(1)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def up(ack: Any, action: Any, body: Any, client: Any) -> None:
        await ack()
        pushed = await client.views_push(trigger_id=body["trigger_id"], view=floor(int(action["value"])))
        heard.append({"type": "pushed", "view": pushed["view"]})

    async def writes_down(ack: Any, body: Any) -> None:
        await ack()
        heard.append(body)

    for name in ("every_input", "floors"):
        app.action(name)(opens)
    app.action("up")(up)
    for name in ("every_input", "floor"):
        app.view(name)(writes_down)
        app.view_closed(name)(writes_down)
