"""Installing an app: the page a person decides on, the code, the token, and the ways each can be wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Slack

Json = dict[str, Any]
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # the SDK still signs in with it
HOME = "http://bot.example/slack/oauth_redirect"
SCOPES = "commands,chat:write,im:write"


@pytest.fixture
async def slack(manifest: Json) -> AsyncIterator[Slack]:
    """Nobody has installed the app yet."""
    oauth = manifest["oauth_config"] | {"redirect_urls": [HOME]}
    async with Slack.open(manifest=manifest | {"oauth_config": oauth}, installed=False) as opened:
        yield opened


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def stranger(slack: Slack) -> AsyncWebClient:
    """An app that has no token yet."""
    return AsyncWebClient(base_url=slack.api_url, retry_handlers=[])


def asked(slack: Slack, **changed: str) -> dict[str, str]:
    usual = {"client_id": slack.client_id, "scope": SCOPES, "redirect_uri": HOME, "state": "kept & safe"}
    return {name: value for name, value in (usual | changed).items() if value}


async def decides(
    slack: Slack, session: aiohttp.ClientSession, query: dict[str, str], decision: str = "allow",
    user: str = "U0ROBIN0001",
) -> dict[str, list[str]]:  # fmt: skip
    """What a browser would do: open the page, read its form, send it. Answers what went back to the app."""
    async with session.get(slack.authorize_url, params=query) as page:
        assert page.status == 200, await page.text()
        html = await page.text()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    form = {name: unescape(value) for name, value in hidden} | {"user": user, "decision": decision}
    async with session.post(slack.authorize_url, data=form, allow_redirects=False) as sent:
        assert sent.status == 302, await sent.text()
        return parse_qs(urlsplit(sent.headers["Location"]).query)


async def code_for(slack: Slack, session: aiohttp.ClientSession, **changed: str) -> str:
    return (await decides(slack, session, asked(slack, **changed)))["code"][0]


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


def exchange(slack: Slack, stranger: AsyncWebClient, code: str, /, **changed: Any) -> Any:
    usual: Json = {"client_id": slack.client_id, "client_secret": slack.client_secret, "redirect_uri": HOME}
    return stranger.oauth_v2_access(**(usual | {"code": code} | changed))


async def test_a_code_becomes_a_token_with_the_scopes_that_were_asked_for(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    assert (await slack.types("/probe")).error == "unknown_command"
    back = await decides(slack, session, asked(slack))
    assert back["state"] == ["kept & safe"]
    granted = await exchange(slack, stranger, back["code"][0])
    assert (granted["token_type"], granted["scope"], granted["bot_user_id"]) == ("bot", SCOPES, slack.bot_user_id)
    assert granted["team"]["id"] == slack.team_id and granted["authed_user"] == {"id": "U0ROBIN0001"}
    bot = AsyncWebClient(token=granted["access_token"], base_url=slack.api_url)
    assert (await bot.auth_test())["team_id"] == slack.team_id
    assert await refused(bot.users_info(user="U0MAYA00001")) == "missing_scope"
    assert (await slack.types("/probe")).error == "dispatch_failed"


async def test_the_page_says_who_wants_what(slack: Slack, session: aiohttp.ClientSession) -> None:
    async with session.get(slack.authorize_url, params=asked(slack, state='"><script>')) as page:
        html = await page.text()
    assert "Probe asks for access to Riverside Career Center" in html and "<li>im:write</li>" in html
    assert "<script>" not in html and ">Allow</button>" in html and ">Cancel</button>" in html


async def test_who_says_no_sends_the_app_an_error(slack: Slack, session: aiohttp.ClientSession) -> None:
    back = await decides(slack, session, asked(slack), "cancel")
    assert back == {"error": ["access_denied"], "state": ["kept & safe"]}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "chat:write,files:write"}, "invalid_scope"),
        ({"redirect_uri": "http://evil.example/slack/oauth_redirect"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://bot.example/slack/oauth_redirect_elsewhere"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://bot.example/slack/oauth_redirect"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{HOME}/../../evil"}, "bad_redirect_uri"),
        ({"team": "T0ELSEWHERE"}, "invalid_team"),
    ],
)
async def test_a_wrong_address_goes_nowhere(
    slack: Slack, session: aiohttp.ClientSession, changed: dict[str, str], error: str
) -> None:
    async with session.get(slack.authorize_url, params=asked(slack, **changed)) as page:
        assert page.status == 400 and (await page.text()).startswith(f"{error}: ")
    form = asked(slack, **changed) | {"user": "U0MAYA00001", "decision": "allow"}
    async with session.post(slack.authorize_url, data=form, allow_redirects=False) as sent:
        assert sent.status == 400 and "Location" not in sent.headers


async def test_a_place_below_the_configured_one_is_fine(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    below = f"{HOME}/riverside"
    code = await code_for(slack, session, redirect_uri=below)
    assert (await exchange(slack, stranger, code, redirect_uri=below))["ok"]


async def test_another_page_cannot_press_allow(slack: Slack, session: aiohttp.ClientSession) -> None:
    form = asked(slack) | {"user": "U0MAYA00001", "decision": "allow"}
    async with session.post(slack.authorize_url, data=form, headers={"Origin": "https://evil.example"}) as sent:
        assert sent.status == 403


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"code": "made.up"}, "invalid_code"),
        ({"redirect_uri": None}, "bad_redirect_uri"),
        ({"redirect_uri": f"{HOME}/elsewhere"}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token"}, "invalid_grant_type"),
    ],
)
async def test_an_exchange_is_refused_and_leaves_the_code_good(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient, changed: Json, error: str
) -> None:
    code = await code_for(slack, session)
    assert await refused(exchange(slack, stranger, code, **changed)) == error
    assert (await exchange(slack, stranger, code))["ok"]


async def test_a_code_is_good_once_and_for_ten_minutes(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    code, late = await code_for(slack, session), await code_for(slack, session)
    await exchange(slack, stranger, code)
    assert await refused(exchange(slack, stranger, code)) == "code_already_used"
    slack.clock.advance("11m")
    assert await refused(exchange(slack, stranger, late)) == "invalid_code"


async def test_id_and_secret_may_also_be_arguments(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    code = await code_for(slack, session)
    given = {"client_id": slack.client_id, "client_secret": slack.client_secret, "code": code, "redirect_uri": HOME}
    assert (await stranger.api_call("oauth.v2.access", data=given))["ok"]


async def test_a_second_install_adds_scopes_and_one_after_an_uninstall_has_a_new_token(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    first = await exchange(slack, stranger, await code_for(slack, session))
    second = await exchange(slack, stranger, await code_for(slack, session, scope="im:history"))
    assert (second["access_token"], second["scope"]) == (first["access_token"], f"{SCOPES},im:history")
    bot = AsyncWebClient(token=first["access_token"], base_url=slack.api_url)
    assert await refused(bot.api_call("apps.uninstall", params={"client_id": "1.2", "client_secret": "x"})) == (
        "client_id_token_mismatch"
    )
    await bot.api_call("auth.revoke")
    assert await refused(bot.auth_test()) == "token_revoked"
    assert [each["event"]["type"] for each in slack.events] == ["tokens_revoked", "app_uninstalled"]
    third = await exchange(slack, stranger, await code_for(slack, session))
    assert third["access_token"] != first["access_token"] and third["scope"] == SCOPES
    assert await refused(bot.auth_test()) == "token_revoked"
    again = AsyncWebClient(token=third["access_token"], base_url=slack.api_url)
    assert (await again.auth_test())["ok"]


async def test_an_app_may_uninstall_itself(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    token = (await exchange(slack, stranger, await code_for(slack, session)))["access_token"]
    bot = AsyncWebClient(token=token, base_url=slack.api_url)
    await bot.apps_uninstall(client_id=slack.client_id, client_secret=slack.client_secret)
    assert await refused(bot.auth_test()) == "account_inactive"


async def test_the_journal_keeps_neither_code_nor_secret_nor_token(
    slack: Slack, session: aiohttp.ClientSession, stranger: AsyncWebClient
) -> None:
    code = await code_for(slack, session)
    token = (await exchange(slack, stranger, code))["access_token"]
    written = str(slack.platform.journal.latest())
    assert "oauth.v2.access" in written
    assert not [each for each in (code, token, slack.client_secret) if each in written]
