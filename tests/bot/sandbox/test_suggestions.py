"""External selects: asked wherever they stand, from the first letters the app wants; their options are checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.kinds import HandsError
from bot.sandbox.slack import Slack

Json = dict[str, Any]
Serve = Callable[[AsyncApp], Awaitable[str]]
SELECT = {"type": "external_select", "action_id": "who", "min_query_length": 1}
BLOCKS = [{"type": "actions", "block_id": "pick", "elements": [SELECT]}]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(name: str) -> Json:
    return {"text": words(name), "value": name.lower()}


@pytest.fixture
async def asked(slack: Slack, bolt_app: AsyncApp, serve: Serve) -> list[Json]:
    """A bot that offers two names, and what it was asked and told."""
    bodies: list[Json] = []

    @bolt_app.options("who")
    async def offer(ack: Any, body: Json) -> None:
        bodies.append(body)
        await ack(options=[option(f"{body['value']}nna"), option(f"{body['value']}lex")])

    @bolt_app.action("who")
    async def chosen(ack: Any, body: Json) -> None:
        bodies.append(body)
        await ack()

    await serve(bolt_app)
    return bodies


@pytest.fixture(params=["message", "modal", "home", "ephemeral"])
async def place(request: pytest.FixtureRequest, slack: Slack, client: AsyncWebClient) -> str:
    """Somewhere the select stands."""
    if request.param == "modal":
        view = {"type": "modal", "title": words("Form"), "blocks": BLOCKS}
        await client.views_open(trigger_id=slack.platform.triggers.mint("U0MAYA00001"), view=view)
    elif request.param == "home":
        await client.views_publish(user_id="U0MAYA00001", view={"type": "home", "blocks": BLOCKS})
    elif request.param == "message":
        dm = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
        await client.chat_postMessage(channel=dm, text="Who?", blocks=BLOCKS)
    else:
        await slack.invites_the_bot("#general")
        await client.chat_postEphemeral(channel="C0GENERAL01", user="U0MAYA00001", text="Who?", blocks=BLOCKS)
    return str(request.param)


async def test_a_person_picks_what_the_bot_offers(slack: Slack, asked: list[Json], place: str) -> None:
    assert [each["value"] for each in await slack.suggests("who", "A")] == ["anna", "alex"]
    assert (await slack.chooses("who", {"text": words("Alex"), "value": "alex"})).ok
    suggestion, action = asked
    assert (suggestion["type"], suggestion["action_id"], suggestion["block_id"]) == ("block_suggestion", "who", "pick")
    assert ("view" in suggestion) is (place in ("modal", "home"))
    assert ("message" in suggestion) is (place == "message")
    assert ("channel" in suggestion) is (place in ("message", "ephemeral"))
    assert "trigger_id" not in suggestion
    assert action["actions"][0]["selected_option"]["value"] == "alex"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("place", ["message"], indirect=True)
async def test_what_was_not_offered_cannot_be_picked(slack: Slack, place: str) -> None:
    with pytest.raises(HandsError, match="there are: zoenna, zoelex"):
        await slack.chooses("who", "zoe")


@pytest.mark.parametrize("place", ["message"], indirect=True)
async def test_too_few_letters_ask_nobody(slack: Slack, asked: list[Json], place: str) -> None:
    assert await slack.suggests("who", "") == [] and asked == []


@pytest.mark.parametrize("place", ["message"], indirect=True)
@pytest.mark.parametrize(
    "wrong", [[{"text": words("x" * 76), "value": "x"}], [{"text": words("x")}], [option(str(n)) for n in range(101)]]
)
async def test_options_slack_would_not_take_are_a_failure(
    slack: Slack, bolt_app: AsyncApp, serve: Serve, place: str, wrong: list[Json]
) -> None:
    @bolt_app.options("who")
    async def offer(ack: Any) -> None:
        await ack(options=wrong)

    await serve(bolt_app)
    assert await slack.suggests("who", "a") == []
    assert "/options" in slack.failures[-1].reason


async def test_other_menus_ask_nobody(slack: Slack, client: AsyncWebClient) -> None:
    menu = {"type": "static_select", "action_id": "stage", "options": [option("Late")]}
    dm = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    await client.chat_postMessage(channel=dm, text="x", blocks=[{"type": "actions", "elements": [menu]}])
    with pytest.raises(HandsError, match="has its own options"):
        await slack.suggests("stage", "La")
