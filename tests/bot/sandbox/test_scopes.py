"""Whatever the manifest does not ask for is not there: each scope and each event is taken out of a copy in turn."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.casts import ARTS
from bot.sandbox.slack import Slack

Json = dict[str, Any]
MAYA = "U0MAYA00001"
ONWARD: Json = json.loads((Path(__file__).parents[3] / "manifest.json").read_text())
SCOPES: list[str] = ONWARD["oauth_config"]["scopes"]["bot"]
EVENTS: list[str] = ONWARD["settings"]["event_subscriptions"]["bot_events"]


def without_scope(scope: str) -> Json:
    return ONWARD | {"oauth_config": {"scopes": {"bot": [each for each in SCOPES if each != scope]}}}


def without_event(event: str) -> Json:
    subscriptions = {"bot_events": [each for each in EVENTS if each != event]}
    return ONWARD | {"settings": ONWARD["settings"] | {"event_subscriptions": subscriptions}}


async def uses_commands(slack: Slack, client: AsyncWebClient) -> None:
    assert (await slack.types("/rejected")).error == "dispatch_failed"  # there is a command, but nobody to answer it


async def writes(slack: Slack, client: AsyncWebClient) -> None:
    await slack.opens_home()
    channel = slack.platform.dm_of(MAYA).id
    await client.chat_postMessage(channel=channel, text="x")


async def begins_a_dm(slack: Slack, client: AsyncWebClient) -> None:
    await client.conversations_open(users=MAYA)


async def reads_back(slack: Slack, client: AsyncWebClient) -> None:
    said = await slack.says("hello")
    assert "message" in [each["event"]["type"] for each in slack.events]
    await client.conversations_history(channel=said.channel)


async def looks_people_up(slack: Slack, client: AsyncWebClient) -> None:
    await slack.changes_profile("maya", tz="Asia/Tokyo")
    assert "user_change" in [each["event"]["type"] for each in slack.events]
    await client.users_info(user=MAYA)


async def joins(slack: Slack, client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C0GENERAL01")


async def reads_a_channel(slack: Slack, client: AsyncWebClient) -> None:
    await slack.invites_the_bot("job-search")
    await client.conversations_history(channel="C0JOBSEARCH")


async def reads_a_private_channel(slack: Slack, client: AsyncWebClient) -> None:
    await slack.invites_the_bot("coaches", "alex")
    await client.conversations_history(channel="C0COACHES01")


async def begins_a_group_dm(slack: Slack, client: AsyncWebClient) -> None:
    await client.conversations_open(users=f"{MAYA},U0ALEX00001")


async def reads_a_group_dm(slack: Slack, client: AsyncWebClient) -> None:
    await client.conversations_history(channel=slack.platform.group_dm_of([MAYA, "U0ALEX00001"]).id)


async def shares_a_file(slack: Slack, client: AsyncWebClient) -> None:
    await client.files_getUploadURLExternal(filename="kept.csv", length=1)


NEEDS: dict[str, Callable[[Slack, AsyncWebClient], Awaitable[None]]] = {
    "commands": uses_commands,
    "chat:write": writes,
    "im:write": begins_a_dm,
    "im:history": reads_back,
    "users:read": looks_people_up,
    "channels:join": joins,
    "channels:history": reads_a_channel,
    "groups:history": reads_a_private_channel,
    "mpim:write": begins_a_group_dm,
    "mpim:history": reads_a_group_dm,
    "files:write": shares_a_file,
}


def test_every_scope_has_somebody_who_needs_it() -> None:
    assert sorted(NEEDS) == sorted(SCOPES)


@pytest.mark.parametrize("scope", SCOPES)
async def test_without_a_scope_what_needs_it_fails_and_nothing_else(scope: str) -> None:
    async with Slack.open(manifest=ONWARD, retry_delays=()) as whole:
        await NEEDS[scope](whole, AsyncWebClient(token=whole.bot_token, base_url=whole.api_url))
    async with Slack.open(manifest=without_scope(scope), retry_delays=()) as poorer:
        client = AsyncWebClient(token=poorer.bot_token, base_url=poorer.api_url)
        for each, use in NEEDS.items():
            if each == scope:
                with pytest.raises((SlackApiError, AssertionError)):
                    await use(poorer, client)
            else:
                await use(poorer, client)


async def everything_happens(slack: Slack) -> None:
    await slack.opens_home()
    await slack.says("hello")
    await slack.changes_profile("sam", tz="Asia/Tokyo")
    arts = slack.opens_workspace(ARTS)
    arts.platform.install_for_org(slack.platform.scopes, "xoxb-of-the-org")
    await arts.withdraws_the_app()
    await slack.uninstalls()


def names(slack: Slack) -> set[str]:
    """The events that were sent, as a manifest names them."""
    kinds = {"message": "message.im"}
    return {kinds.get(each["event"]["type"], each["event"]["type"]) for each in slack.events}


@pytest.mark.parametrize("event", EVENTS)
async def test_an_event_nobody_subscribed_to_is_not_sent(event: str) -> None:
    async with Slack.open(manifest=ONWARD, retry_delays=()) as whole:
        await everything_happens(whole)
        assert names(whole) == set(EVENTS)
    async with Slack.open(manifest=without_event(event), retry_delays=()) as poorer:
        await everything_happens(poorer)
        assert names(poorer) == set(EVENTS) - {event}


@pytest.mark.parametrize(("event", "scope"), [("message.im", "im:history"), ("user_change", "users:read")])
async def test_an_event_needs_its_scope_as_well(event: str, scope: str) -> None:
    async with Slack.open(manifest=without_scope(scope), retry_delays=()) as slack:
        await everything_happens(slack)
        assert names(slack) == set(EVENTS) - {event}
