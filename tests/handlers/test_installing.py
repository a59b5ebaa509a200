"""Adding the app by OAuth: what a person sees, what is kept, and every way in which it can be wrong."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.installing import Browser, Town, town
from tests.living import LivingBot

ROOT = Path(__file__).parents[2]
ASKED = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]
SCOPES: list[str] = ASKED["bot"]
OPTIONAL: list[str] = ASKED["bot_optional"]
NEEDED = [each for each in SCOPES if each not in OPTIONAL]


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as opened:
        yield opened


@pytest.fixture
async def robin(here: Town) -> AsyncIterator[Browser]:
    async with Browser(here.bot) as opened:
        yield opened


def kept(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "onward.db") as database:
        return [row[0] for row in database.execute("SELECT team_id FROM workspaces")]


async def test_a_workspace_adds_the_app_and_one_person_hears_of_it(here: Town, robin: Browser, tmp_path: Path) -> None:
    page = await robin.installs(here.riverside)
    await here.settles()
    assert page.status == 200, page.text
    assert "Riverside Career Center" in page.text and "slack://app" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    (welcome,) = here.riverside.dm("robin")
    assert "You are the only one who gets this message" in welcome.text
    assert await here.bot.onward.tools.store.staff.of(here.riverside.team_id) == ["U0ROBIN0001"]
    assert all(here.riverside.dm(each) == [] for each in ("maya", "sam", "noor", "alex"))
    assert kept(tmp_path) == [here.riverside.team_id]
    installed = await here.bot.onward.tools.workspaces.find(here.riverside.team_id)
    assert installed and installed.installer == "U0ROBIN0001" and installed.scopes == set(SCOPES)
    assert (await here.riverside.types("/rejected Initech")).text.startswith("I'm sorry")


async def test_the_direct_address_leads_to_slack_at_once_and_writes_nothing(
    here: Town, robin: Browser, tmp_path: Path
) -> None:
    asked = await robin.begins()
    assert str(asked).startswith(f"{here.riverside.url}/oauth/v2/authorize?")
    assert asked.query["scope"].split(",") == SCOPES and asked.query["client_id"] == here.riverside.client_id
    with sqlite3.connect(tmp_path / "onward.db") as database:
        assert database.execute("SELECT count(*) FROM events").fetchone() == (0,)


async def test_who_decides_against_it_reads_that_nothing_was_kept(here: Town, robin: Browser, tmp_path: Path) -> None:
    page = await robin.installs(here.riverside, "cancel")
    assert page.status == 400 and "You chose not to add the app" in page.text and kept(tmp_path) == []


async def test_a_state_is_of_one_browser(here: Town, robin: Browser, tmp_path: Path) -> None:
    """Nobody can be led to finish an install somebody else began."""
    back = await robin.decides(here.riverside, await robin.begins())
    async with Browser(here.bot) as somebody:
        page = await somebody.opens(back)
        assert page.status == 400 and "another browser" in page.text
        await somebody.begins()
        assert (await somebody.opens(back)).status == 400
    assert kept(tmp_path) == []


async def test_a_state_is_used_once(here: Town, robin: Browser) -> None:
    asked = await robin.begins()
    first, second = await robin.decides(here.riverside, asked), await robin.decides(here.lakeside, asked)
    cookie = robin._session.cookie_jar.filter_cookies(asked.with_path("/slack/x"))
    assert (await robin.opens(first)).status == 200
    name, value = next((each.key, each.value) for each in cookie.values())
    again = await robin.opens(second, cookies={name: value})
    assert again.status == 400 and "used before" in again.text
    assert not await here.bot.onward.tools.workspaces.find(here.lakeside.team_id)


@pytest.mark.parametrize("state", ["", "x", "gAAAAA", "x" * 5000, "%00", "%F0%9F%A6%84"])
async def test_a_state_of_ones_own_making_is_refused(here: Town, robin: Browser, state: str) -> None:
    await robin.begins()
    page = await robin.opens(f"{here.bot.url}/slack/oauth_redirect?code=1&state={state}")
    assert page.status == 400 and "Nothing was kept" in page.text


async def test_a_word_sealed_for_something_else_is_no_state(here: Town, robin: Browser) -> None:
    await robin.begins()
    sealed = here.bot.onward.tools.vault.seal("canary")
    assert (await robin.opens(f"{here.bot.url}/slack/oauth_redirect?code=1&state={sealed}")).status == 400


async def test_a_code_slack_does_not_know_is_refused(here: Town, robin: Browser, tmp_path: Path) -> None:
    state = (await robin.begins()).query["state"]
    page = await robin.opens(f"{here.bot.url}/slack/oauth_redirect?code=made.up&state={state}")
    assert page.status == 400 and "Slack did not take this" in page.text and kept(tmp_path) == []


@pytest.mark.parametrize("kind", ["cut_before", "http_500_before"])
async def test_slack_away_in_the_middle_is_said(here: Town, robin: Browser, tmp_path: Path, kind: str) -> None:
    here.riverside.fault("oauth.v2.access", kind)
    page = await robin.installs(here.riverside)
    assert page.status == 502 and "try again in a minute" in page.text and kept(tmp_path) == []
    assert (await robin.installs(here.riverside)).status == 200


@pytest.mark.parametrize("missing", NEEDED)
async def test_without_what_is_needed_nothing_is_installed(
    here: Town, robin: Browser, tmp_path: Path, missing: str
) -> None:
    """The address of Slack's page can be changed by hand."""
    page = await robin.installs(here.riverside, scopes=[each for each in SCOPES if each != missing])
    assert page.status == 400 and f"<code>{missing}</code>" in page.text and kept(tmp_path) == []
    assert not here.riverside.platform.installed


async def test_what_is_optional_may_be_left_out_and_the_page_says_so(here: Town, robin: Browser) -> None:
    page = await robin.installs(here.riverside, scopes=NEEDED)
    assert page.status == 200 and "left out" in page.text
    assert all(f"<code>{each}</code>" in page.text for each in OPTIONAL)
    can = here.bot.onward.tools.workspaces.can
    assert await can(here.riverside.team_id, *NEEDED) and not await can(here.riverside.team_id, OPTIONAL[0])
    assert "left out" not in (await robin.installs(here.riverside)).text
    assert await can(here.riverside.team_id, *OPTIONAL)


async def test_again_after_again_there_is_one_welcome_and_the_newest_token(here: Town, robin: Browser) -> None:
    for _ in range(3):
        assert (await robin.installs(here.riverside)).status == 200
        await here.settles()
    assert len(here.riverside.dm("robin")) == 1


async def test_the_cookie_is_kept_from_scripts_and_other_sites(here: Town, robin: Browser) -> None:
    page = await robin.opens(f"{here.bot.url}/slack/install")
    cookie = SimpleCookie(page.headers["Set-Cookie"])["onward_install"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/slack"
    assert 0 < int(cookie["max-age"]) <= 600


async def test_with_one_token_there_is_nothing_to_install(slack: Slack, bot: LivingBot) -> None:
    async with Browser(bot) as robin:
        assert (await robin.opens(f"{bot.url}/slack/install")).status == 404
        assert (await robin.opens(f"{bot.url}/slack/oauth_redirect?code=1")).status == 404
        assert "/slack/install" not in (await robin.opens(f"{bot.url}/")).text
