"""Several workspaces behind one address: each with its own people, token and install, and an org with one for all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.casts import ARTS, ENGINEERING, STATE
from bot.sandbox.kinds import HandsError
from bot.sandbox.slack import Slack
from tests.bot.sandbox.test_oauth import HOME, asked, decides

Json = dict[str, Any]
ServeRaw = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # the SDK still signs in with it
MAYA, LENA, IDA, KOFI = "U0MAYA00001", "U0LENA00001", "U0IDA000001", "U0KOFI00001"


@pytest.fixture
async def slack(manifest: Json) -> AsyncIterator[Slack]:
    """Installed nowhere yet; an organization may install it as a whole."""
    scopes = {"bot": [*manifest["oauth_config"]["scopes"]["bot"], "channels:read", "channels:history"]}
    oauth = {"redirect_urls": [HOME], "scopes": scopes}
    told = {"bot_events": [*manifest["settings"]["event_subscriptions"]["bot_events"], "team_access_revoked"]}
    settings = manifest["settings"] | {"org_deploy_enabled": True, "event_subscriptions": told}
    async with Slack.open(manifest=manifest | {"oauth_config": oauth, "settings": settings}, installed=False) as opened:
        yield opened


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def bot(slack: Slack, token: str) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])


async def installed(slack: Slack, session: aiohttp.ClientSession, who: str) -> Json:
    """What oauth.v2.access answers after this person has allowed it."""
    asks = asked(slack, scope=",".join(slack.platform.manifest.scopes))
    back = await decides(slack, session, asks, user=who)
    exchanged = await bot(slack, "").oauth_v2_access(
        client_id=slack.client_id, client_secret=slack.client_secret, code=back["code"][0], redirect_uri=HOME
    )
    assert isinstance(exchanged.data, dict)
    return exchanged.data


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_two_workspaces_install_the_app_each_with_its_own_token(
    slack: Slack, session: aiohttp.ClientSession
) -> None:
    hillside = slack.opens_workspace()
    here, there = await installed(slack, session, "U0ROBIN0001"), await installed(slack, session, "U0PRIYA0001")
    assert (here["team"]["name"], there["team"]["name"]) == ("Riverside Career Center", "Hillside Alumni")
    assert here["access_token"] != there["access_token"]
    assert here["bot_user_id"] != there["bot_user_id"]
    ours, theirs = bot(slack, here["access_token"]), bot(slack, there["access_token"])
    assert (await theirs.auth_test())["team_id"] == hillside.team_id
    await ours.chat_postMessage(channel=await dm(ours, MAYA), text="for Maya")
    await theirs.chat_postMessage(channel=await dm(theirs, LENA), text="for Lena")
    assert [[each.text for each in side.dm()] for side in (slack, hillside)] == [["for Maya"], ["for Lena"]]
    assert await refused(theirs.users_info(user=MAYA)) == "user_not_found"
    assert await refused(theirs.conversations_history(channel="C0GENERAL01")) == "channel_not_found"
    assert {each.team for each in hillside.calls if each.method == "chat.postMessage"} == {hillside.team_id}


async def dm(client: AsyncWebClient, user: str) -> str:
    return str((await client.conversations_open(users=user))["channel"]["id"])


async def test_one_uninstalls_and_the_other_notices_nothing(slack: Slack, session: aiohttp.ClientSession) -> None:
    hillside = slack.opens_workspace()
    here, there = await installed(slack, session, "U0ROBIN0001"), await installed(slack, session, "U0PRIYA0001")
    await hillside.uninstalls()
    assert [(each["team_id"], each["event"]["type"]) for each in hillside.events] == [
        (hillside.team_id, "tokens_revoked"), (hillside.team_id, "app_uninstalled")
    ]  # fmt: skip
    assert slack.events == []
    assert await refused(bot(slack, there["access_token"]).auth_test()) == "account_inactive"
    assert (await bot(slack, here["access_token"]).auth_test())["ok"]
    assert (await hillside.types("/probe")).error == "unknown_command"
    again = await installed(slack, session, "U0PRIYA0001")
    assert again["access_token"] != there["access_token"]


async def test_what_comes_from_a_workspace_says_which_and_is_answered_there(
    slack: Slack, session: aiohttp.ClientSession, serve_raw: ServeRaw
) -> None:
    hillside = slack.opens_workspace()
    await installed(slack, session, "U0PRIYA0001")
    seen: list[Json] = []

    async def hear(request: web.Request) -> web.StreamResponse:
        form = dict(await request.post())
        seen.append(form)
        async with session.post(str(form["response_url"]), json={"text": "for you alone"}) as answer:
            assert answer.status == 200
        return web.Response()

    slack.connect(await serve_raw(hear))
    assert (await slack.types("/probe")).error == "unknown_command"
    assert (await hillside.types("/probe", "omar")).ok
    assert [(each["team_id"], each["user_id"], each["is_enterprise_install"]) for each in seen] == [
        (hillside.team_id, "U0OMAR00001", "false")
    ]
    assert [each.text for each in hillside.ephemerals("omar")] == ["for you alone"]
    assert slack.ephemerals() == []


async def test_a_fault_may_meet_one_workspace_alone(slack: Slack, session: aiohttp.ClientSession) -> None:
    hillside = slack.opens_workspace()
    here, there = await installed(slack, session, "U0ROBIN0001"), await installed(slack, session, "U0PRIYA0001")
    slack.fault("auth.test", "error:fatal_error", team=hillside.team_id)
    assert (await bot(slack, here["access_token"]).auth_test())["ok"]
    assert await refused(bot(slack, there["access_token"]).auth_test()) == "fatal_error"


async def test_an_org_installs_once_for_all_its_workspaces(
    slack: Slack, session: aiohttp.ClientSession, serve_raw: ServeRaw
) -> None:
    arts, engineering = slack.opens_workspace(ARTS), slack.opens_workspace(ENGINEERING)
    told = await installed(slack, session, f"{STATE.id}/U0THEO00001")
    assert (told["team"], told["enterprise"], told["is_enterprise_install"]) == (
        None, {"id": STATE.id, "name": STATE.name}, True
    )  # fmt: skip
    client = bot(slack, told["access_token"])
    itself = await client.auth_test()
    assert (itself["team_id"], itself["enterprise_id"], itself["is_enterprise_install"]) == (STATE.id, STATE.id, True)
    assert [each["id"] for each in (await client.auth_teams_list())["teams"]] == [ARTS.team, ENGINEERING.team]
    await client.chat_postMessage(channel=await dm(client, KOFI), text="for Kofi")
    assert [each.text for each in engineering.dm("kofi")] == ["for Kofi"]
    assert (await client.users_info(user=IDA))["user"]["team_id"] == ARTS.team
    assert await refused(client.conversations_list()) == "missing_argument"
    assert await refused(client.conversations_list(team_id=slack.team_id)) == "team_access_not_granted"
    assert [each["id"] for each in (await client.conversations_list(team_id=ENGINEERING.team))["channels"]] == [
        "C0ENGGEN001"
    ]
    seen: list[Json] = []

    async def hear(request: web.Request) -> web.StreamResponse:
        seen.append(dict(await request.post()))
        return web.Response()

    slack.connect(await serve_raw(hear))
    await arts.types("/probe", "ida")
    asks = seen[-1]
    assert (asks["team_id"], asks["enterprise_id"], asks["is_enterprise_install"]) == (ARTS.team, STATE.id, "true")
    await client.views_publish(user_id=KOFI, view={"type": "home", "blocks": []})
    assert (engineering.home("kofi"), arts.home("ida")) != (None, None)


async def test_an_org_takes_the_app_out_everywhere_at_once(slack: Slack, session: aiohttp.ClientSession) -> None:
    arts, engineering = slack.opens_workspace(ARTS), slack.opens_workspace(ENGINEERING)
    token = (await installed(slack, session, f"{STATE.id}/U0THEO00001"))["access_token"]
    await arts.opens_home("ida")
    (opened,) = arts.events
    assert (opened["enterprise_id"], opened["authorizations"][0]["is_enterprise_install"]) == (STATE.id, True)
    await engineering.uninstalls()
    gone = engineering.events[-1]
    assert (gone["event"]["type"], gone["team_id"], gone["enterprise_id"]) == ("app_uninstalled", None, STATE.id)
    assert await refused(bot(slack, token).auth_test()) == "account_inactive"
    assert (await arts.types("/probe", "ida")).error == "unknown_command"


async def test_an_org_takes_the_app_out_of_one_workspace_and_keeps_it_in_the_other(
    slack: Slack, session: aiohttp.ClientSession
) -> None:
    arts, engineering = slack.opens_workspace(ARTS), slack.opens_workspace(ENGINEERING)
    client = bot(slack, (await installed(slack, session, f"{STATE.id}/U0THEO00001"))["access_token"])
    await arts.withdraws_the_app()
    told = engineering.events[-1]
    assert (told["team_id"], told["enterprise_id"], told["event"]["team_ids"]) == (None, STATE.id, [ARTS.team])
    assert await refused(client.conversations_list(team_id=ARTS.team)) == "team_access_not_granted"
    assert (await client.users_info(user=KOFI))["ok"]
    assert (await arts.types("/probe", "ida")).error == "unknown_command"
    with pytest.raises(HandsError, match="whole organization"):
        await arts.withdraws_the_app()


async def test_only_its_admins_install_for_an_org_and_only_if_the_app_allows_it(
    slack: Slack, session: aiohttp.ClientSession, manifest: Json
) -> None:
    slack.opens_workspace(ARTS)
    form = asked(slack) | {"user": f"{STATE.id}/{IDA}", "decision": "allow"}
    async with session.post(slack.authorize_url, data=form) as answer:
        assert answer.status == 400
    async with session.get(slack.authorize_url, params=asked(slack)) as page:
        assert f"{STATE.name} (the whole organization)" in await page.text()
    oauth = manifest["oauth_config"] | {"redirect_urls": [HOME]}
    async with Slack.open(manifest=manifest | {"oauth_config": oauth}, installed=False) as other:
        other.opens_workspace(ARTS)
        async with session.get(other.authorize_url, params=asked(other)) as page:
            assert "organization" not in await page.text()


async def test_the_control_api_acts_in_the_workspace_that_is_named(
    slack: Slack, session: aiohttp.ClientSession
) -> None:
    hillside = slack.opens_workspace(installed=True)

    async def does(action: str, **body: Any) -> Json:
        async with session.post(f"{slack.url}/_sandbox/{action}", json=body) as answer:
            return dict(await answer.json())

    assert (await does("say", team=hillside.team_id, text="hello", channel="general", **{"as": "omar"}))["ok"]
    assert hillside.messages("general")[-1].text == "hello"
    assert "nobody here" in (await does("say", text="hello", channel="general", **{"as": "omar"}))["error"]
    assert "no workspace" in (await does("say", text="hello", team="T0NOWHERE"))["error"]
    async with session.get(f"{slack.url}/_sandbox/state", params={"team": hillside.team_id}) as told:
        state = await told.json()
    assert state["team"]["name"] == "Hillside Alumni"
    assert [each["installed"] for each in state["workspaces"]] == [False, True]


async def test_a_reset_begins_every_workspace_anew(slack: Slack) -> None:
    hillside = slack.opens_workspace(installed=True)
    await hillside.says("hello", "omar", "general")
    await hillside.resets()
    assert [each.text for each in hillside.messages()] == ["Hello, Hillside. The fair is on the first of the month."]
    with pytest.raises(HandsError, match="there already"):
        slack.opens_workspace()
