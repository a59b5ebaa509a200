"""The bodies of the control API: which of several is meant, and the sentence for what is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.bodies import BODIES
from bot.sandbox.slack import Slack

Json = dict[str, Any]
Serve = Callable[[AsyncApp], Awaitable[str]]
Post = Callable[..., Awaitable[Json]]


@pytest.fixture
async def post(slack: Slack) -> AsyncIterator[Post]:
    async with aiohttp.ClientSession(slack.url) as session:

        async def send(action: str, **body: Any) -> Json:
            async with session.post(f"/_sandbox/{action}", json=body) as answer:
                found: Json = await answer.json()
                return found

        yield send


@pytest.fixture
async def alike(slack: Slack, bolt_app: AsyncApp, serve: Serve, client: AsyncWebClient) -> list[Json]:
    """A message with four buttons of one name and two menus, and what of them was pressed."""
    heard: list[Json] = []

    async def note(ack: Any, action: Json) -> None:
        await ack()
        heard.append({name: action.get(name) for name in ("block_id", "action_id", "value")})

    for action_id in ("step.done", "step.all", "stage"):
        bolt_app.action(action_id)(note)
    await serve(bolt_app)
    text = {"type": "plain_text", "text": "Done"}

    def row(block_id: str, *ids: tuple[str, str]) -> Json:
        buttons = [{"type": "button", "text": text, "action_id": name, "value": value} for name, value in ids]
        options = [{"text": {"type": "plain_text", "text": block_id}, "value": "v"}]
        menu = {"type": "static_select", "action_id": "stage", "options": options}
        return {"type": "actions", "block_id": block_id, "elements": [*buttons, menu]}

    rows = [row("one", ("step.done", "1"), ("step.all", "9")), row("two", ("step.done", "2"), ("step.all", "9"))]
    dm = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    await client.chat_postMessage(channel=dm, text="steps", blocks=rows)
    return heard


@pytest.mark.parametrize(
    ("body", "pressed"),
    [
        ({"label": "Done"}, ("one", "step.done", "1")),
        ({"label": "Done", "block_id": "two"}, ("two", "step.done", "2")),
        ({"label": "Done", "value": "2"}, ("two", "step.done", "2")),
        ({"action_id": "step.all", "block_id": "two"}, ("two", "step.all", "9")),
        ({"label": "Done", "action_id": "step.all"}, ("one", "step.all", "9")),
        ({"action_id": "step.done", "value": "2", "block_id": None}, ("two", "step.done", "2")),
    ],
)
async def test_of_several_alike_the_one_that_is_meant_is_pressed(
    post: Post, alike: list[Json], body: Json, pressed: tuple[str, str, str]
) -> None:
    assert await post("press", **body) == {"ok": True, "seconds": pytest.approx(0, abs=3)}
    assert tuple(alike[0].values()) == pressed


async def test_a_menu_is_found_by_its_block_too(post: Post, alike: list[Json]) -> None:
    assert (await post("choose", action_id="stage", block_id="two", option="two"))["ok"]
    assert alike[0]["block_id"] == "two"
    wrong = await post("choose", action_id="stage", block_id="one", option="two")
    assert wrong["error"] == "there is no option 'two'; there are: one"


async def test_who_asks_for_too_much_presses_nothing(post: Post, alike: list[Json]) -> None:
    answer = await post("press", label="Done", block_id="two", value="9", action_id="step.done")
    assert answer["error"].startswith("Maya sees no 'Done' with block_id 'two', action_id 'step.done' and value '9'")
    assert alike == []


@pytest.mark.parametrize(
    ("action", "body", "sentence"),
    [
        ("press", {}, "press needs label or action_id"),
        ("press", {"labl": "Done"}, "press does not know labl; it takes as, label, action_id"),
        ("press", {"label": 7}, "label of press must be a text, not 7"),
        ("choose", {"label": "Stage"}, "choose needs option"),
        ("type", {"as": "maya"}, "type needs text"),
        ("submit", {"values": "x"}, "values of submit must be an object, not 'x'"),
        ("close", {"all": "yes"}, "all of close must be true or false, not 'yes'"),
        ("clock", {}, "clock needs advance or until or next"),
        ("clock", {"advance": True}, "advance of clock must be a text or a number, not True"),
        ("fault", {"method": "*"}, "fault needs kind"),
        ("fault", {"method": "*", "kind": "hang", "count": "two"}, "count of fault must be a number, not 'two'"),
        ("profile", {"user": "maya", "changes": {"shoe_size": 40}}, "a member has no 'shoe_size'"),
        ("uninstall", {"really": True}, "uninstall does not know really; it takes nothing"),
        ("connect", {}, "connect needs request_url"),
    ],
)
async def test_a_wrong_body_gets_a_sentence(post: Post, action: str, body: Json, sentence: str) -> None:
    answer = await post(action, **body)
    assert not answer["ok"] and answer["error"].startswith(sentence)


async def test_the_control_api_takes_what_its_page_lists() -> None:
    """docs/sandbox-api.md names every request, and every name a body may have."""
    papers = (Path(__file__).parents[3] / "docs" / "sandbox-api.md").read_text()
    rows = {line.split("|")[1]: line for line in papers.splitlines() if line.startswith("| `POST /_sandbox/")}
    for action, body in BODIES.items():
        [row] = [line for names, line in rows.items() if f"/{action}`" in names or f"`{action}`" in names]
        missing = [name for name in body.takes if f'"{name}"' not in row and f"`{name}`" not in row]
        assert not missing, f"{action}: {missing}"
