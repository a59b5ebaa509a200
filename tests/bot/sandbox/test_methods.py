"""The methods a small app calls beside posting: channels, group DMs, members, reactions, scheduled messages, files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack

Json = dict[str, Any]
MAYA, SAM, NOOR, BOT = "U0MAYA00001", "U0SAM000001", "U0NOOR00001", "U0ONWARD001"
GENERAL, COACHES = "C0GENERAL01", "C0COACHES01"
SCOPES = [
    "commands", "chat:write", "im:write", "im:read", "im:history", "mpim:write", "mpim:read", "mpim:history",
    "channels:read", "channels:join", "channels:manage", "channels:history", "groups:read", "groups:write",
    "users:read", "users:read.email", "users.profile:read", "reactions:read", "reactions:write", "files:read",
    "files:write", "team:read",
]  # fmt: skip
EVENTS = ["message.im", "message.mpim", "member_joined_channel", "reaction_added", "reaction_removed"]


def able(manifest: Json, *without: str) -> Json:
    scopes = [each for each in SCOPES if each not in without]
    subscriptions = {"event_subscriptions": {"bot_events": EVENTS}}
    return manifest | {
        "oauth_config": {"scopes": {"bot": scopes}}, "settings": manifest["settings"] | subscriptions
    }  # fmt: skip


@pytest.fixture
async def slack(manifest: Json) -> AsyncIterator[Slack]:
    async with Slack.open(manifest=able(manifest), retry_delays=()) as opened:
        yield opened


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


CALLS: dict[str, tuple[str, Json]] = {
    "conversations.list": ("channels:read", {}),
    "conversations.info": ("channels:read", {"channel": GENERAL}),
    "conversations.members": ("channels:read", {"channel": GENERAL}),
    "conversations.join": ("channels:join", {"channel": GENERAL}),
    "conversations.create": ("channels:manage", {"name": "new"}),
    "conversations.invite": ("channels:manage", {"channel": GENERAL, "users": MAYA}),
    "conversations.open": ("mpim:write", {"users": f"{MAYA},{SAM}"}),
    "conversations.history": ("channels:history", {"channel": GENERAL}),
    "users.info": ("users:read", {"user": MAYA}),
    "users.list": ("users:read", {}),
    "users.getPresence": ("users:read", {"user": MAYA}),
    "users.lookupByEmail": ("users:read.email", {"email": "maya@riverside.example"}),
    "users.profile.get": ("users.profile:read", {"user": MAYA}),
    "users.conversations": ("channels:read", {}),
    "reactions.add": ("reactions:write", {"channel": GENERAL, "timestamp": "1.1", "name": "wave"}),
    "reactions.list": ("reactions:read", {}),
    "chat.scheduleMessage": ("chat:write", {"channel": GENERAL, "text": "x", "post_at": 1}),
    "files.getUploadURLExternal": ("files:write", {"filename": "a.txt", "length": 1}),
    "files.info": ("files:read", {"file": "F0"}),
    "team.info": ("team:read", {}),
    "bots.info": ("users:read", {"bot": "B0ONWARD001"}),
}


@pytest.mark.parametrize("method", CALLS)
async def test_each_method_names_the_scope_it_lacks(manifest: Json, method: str) -> None:
    scope, arguments = CALLS[method]
    async with Slack.open(manifest=able(manifest, scope)) as poorer:
        bot = AsyncWebClient(token=poorer.bot_token, base_url=poorer.api_url)
        with pytest.raises(SlackApiError) as error:
            await bot.api_call(method, json=arguments)
        assert (error.value.response["error"], error.value.response["needed"]) == ("missing_scope", scope)


async def test_a_group_dm_is_one_room_for_the_same_people(slack: Slack, client: AsyncWebClient) -> None:
    room = (await client.conversations_open(users=[MAYA, SAM]))["channel"]["id"]
    again = await client.conversations_open(users=[SAM, MAYA])
    assert (again["channel"]["id"], again["already_open"]) == (room, True)
    await client.chat_postMessage(channel=room, text="you two")
    await slack.says("hello", as_="sam", channel=room)
    assert [each["event"]["channel_type"] for each in slack.events] == ["mpim", "mpim"]
    info = (await client.conversations_info(channel=room))["channel"]
    assert info["is_mpim"] and info["name"].startswith("mpdm-maya--")
    assert [each["id"] for each in (await client.conversations_list(types="mpim"))["channels"]] == [room]
    said = (await client.conversations_history(channel=room))["messages"]
    assert [each["text"] for each in said] == ["hello", "you two"]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        (",".join(f"U{n}" for n in range(9)), "too_many_users"),
        (f"{MAYA},U0NOBODY", "user_not_found"),
        (f"{MAYA},{BOT}", "cannot_dm_bot"),
    ],
)
async def test_some_group_dms_cannot_be_opened(client: AsyncWebClient, users: str, error: str) -> None:
    assert await refused(client.conversations_open(users=users)) == error


async def test_a_channel_is_made_filled_and_put_away(slack: Slack, client: AsyncWebClient) -> None:
    made = (await client.conversations_create(name="mock-interviews"))["channel"]["id"]
    await client.conversations_setTopic(channel=made, topic="Thursdays")
    await client.conversations_setPurpose(channel=made, purpose="Practice")
    await client.conversations_invite(channel=made, users=[MAYA, SAM])
    joined = [each["event"]["user"] for each in slack.events if each["event"]["type"] == "member_joined_channel"]
    assert joined == [MAYA, SAM]
    info = (await client.conversations_info(channel=made))["channel"]
    assert (info["topic"]["value"], info["purpose"]["value"], info["is_member"]) == ("Thursdays", "Practice", True)
    await client.conversations_kick(channel=made, user=SAM)
    assert (await client.conversations_members(channel=made))["members"] == [BOT, MAYA]
    await client.conversations_archive(channel=made)
    assert await refused(client.chat_postMessage(channel=made, text="x")) == "is_archived"
    assert await refused(client.conversations_join(channel=made)) == "is_archived"


async def test_what_cannot_be_done_to_a_channel_has_a_name(slack: Slack, client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    assert await refused(client.conversations_invite(channel=GENERAL, users=MAYA)) == "not_in_channel"
    await client.conversations_join(channel=GENERAL)
    assert (await client.conversations_join(channel=GENERAL))["warning"] == "already_in_channel"
    refusals = {
        "name_taken": client.conversations_create(name="general"),
        "invalid_name_specials": client.conversations_create(name="Mock Interviews"),
        "invalid_name_maxlength": client.conversations_create(name="x" * 81),
        "no_user": client.conversations_invite(channel=GENERAL, users=""),
        "user_not_found": client.conversations_invite(channel=GENERAL, users="U0NOBODY"),
        "already_in_channel": client.conversations_invite(channel=GENERAL, users=MAYA),
        "cant_invite_self": client.conversations_invite(channel=GENERAL, users=BOT),
        "cant_kick_self": client.conversations_kick(channel=GENERAL, user=BOT),
        "cant_kick_from_general": client.conversations_kick(channel=GENERAL, user=MAYA),
        "cant_archive_general": client.conversations_archive(channel=GENERAL),
        "cant_leave_general": client.conversations_leave(channel=GENERAL),
        "too_long": client.conversations_setTopic(channel=GENERAL, topic="x" * 251),
        "channel_not_found": client.conversations_info(channel=COACHES),
        "method_not_supported_for_channel_type": client.conversations_leave(channel=dm),
        "invalid_types": client.conversations_list(types="public"),
        "invalid_cursor": client.conversations_members(channel=GENERAL, cursor="guess"),
        "thread_not_found": client.conversations_replies(channel=GENERAL, ts="1.000001"),
    }
    for error, call in refusals.items():
        assert await refused(call) == error


async def test_members_come_in_pages(client: AsyncWebClient) -> None:
    seen: list[str] = []
    cursor = None
    while cursor != "":
        page = await client.users_list(limit=2, cursor=cursor)
        seen += [each["name"] for each in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert seen == ["maya", "sam", "noor", "alex", "robin", "probe"]


async def test_an_address_is_seen_only_with_its_scope(manifest: Json, slack: Slack, client: AsyncWebClient) -> None:
    found = (await client.users_lookupByEmail(email="Maya@riverside.example"))["user"]
    assert (found["id"], found["profile"]["email"]) == (MAYA, "maya@riverside.example")
    assert await refused(client.users_lookupByEmail(email="nobody@riverside.example")) == "users_not_found"
    async with Slack.open(manifest=able(manifest, "users:read.email")) as poorer:
        bot = AsyncWebClient(token=poorer.bot_token, base_url=poorer.api_url)
        assert "email" not in (await bot.users_info(user=MAYA))["user"]["profile"]
    await slack.changes_profile("maya", deleted=True)
    assert await refused(client.users_lookupByEmail(email="maya@riverside.example")) == "users_not_found"
    assert (await client.users_getPresence(user=MAYA))["presence"] == "away"


async def test_who_is_where(client: AsyncWebClient) -> None:
    places = (await client.users_conversations(user=MAYA, types="public_channel"))["channels"]
    assert [each["name"] for each in places] == ["general", "job-search"]
    assert (await client.team_info())["team"]["domain"] == "riverside"
    assert (await client.bots_info(bot="B0ONWARD001"))["bot"]["user_id"] == BOT
    assert await refused(client.bots_info(bot="B0NOBODY")) == "bot_not_found"
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_a_reaction_is_told_and_listed(slack: Slack, client: AsyncWebClient) -> None:
    said = await slack.says("thank you")
    under: Json = {"channel": said.channel, "timestamp": said.ts}
    await client.reactions_add(**under, name="wave")
    event = slack.events[-1]["event"]
    assert (event["type"], event["reaction"], event["item"]["ts"]) == ("reaction_added", "wave", said.ts)
    listed = (await client.reactions_list())["items"]
    assert [each["message"]["reactions"][0]["name"] for each in listed] == ["wave"]
    assert (await client.reactions_get(**under))["message"]["reactions"][0]["count"] == 1
    assert await refused(client.reactions_add(**under, name="No Such")) == "invalid_name"
    wrong = client.reactions_add(channel=said.channel, timestamp="1.000001", name="wave")
    assert await refused(wrong) == "message_not_found"
    await client.reactions_remove(**under, name="wave")
    assert (await client.reactions_list())["items"] == []


async def test_a_scheduled_message_can_be_listed_and_taken_back_until_a_minute_before(
    slack: Slack, client: AsyncWebClient
) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    now = int(slack.clock.unix())
    ids = [
        (await client.chat_scheduleMessage(channel=dm, text=str(n), post_at=now + n * 3600))["scheduled_message_id"]
        for n in (1, 2, 3)
    ]
    listed = (await client.chat_scheduledMessages_list(channel=dm))["scheduled_messages"]
    assert [each["id"] for each in listed] == ids
    later = await client.chat_scheduledMessages_list(oldest=str(now + 4000), latest=str(now + 8000))
    assert [each["text"] for each in later["scheduled_messages"]] == ["2"]
    first = await client.chat_scheduledMessages_list(limit=2)
    assert first["response_metadata"]["next_cursor"]
    await client.chat_deleteScheduledMessage(channel=dm, scheduled_message_id=ids[1])
    gone = client.chat_deleteScheduledMessage(channel=dm, scheduled_message_id=ids[1])
    assert await refused(gone) == "invalid_scheduled_message_id"
    slack.clock.advance("59m30s")
    late = client.chat_deleteScheduledMessage(channel=dm, scheduled_message_id=ids[0])
    assert await refused(late) == "invalid_scheduled_message_id"
    await slack.advances("3h")
    assert [each.text for each in slack.dm("maya")] == ["1", "3"]
    far = client.chat_scheduleMessage(channel=dm, text="x", post_at=now + 121 * 86_400)
    assert await refused(far) == "time_too_far"


async def test_thirty_scheduled_messages_fit_into_five_minutes(slack: Slack, client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    at = int(slack.clock.unix()) + 3600
    for _ in range(30):
        await client.chat_scheduleMessage(channel=dm, text="x", post_at=at)
    assert await refused(client.chat_scheduleMessage(channel=dm, text="x", post_at=at)) == "restricted_too_many"
    await client.chat_scheduleMessage(channel=dm, text="x", post_at=at + 301)


async def test_a_shared_file_can_be_looked_up_and_deleted(slack: Slack, client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users=MAYA))["channel"]["id"]
    sent = (await client.files_upload_v2(channel=dm, content="words", filename="notes.txt"))["files"][0]["id"]
    assert (await client.files_info(file=sent))["file"]["size"] == 5
    await client.files_delete(file=sent)
    assert await refused(client.files_info(file=sent)) == "file_not_found"
    assert slack.dm("maya")[0].files == []
