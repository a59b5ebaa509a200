"""Modals and Home: triggers, stacks, hashes, validation, and what an acknowledgement may say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.kinds import HandsError
from bot.sandbox.slack import Slack

Json = dict[str, Any]
Serve = Callable[[AsyncApp], Awaitable[str]]
ServeRaw = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str = "name", optional: bool = False, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "v", **more}
    return {
        "type": "input",
        "block_id": block_id,
        "label": words(block_id.title()),
        "element": element,
        "optional": optional,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "m",
        "title": words("Form"),
        "submit": words("Go"),
        "blocks": list(blocks),
        **more,
    }


def trigger(slack: Slack, user: str = "U0MAYA00001", view_id: str | None = None) -> str:
    return slack.platform.triggers.mint(user, view_id)


async def opened(slack: Slack, client: AsyncWebClient, view: Json) -> Json:
    found: Json = (await client.views_open(trigger_id=trigger(slack), view=view))["view"]
    return found


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


async def test_a_trigger_opens_one_view(slack: Slack, client: AsyncWebClient) -> None:
    once = trigger(slack)
    await client.views_open(trigger_id=once, view=modal())
    assert await refused(client.views_open(trigger_id=once, view=modal())) == "exchanged_trigger_id"


async def test_a_wrong_view_does_not_use_the_trigger_up(slack: Slack, client: AsyncWebClient) -> None:
    once = trigger(slack)
    assert await refused(client.views_open(trigger_id=once, view=modal(title=words("x" * 25)))) == "invalid_arguments"
    await client.views_open(trigger_id=once, view=modal())


async def test_a_trigger_is_dead_after_three_real_seconds(slack: Slack, client: AsyncWebClient) -> None:
    late = trigger(slack)
    slack.clock.advance("1d")
    await asyncio.sleep(3.1)  # Slack's three seconds are real ones: this is the thing under test
    assert await refused(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_three_modals_are_the_most(slack: Slack, client: AsyncWebClient) -> None:
    first = await opened(slack, client, modal())
    assert await refused(client.views_push(trigger_id=trigger(slack), view=modal())) == "not_found"
    for _ in range(2):
        view = (await client.views_push(trigger_id=trigger(slack, view_id=first["id"]), view=modal()))["view"]
    assert view["root_view_id"] == first["id"]
    again = client.views_push(trigger_id=trigger(slack, view_id=first["id"]), view=modal())
    assert await refused(again) == "push_limit_reached"


async def test_an_old_hash_does_not_overwrite(slack: Slack, client: AsyncWebClient) -> None:
    view = await opened(slack, client, modal())
    await client.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    assert await refused(client.views_update(view_id=view["id"], hash=view["hash"], view=modal())) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0NOWHERE", view=modal())) == "not_found"


async def test_a_view_of_more_than_250_kb_is_too_large(slack: Slack, client: AsyncWebClient) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    large = client.views_open(trigger_id=trigger(slack), view=modal(*[section] * 90))
    assert await refused(large) == "view_too_large"


async def test_an_external_id_names_one_view(slack: Slack, client: AsyncWebClient) -> None:
    await opened(slack, client, modal(external_id="mine"))
    second = client.views_open(trigger_id=trigger(slack), view=modal(external_id="mine"))
    assert await refused(second) == "duplicate_external_id"
    await client.views_update(external_id="mine", view=modal(title=words("Other")))
    view = slack.modal("maya")
    assert view is not None and view.title == "Other"


async def test_home_is_published_for_one_person(slack: Slack, client: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    published = (await client.views_publish(user_id="U0MAYA00001", view=home))["view"]
    assert slack.home("maya") and slack.home("sam") is None
    stale = client.views_publish(user_id="U0MAYA00001", view=home, hash="1.a")
    assert await refused(stale) == "hash_conflict"
    await client.views_publish(user_id="U0MAYA00001", view=home, hash=published["hash"])
    assert await refused(client.views_publish(user_id="U0NOBODY", view=home)) == "user_not_found"
    assert await refused(client.views_publish(user_id="U0MAYA00001", view=modal())) == "invalid_arguments"


@pytest.mark.parametrize(
    ("element", "wrong"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd"),
        ({"type": "email_text_input"}, "maya at example"),
        ({"type": "url_text_input"}, "example"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "2"}, "3"),
        ({"type": "plain_text_input"}, ""),
    ],
)
async def test_slack_asks_again_before_the_bot_hears(
    slack: Slack, client: AsyncWebClient, element: Json, wrong: str
) -> None:
    block = text_input()
    block["element"] = element | {"action_id": "v"}
    await opened(slack, client, modal(block))
    answer = await slack.submits({"Name": wrong})
    assert answer.error == "validation_failed" and list(answer.errors) == ["name"]
    assert slack.platform.journal.entries("to_bot") == []


async def test_every_input_is_in_the_values_null_when_empty(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    seen: Json = {}

    @bolt_app.view("m")
    async def submitted(ack: Any, view: Json) -> None:
        seen.update(view["state"]["values"])
        await ack()

    await serve(bolt_app)
    options = [{"text": words("Late"), "value": "l"}]
    tick = {"type": "input", "block_id": "tick", "label": words("Tick"), "optional": True,
            "element": {"type": "checkboxes", "action_id": "v", "options": options}}  # fmt: skip
    await opened(slack, client, modal(text_input(optional=True), text_input("other", optional=True), tick))
    assert (await slack.submits({"Other": "words", "Tick": ["Late"]})).ok
    assert seen["name"]["v"] == {"type": "plain_text_input", "value": None}
    assert seen["other"]["v"]["value"] == "words"
    assert seen["tick"]["v"]["selected_options"] == options_with_emoji(options)
    assert slack.modal("maya") is None


def options_with_emoji(options: list[Json]) -> list[Json]:
    return [each | {"text": each["text"] | {"emoji": True}} for each in options]


async def test_errors_stay_in_the_modal_and_belong_to_inputs(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    @bolt_app.view("m")
    async def submitted(ack: Any, view: Json) -> None:
        wanted = view["state"]["values"]["name"]["v"]["value"]
        await ack(response_action="errors", errors={wanted: "Please say more."})

    await serve(bolt_app)
    await opened(slack, client, modal({"type": "divider", "block_id": "line"}, text_input()))
    answer = await slack.submits({"Name": "name"})
    assert (answer.error, answer.errors) == ("errors", {"name": "Please say more."})
    assert (await slack.submits({"Name": "line"})).error == "invalid_errors_keys"
    assert slack.modal("maya") is not None and "invalid_errors_keys" in slack.failures[0].reason


async def test_an_acknowledgement_updates_pushes_and_clears(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    @bolt_app.view("m")
    async def submitted(ack: Any, view: Json) -> None:
        wanted = view["state"]["values"]["name"]["v"]["value"]
        if wanted == "clear":
            await ack(response_action="clear")
        else:
            await ack(response_action=wanted, view=modal(text_input(), title=words(wanted)))

    await serve(bolt_app)
    await opened(slack, client, modal(text_input()))
    for wanted in ("update", "push", "push"):
        assert (await slack.submits({"Name": wanted})).ok
        view = slack.modal("maya")
        assert view is not None and view.title == wanted
    assert (await slack.submits({"Name": "push"})).error == "push_limit_reached"
    assert (await slack.submits({"Name": "clear"})).ok
    assert slack.modal("maya") is None


async def test_a_wrong_view_in_an_acknowledgement_leaves_the_modal_open(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    @bolt_app.view("m")
    async def submitted(ack: Any) -> None:
        await ack(response_action="update", view=modal(text_input(), title=words("x" * 25)))

    await serve(bolt_app)
    await opened(slack, client, modal(text_input()))
    assert (await slack.submits({"Name": "x"})).error == "invalid_arguments"
    view = slack.modal("maya")
    assert view is not None and view.trouble and slack.failures


async def test_a_slow_bot_leaves_the_modal_open_with_an_error(
    slack: Slack, client: AsyncWebClient, serve_raw: ServeRaw
) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(4)
        return web.Response()

    slack.connect(await serve_raw(slow))
    await opened(slack, client, modal(text_input()))
    assert (await slack.submits({"Name": "x"})).error == "operation_timeout"
    view = slack.modal("maya")
    assert view is not None and view.trouble == "We had some trouble connecting. Try again?"


async def test_closing_is_told_only_to_who_asked(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    closed: list[bool] = []

    @bolt_app.view_closed("m")
    async def gone(ack: Any, body: Json) -> None:
        closed.append(body["is_cleared"])
        await ack()

    await serve(bolt_app)
    await opened(slack, client, modal())
    await slack.closes()
    assert closed == []
    first = await opened(slack, client, modal(notify_on_close=True))
    await client.views_push(trigger_id=trigger(slack, view_id=first["id"]), view=modal(clear_on_close=True))
    await slack.closes()
    assert closed == [True] and slack.modal("maya") is None
    with pytest.raises(HandsError):
        await slack.closes()


async def test_what_was_typed_survives_an_update_under_the_same_ids(slack: Slack, client: AsyncWebClient) -> None:
    view = await opened(slack, client, modal(text_input()))
    slack.fills({"Name": "typed"})
    again = modal(text_input(initial_value="fresh"), text_input("other", initial_value="fresh"))
    shown = (await client.views_update(view_id=view["id"], view=again))["view"]["state"]["values"]
    assert (shown["name"]["v"]["value"], shown["other"]["v"]["value"]) == ("typed", "fresh")


async def test_a_press_in_a_modal_has_no_channel_and_a_fresh_trigger(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    seen: Json = {}

    @bolt_app.action("more")
    async def more(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        seen.update(body)
        await client.views_push(trigger_id=body["trigger_id"], view=modal(title=words("Deeper")))

    await serve(bolt_app)
    button = {"type": "button", "text": words("More"), "action_id": "more"}
    await opened(slack, client, modal({"type": "actions", "elements": [button]}))
    await slack.presses("More")
    await slack.until(lambda: len(slack.platform.views.modals["U0MAYA00001"]) == 2)
    assert "channel" not in seen and "response_url" not in seen
    assert seen["container"] == {"type": "view", "view_id": seen["view"]["id"]}


async def test_home_buttons_come_first_only_for_who_looks_at_home(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    kinds: list[str] = []

    @bolt_app.action("go")
    async def go(ack: Any, body: Json) -> None:
        await ack()
        kinds.append(body["container"]["type"])

    await serve(bolt_app)
    blocks = [{"type": "actions", "elements": [{"type": "button", "text": words("Go"), "action_id": "go"}]}]
    channel = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    await client.chat_postMessage(channel=channel, text="x", blocks=blocks)
    await client.views_publish(user_id="U0MAYA00001", view={"type": "home", "blocks": blocks})
    await slack.presses("Go")
    await slack.opens_home()
    await slack.presses("Go")
    assert kinds == ["message", "view"]
