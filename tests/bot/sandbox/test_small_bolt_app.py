"""An ordinary Bolt app, a process of its own, on ``sandbox --bare``: over HTTP and over Socket Mode."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.sandbox.processes import Json, Sandbox, bot, sandbox

APP = Path(__file__).with_name("small_bolt_app.py")
MANIFEST = {
    "display_information": {"name": "Lunch"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Lunch"},
        "slash_commands": [{"command": "/lunch"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "reactions:write"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
    },
}
MAYA = "U0MAYA00001"


@pytest.fixture
def manifest_file(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    return path


def dms(state: Json) -> list[Json]:
    return [each for place in state["channels"] if place["is_im"] for each in state["messages"][place["id"]]]


def modal(state: Json) -> Any:
    return state["views"][MAYA]["modals"]


async def orders_lunch(running: Sandbox) -> None:
    """The whole conversation, in the order a person would have it."""
    typed = await running.post("type", text="/lunch soup")
    assert typed["answer"]["text"] == "Asking about soup."
    await running.until(dms)
    assert (await running.post("press", label="Order"))["ok"]
    await running.until(modal)
    wrong = await running.post("submit", values={"How many?": "two"})
    assert wrong["errors"] == {"count": "Please write a number."}
    assert (await running.post("submit", values={"How many?": "2"}))["ok"]
    await running.until(lambda state: dms(state)[0]["text"] == "2 ordered." and dms(state)[0].get("reactions"))
    assert (await running.post("open_home"))["ok"]
    await running.until(lambda state: state["views"][MAYA]["home"])
    assert (await running.post("say", text="thank you"))["ok"]
    await running.until(lambda state: len(dms(state)) == 3)
    state = await running.state()
    assert dms(state)[2]["text"] == "You said: thank you" and dms(state)[2]["thread_ts"] == dms(state)[1]["ts"]
    assert (await running.post("say", text="and a spoon", thread_ts=dms(state)[1]["ts"]))["ok"]
    await running.until(lambda state: len(dms(state)) == 5)
    state = await running.state()
    assert modal(state) == []
    assert (state["failures"], state["unknown_methods"], state["warnings"]) == ([], [], [])
    assert not [each for each in state["journal"] if each["direction"] == "to_slack" and not each["response"]["ok"]]


async def test_over_http(manifest_file: Path) -> None:
    async with sandbox("--manifest", str(manifest_file)) as running, bot(APP, running) as port:
        url = f"http://127.0.0.1:{port}/slack/events"
        assert await running.post("connect", request_url=url) == {"ok": True, "verified": True}
        await orders_lunch(running)
        assert await running.ends() == 0


async def test_over_socket_mode(manifest_file: Path) -> None:
    async with sandbox("--manifest", str(manifest_file), "--socket-mode") as running, bot(APP, running):
        await orders_lunch(running)
        assert await running.ends() == 0
