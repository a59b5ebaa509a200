"""The Web API says no where Slack says no: tokens, scopes, membership, other people's messages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.limits import Rates
from bot.sandbox.slack import Slack, UnknownMethods


async def refused(call: Any) -> Any:
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response


async def dm(client: AsyncWebClient, user: str = "U0MAYA00001") -> str:
    return str((await client.conversations_open(users=user))["channel"]["id"])


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_no_token_and_a_wrong_token_are_two_things(slack: Slack, session: aiohttp.ClientSession) -> None:
    async with session.post(f"{slack.api_url}auth.test") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": False, "error": "not_authed"})
    stranger = AsyncWebClient(token="xoxb-wrong", base_url=slack.api_url)
    assert (await refused(stranger.auth_test()))["error"] == "invalid_auth"


async def test_an_app_token_is_no_bot_token(slack: Slack) -> None:
    wrong = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    assert (await refused(wrong.auth_test()))["error"] == "not_allowed_token_type"


async def test_a_bot_knows_itself_and_its_scopes(slack: Slack, client: AsyncWebClient) -> None:
    known = await client.auth_test()
    assert (known["user_id"], known["team_id"], known["bot_id"]) == (slack.bot_user_id, slack.team_id, slack.bot_id)
    assert known.headers["x-oauth-scopes"] == "commands,chat:write,im:write,im:history,users:read"


async def test_what_the_manifest_does_not_ask_for_is_missing_scope(
    slack: Slack, client: AsyncWebClient, manifest: dict[str, Any]
) -> None:
    answer = await refused(client.conversations_info(channel=await dm(client)))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "im:read")
    assert "chat:write" in answer["provided"]
    poorer = manifest | {"oauth_config": {"scopes": {"bot": ["commands"]}}}
    async with Slack.open(manifest=poorer) as other:
        bot = AsyncWebClient(token=other.bot_token, base_url=other.api_url)
        assert (await refused(bot.conversations_open(users="U0MAYA00001")))["needed"] == "im:write"
        assert (await refused(bot.chat_postMessage(channel="C0GENERAL01", text="x")))["needed"] == "chat:write"
        assert (await refused(bot.users_info(user="U0MAYA00001")))["needed"] == "users:read"


async def test_a_method_slack_does_not_have_is_remembered(slack: Slack, client: AsyncWebClient) -> None:
    assert (await refused(client.api_call("chat.postMesage")))["error"] == "unknown_method"
    assert slack.unknown_methods == ["chat.postMesage"]
    slack.unknown_methods.clear()


async def test_a_method_slack_does_not_have_fails_the_run(manifest: dict[str, Any]) -> None:
    with pytest.raises(UnknownMethods, match=r"chat\.postMesage"):
        async with Slack.open(manifest=manifest) as slack:
            bot = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
            await refused(bot.api_call("chat.postMesage"))


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_arguments_are_read_wherever_they_are(slack: Slack, session: aiohttp.ClientSession, way: str) -> None:
    given = {"user": "U0MAYA00001"}
    multipart = aiohttp.FormData(given, default_to_multipart=True)
    sent = {
        "query": {"params": given},
        "form": {"data": given},
        "json": {"json": given},
        "multipart": {"data": multipart},
    }
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with session.post(f"{slack.api_url}users.info", headers=headers, **sent[way]) as answer:  # type: ignore[arg-type]
        assert (await answer.json())["user"]["tz"] == "America/New_York"


async def test_a_body_that_is_no_json_is_named(slack: Slack, session: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    for body, error in (("{", "invalid_json"), ("[]", "json_not_object")):
        async with session.post(f"{slack.api_url}auth.test", headers=headers, data=body) as answer:
            assert (await answer.json())["error"] == error


async def test_a_forgotten_argument_is_named(client: AsyncWebClient) -> None:
    answer = await refused(client.api_call("chat.postMessage", json={"text": "x"}))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_a_bot_that_was_not_invited_cannot_post(client: AsyncWebClient) -> None:
    assert (await refused(client.chat_postMessage(channel="C0GENERAL01", text="x")))["error"] == "not_in_channel"
    assert (await refused(client.chat_postMessage(channel="C0COACHES01", text="x")))["error"] == "channel_not_found"
    assert (await refused(client.chat_postMessage(channel="C0NOWHERE", text="x")))["error"] == "channel_not_found"


async def test_a_user_id_is_no_channel(client: AsyncWebClient) -> None:
    assert (await refused(client.chat_postMessage(channel="U0MAYA00001", text="x")))["error"] == "channel_not_found"


async def test_a_dm_is_opened_once_and_found_again(client: AsyncWebClient) -> None:
    assert await dm(client) == await dm(client)
    assert await dm(client, "U0SAM000001") != await dm(client)


@pytest.mark.parametrize(
    ("users", "error"),
    [("U0NOBODY", "user_not_found"), ("U0ONWARD001", "cannot_dm_bot"), ("", "users_list_not_supplied"),
     ("U0MAYA00001,U0SAM000001", "missing_scope")],
)  # fmt: skip
async def test_some_dms_cannot_be_opened(client: AsyncWebClient, users: str, error: str) -> None:
    assert (await refused(client.conversations_open(users=users)))["error"] == error


async def test_nobody_writes_to_a_deactivated_member(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    await slack.changes_profile("maya", deleted=True)
    assert (await refused(client.chat_postMessage(channel=channel, text="x")))["error"] == "user_disabled"
    assert (await refused(client.conversations_open(users="U0MAYA00001")))["error"] == "user_disabled"
    user = (await client.users_info(user="U0MAYA00001"))["user"]
    assert user["deleted"] and "tz" not in user


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
async def test_a_message_needs_words(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    assert (await refused(client.chat_postMessage(channel=channel, text=" ")))["error"] == "no_text"
    answer = await client.chat_postMessage(channel=channel, blocks=[{"type": "divider"}])
    assert answer["warning"] == "missing_text_in_message"
    assert "without text" in slack.warnings[0]


async def test_wrong_blocks_are_refused_with_their_place(client: AsyncWebClient) -> None:
    answer = await refused(client.chat_postMessage(channel=await dm(client), text="x", blocks=[{"type": "nope"}]))
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == ["unsupported type: nope [json-pointer:/blocks/0/type]"]
    assert answer["response_metadata"]["messages"] == ["[ERROR] unsupported type: nope [json-pointer:/blocks/0/type]"]
    broken = await refused(client.chat_postMessage(channel=await dm(client), text="x", blocks="[{"))
    assert broken["error"] == "invalid_blocks_format"


async def test_very_long_texts_are_cut_when_posted_and_refused_when_updated(
    slack: Slack, client: AsyncWebClient
) -> None:
    channel = await dm(client)
    posted = await client.chat_postMessage(channel=channel, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000 and posted["warning"] == "message_truncated"
    long = await refused(client.chat_update(channel=channel, ts=posted["ts"], text="x" * 4001))
    assert long["error"] == "msg_too_long"


async def test_a_reply_needs_a_parent_that_is_one(client: AsyncWebClient) -> None:
    channel = await dm(client)
    parent = (await client.chat_postMessage(channel=channel, text="parent"))["ts"]
    reply = (await client.chat_postMessage(channel=channel, text="reply", thread_ts=parent))["ts"]
    for wrong in (reply, "1700000000.000001"):
        answer = await refused(client.chat_postMessage(channel=channel, text="x", thread_ts=wrong))
        assert answer["error"] == "cannot_reply_to_message"


async def test_history_shows_top_level_messages_and_metadata_only_when_asked(client: AsyncWebClient) -> None:
    channel = await dm(client)
    mark = {"event_type": "row", "event_payload": {"id": "1"}}
    parent = (await client.chat_postMessage(channel=channel, text="parent", metadata=mark))["ts"]
    await client.chat_postMessage(channel=channel, text="reply", thread_ts=parent, metadata=mark)
    plain = (await client.conversations_history(channel=channel))["messages"]
    assert [each["text"] for each in plain] == ["parent"] and "metadata" not in plain[0]
    assert plain[0]["reply_count"] == 1
    full = (await client.conversations_replies(channel=channel, ts=parent, include_all_metadata=True))["messages"]
    assert [each["metadata"] for each in full] == [mark, mark]


async def test_history_comes_in_pages_newest_first(client: AsyncWebClient) -> None:
    channel = await dm(client)
    sent = [(await client.chat_postMessage(channel=channel, text=str(n)))["ts"] for n in range(5)]
    seen, cursor = [], None
    while True:
        page = await client.conversations_history(channel=channel, limit=2, cursor=cursor)
        seen += [each["ts"] for each in page["messages"]]
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert seen == sent[::-1]


async def test_the_edges_of_a_window_count_only_when_inclusive(client: AsyncWebClient) -> None:
    channel = await dm(client)
    sent = [(await client.chat_postMessage(channel=channel, text=str(n)))["ts"] for n in range(4)]
    between: dict[str, Any] = {"channel": channel, "oldest": sent[0], "latest": sent[3]}
    open_ends = (await client.conversations_history(**between))["messages"]
    assert [each["text"] for each in open_ends] == ["2", "1"]
    closed = (await client.conversations_history(**between, inclusive=True))["messages"]
    assert [each["text"] for each in closed] == ["3", "2", "1", "0"]


async def test_history_of_a_channel_needs_its_own_scope(client: AsyncWebClient) -> None:
    answer = await refused(client.conversations_history(channel="C0GENERAL01"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
    assert (await refused(client.conversations_history(channel="C0COACHES01")))["error"] == "channel_not_found"


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
async def test_an_update_with_text_alone_takes_the_blocks_away(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    mark = {"event_type": "row", "event_payload": {}}
    ts = (await client.chat_postMessage(channel=channel, text="a", blocks=[{"type": "divider"}], metadata=mark))["ts"]
    await client.chat_update(channel=channel, ts=ts, blocks=[{"type": "divider"}, {"type": "divider"}])
    [message] = slack.dm("maya")
    assert (message.text, len(message.blocks), message.edited) == ("a", 2, None)
    await client.chat_update(channel=channel, ts=ts, text="b")
    assert (message.text, message.blocks, message.metadata) == ("b", [], mark)
    assert message.edited
    await client.chat_update(channel=channel, ts=ts, text="c", metadata={})
    assert message.metadata is None


async def test_other_peoples_messages_stay_as_they_are(slack: Slack, client: AsyncWebClient) -> None:
    said = await slack.says("mine")
    theirs: dict[str, Any] = {"channel": said.channel, "ts": said.ts}
    assert (await refused(client.chat_update(**theirs, text="x")))["error"] == "cant_update_message"
    assert (await refused(client.chat_delete(**theirs)))["error"] == "cant_delete_message"
    gone = await refused(client.chat_delete(channel=said.channel, ts="1.000001"))
    assert gone["error"] == "message_not_found"


async def test_a_deleted_parent_with_replies_leaves_a_tombstone(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    parent = (await client.chat_postMessage(channel=channel, text="parent"))["ts"]
    reply = (await client.chat_postMessage(channel=channel, text="reply", thread_ts=parent))["ts"]
    await client.chat_delete(channel=channel, ts=parent)
    assert [each.subtype for each in slack.dm("maya")] == ["tombstone", None]
    assert slack.events[-1]["event"]["subtype"] == "message_changed"
    await client.chat_delete(channel=channel, ts=reply)
    assert (await refused(client.chat_delete(channel=channel, ts=parent)))["error"] == "message_not_found"


async def test_a_whisper_is_no_message(slack: Slack, client: AsyncWebClient) -> None:
    await slack.invites_the_bot("#general")
    ts = (await client.chat_postEphemeral(channel="C0GENERAL01", user="U0MAYA00001", text="psst"))["message_ts"]
    assert [each.text for each in slack.ephemerals("maya")] == ["psst"]
    assert slack.ephemerals("sam") == []
    assert (await refused(client.chat_update(channel="C0GENERAL01", ts=ts, text="x")))["error"] == "message_not_found"
    stranger = await refused(client.chat_postEphemeral(channel="C0GENERAL01", user="U0NOBODY", text="x"))
    assert stranger["error"] == "user_not_in_channel"
    slack.reloads("maya")
    assert slack.ephemerals("maya") == []


async def test_a_sixth_post_at_once_has_to_wait(slack: Slack, client: AsyncWebClient) -> None:
    channel, other = await dm(client), await dm(client, "U0SAM000001")
    for number in range(5):
        await client.chat_postMessage(channel=channel, text=str(number))
    answer = await refused(client.chat_postMessage(channel=channel, text="too many"))
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "1")
    await client.chat_postMessage(channel=other, text="another channel is another matter")


async def test_the_rates_can_be_set_but_not_lifted(manifest: dict[str, Any]) -> None:
    async with Slack.open(manifest=manifest, rates=Rates(post_burst=9)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        channel = await dm(client)
        answers = [await client.chat_postMessage(channel=channel, text="x") for _ in range(9)]
        assert all(each["ok"] for each in answers)
        assert (await refused(client.chat_postMessage(channel=channel, text="x"))).status_code == 429
    tiers = {"1": 1, "2": 1, "3": 1, "4": 1, "special": 1}
    async with Slack.open(manifest=manifest, rates=Rates(tiers=tiers)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        await client.users_info(user="U0MAYA00001")
        assert (await refused(client.users_info(user="U0MAYA00001"))).status_code == 429


async def test_a_scheduled_message_waits_for_the_clock(slack: Slack, client: AsyncWebClient) -> None:
    channel = await dm(client)
    later = int(slack.clock.unix()) + 3600
    await client.chat_scheduleMessage(channel=channel, text="later", post_at=later)
    past = await refused(client.chat_scheduleMessage(channel=channel, text="x", post_at=later - 7200))
    assert past["error"] == "time_in_past"
    assert slack.dm("maya") == []
    await slack.advances("1h")
    assert [each.text for each in slack.dm("maya")] == ["later"]


async def test_a_permalink_leads_into_the_thread(client: AsyncWebClient) -> None:
    channel = await dm(client)
    parent = (await client.chat_postMessage(channel=channel, text="parent"))["ts"]
    reply = (await client.chat_postMessage(channel=channel, text="reply", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=channel, message_ts=reply))["permalink"]
    place = f"https://riverside.slack.com/archives/{channel}/p{reply.replace('.', '')}"
    assert link == f"{place}?thread_ts={parent}&cid={channel}"


async def test_after_uninstalling_the_token_is_dead(slack: Slack, client: AsyncWebClient) -> None:
    await slack.uninstalls()
    assert (await refused(client.auth_test()))["error"] == "account_inactive"
    assert [each["event"]["type"] for each in slack.events] == ["tokens_revoked", "app_uninstalled"]


async def test_a_revoked_token_is_dead_too(client: AsyncWebClient) -> None:
    assert (await client.auth_revoke())["revoked"]
    assert (await refused(client.auth_test()))["error"] == "token_revoked"


async def test_blocks_can_be_validated_by_anybody(slack: Slack, session: aiohttp.ClientSession) -> None:
    for blocks, ok in (([{"type": "divider"}], True), ([{"type": "nope"}], False)):
        async with session.post(f"{slack.api_url}blocks.validate", data={"blocks": json.dumps(blocks)}) as answer:
            assert (await answer.json())["ok"] is ok


async def test_the_journal_shows_no_token(slack: Slack, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    await client.auth_test()
    async with session.post(f"{slack.api_url}auth.test", data={"token": slack.bot_token}) as answer:
        assert (await answer.json())["ok"]
    assert slack.bot_token not in str(slack.platform.journal.latest())
    assert [call.method for call in slack.calls] == ["auth.test", "auth.test"]


async def test_a_file_is_announced_uploaded_and_shared(manifest: dict[str, Any]) -> None:
    scopes = [*manifest["oauth_config"]["scopes"]["bot"], "files:write"]
    async with Slack.open(manifest=manifest | {"oauth_config": {"scopes": {"bot": scopes}}}) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        channel = await dm(client)
        await client.files_upload_v2(channel=channel, content="png", filename="chart.png", initial_comment="a chart")
        [message] = slack.dm("maya")
        assert (message.text, message.files[0]["name"]) == ("a chart", "chart.png")
        assert (await refused(client.files_completeUploadExternal(files=[{"id": "F0"}])))["error"] == "file_not_found"


async def test_a_reaction_is_given_once_and_taken_back(manifest: dict[str, Any]) -> None:
    scopes = [*manifest["oauth_config"]["scopes"]["bot"], "reactions:write"]
    async with Slack.open(manifest=manifest | {"oauth_config": {"scopes": {"bot": scopes}}}) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        said = await slack.says("thank you")
        under: dict[str, Any] = {"channel": said.channel, "timestamp": said.ts, "name": "wave"}
        await client.reactions_add(**under)
        assert (await refused(client.reactions_add(**under)))["error"] == "already_reacted"
        await client.reactions_remove(**under)
        assert (await refused(client.reactions_remove(**under)))["error"] == "no_reaction"


async def test_a_bot_joins_a_public_channel_and_posts_there(manifest: dict[str, Any]) -> None:
    more = ["channels:join", "channels:read", "channels:history"]
    scopes = [*manifest["oauth_config"]["scopes"]["bot"], *more]
    async with Slack.open(manifest=manifest | {"oauth_config": {"scopes": {"bot": scopes}}}) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        listed = (await client.conversations_list())["channels"]
        assert [each["name"] for each in listed] == ["general", "job-search"]
        assert (await refused(client.conversations_history(channel=listed[0]["id"])))["error"] == "not_in_channel"
        await client.conversations_join(channel=listed[0]["id"])
        await client.chat_postMessage(channel="#general", text="hello all")
        assert slack.messages("#general")[-1].text == "hello all"
        assert (await refused(client.conversations_join(channel="C0COACHES01")))["error"] == "channel_not_found"
