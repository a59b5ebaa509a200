"""Channels and group DMs: who comes and goes, what the bot hears of it, and what it can still do there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.kinds import HandsError
from bot.sandbox.slack import Slack
from tests.bot.sandbox.conftest import Serve

Json = dict[str, Any]
MAYA, ALEX = "U0MAYA00001", "U0ALEX00001"
SCOPES = (
    "chat:write", "im:write", "mpim:write", "channels:read", "groups:read", "channels:join", "files:read",
    "files:write", "users:read",
)  # fmt: skip
EVENTS = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "group_archive",
    "member_joined_channel",
    "member_left_channel",
)
BUTTON = [
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "take", "text": {"type": "plain_text", "text": "I take it"}}],
    }
]


@pytest.fixture
async def slack(manifest: Json) -> AsyncIterator[Slack]:
    """The app may see channels, join them and share files."""
    told = manifest["settings"] | {"event_subscriptions": {"bot_events": list(EVENTS)}}
    may = {"scopes": {"bot": [*manifest["oauth_config"]["scopes"]["bot"], *SCOPES]}}
    async with Slack.open(manifest=manifest | {"oauth_config": may, "settings": told}) as opened:
        yield opened


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def heard(slack: Slack) -> list[str]:
    return [each["event"]["type"] for each in slack.events]


async def test_a_channel_is_opened_joined_left_and_put_aside(slack: Slack, client: AsyncWebClient) -> None:
    group = await slack.creates_channel("wins", "alex", members=["maya"])
    await slack.joins("wins", "sam")
    assert await refused(client.chat_postMessage(channel=group.id, text="hello")) == "not_in_channel"
    await slack.types("/invite @probe", "maya", "wins")
    await client.chat_postMessage(channel=group.id, text="hello")
    await slack.types("/leave", "sam", "wins")
    await slack.renames_channel("wins", "small-wins", "alex")
    await slack.types("/archive", "alex", "small-wins")
    assert await refused(client.chat_postMessage(channel=group.id, text="hello")) == "is_archived"
    with pytest.raises(HandsError, match="archived"):
        await slack.says("still here?", "maya", "small-wins")
    await slack.unarchives("small-wins", "alex")
    await client.chat_postMessage(channel=group.id, text="hello again")
    await slack.deletes_channel("small-wins", "alex")
    assert await refused(client.chat_postMessage(channel=group.id, text="hello")) == "channel_not_found"
    assert heard(slack) == [
        "member_joined_channel", "member_left_channel", "channel_rename", "channel_archive", "channel_deleted"
    ]  # fmt: skip


async def test_of_a_private_channel_the_bot_that_was_sent_away_knows_nothing(
    slack: Slack, client: AsyncWebClient
) -> None:
    await slack.invites_the_bot("coaches", "alex")
    assert (await client.conversations_info(channel="C0COACHES01"))["channel"]["is_private"]
    await slack.types("/remove @probe", "robin", "coaches")
    assert await refused(client.conversations_info(channel="C0COACHES01")) == "channel_not_found"
    await slack.archives("coaches", "alex")
    assert heard(slack) == ["member_joined_channel", "member_left_channel"]


async def test_the_bot_joins_a_public_channel_and_is_told_when_it_is_sent_away(
    slack: Slack, client: AsyncWebClient
) -> None:
    joined = (await client.conversations_join(channel="C0JOBSEARCH"))["channel"]
    assert (joined["name"], joined["is_member"], joined["num_members"]) == ("job-search", True, 6)
    await slack.removes_the_bot("job-search", "robin")
    assert heard(slack) == ["channel_left", "member_left_channel"]
    assert not (await client.conversations_info(channel="C0JOBSEARCH"))["channel"]["is_member"]
    with pytest.raises(HandsError, match="is not in #job-search"):
        await slack.removes_the_bot("job-search", "robin")


async def test_in_a_group_dm_every_member_reads_and_presses(
    slack: Slack, client: AsyncWebClient, bolt_app: AsyncApp, serve: Serve
) -> None:
    pressed: list[str] = []

    async def take(ack: Callable[[], Any], body: Json) -> None:
        pressed.append(f"{body['user']['name']} in {body['channel']['id']}")
        await ack()

    bolt_app.action("take")(take)
    await serve(bolt_app)
    group = (await client.conversations_open(users=[MAYA, ALEX]))["channel"]["id"]
    assert (await client.conversations_open(users=[ALEX, MAYA]))["channel"]["id"] == group
    await client.chat_postMessage(channel=group, text="A coach for you", blocks=BUTTON)
    await slack.presses("I take it", as_="alex")
    await slack.presses("I take it", as_="maya")
    await slack.says("Hello Maya", "alex", group)
    assert pressed == [f"alex in {group}", f"maya in {group}"]
    assert [each.text for each in slack.group_dm("maya", "alex")] == ["A coach for you", "Hello Maya"]
    with pytest.raises(HandsError, match="sees no 'I take it'"):
        await slack.presses("I take it", as_="sam")
    with pytest.raises(HandsError, match="is in no channel"):
        await slack.says("let me in", "sam", group)


async def test_a_file_in_a_dm_is_read_again_by_the_member_and_by_the_app(slack: Slack, client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    words = b"company;stage\n"
    told = await client.files_getUploadURLExternal(filename="what I kept.csv", length=len(words))
    async with aiohttp.ClientSession() as session:
        short = session.post(told["upload_url"], data=words[1:])
        assert (await short).status == 400
        assert (await session.post(told["upload_url"], data=words)).status == 200
        assert (await session.post(told["upload_url"], data=words)).status == 404
        file = {"id": told["file_id"], "title": "What is stored about you"}
        await client.files_completeUploadExternal(files=[file], channel_id=dm, initial_comment="Yours.")
        (message,) = slack.dm("maya")
        shown = message.files[0]
        assert (message.subtype, message.text, shown["title"]) == ("file_share", "Yours.", "What is stored about you")
        assert (shown["mimetype"], shown["filetype"], shown["channels"]) == ("text/csv", "csv", [dm])
        for headers in ({}, {"Authorization": f"Bearer {slack.bot_token}"}):
            async with session.get(shown["url_private"], headers=headers) as read:
                assert (read.status, await read.read()) == (200, words)
        for headers in ({"Authorization": "Bearer xoxb-else"}, {"Host": "elsewhere.example"}):
            assert (await session.get(shown["url_private"], headers=headers)).status == 403


async def test_who_runs_the_workspace_is_in_the_user_object(slack: Slack, client: AsyncWebClient) -> None:
    await slack.changes_profile("sam", role="owner")
    await slack.changes_profile("noor", role="guest")
    members = {each["name"]: each for each in (await client.users_list())["members"]}
    assert [name for name, each in members.items() if each["is_admin"]] == ["sam", "robin"]
    assert [name for name, each in members.items() if each["is_owner"]] == ["sam"]
    assert [name for name, each in members.items() if each["is_restricted"]] == ["noor"]


async def test_the_control_api_has_a_hand_for_channels(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:

        async def does(**body: Any) -> Json:
            async with session.post(f"{slack.url}/_sandbox/channel", json=body) as answer:
                return dict(await answer.json())

        made = await does(do="create", name="wins", members=["sam"], private=True, **{"as": "alex"})
        assert slack.platform.workspace.channels[made["channel"]].members == [ALEX, "U0SAM000001"]
        assert (await does(do="invite", channel="wins", member="noor", **{"as": "alex"}))["ok"]
        assert (await does(do="leave", channel="wins", **{"as": "noor"}))["ok"]
        assert (await does(do="invite", channel="wins", **{"as": "alex"}))["error"] == "invite needs member"
        assert "there are create, invite, rename, join" in (await does(do="paint", channel="wins"))["error"]
        assert (await does(do="delete", channel="wins", **{"as": "alex"}))["ok"]
        assert slack.platform.workspace.channel("wins") is None
