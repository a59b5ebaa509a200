"""Socket Mode on bad days: tickets that are refused, refreshes in mid-conversation, connections that break off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.exceptions import Refusal
from bot.pace import Pace
from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from bot.socket import Sockets
from tests.living import ROOMY, WEDNESDAY, LivingBot

RETRIES = (0.05, 0.2, 0.5, 1.0, 2.0)


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(clock=SandboxClock(WEDNESDAY), rates=ROOMY, retry_delays=RETRIES, socket_mode=True) as slack:
        yield slack
        assert slack.unknown_methods == []


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[LivingBot]:
    """Both lines stand. Over a socket nobody levels the clock, so it is not moved here."""
    bot = LivingBot(slack, tmp_path, slack_app_token=slack.app_token)
    await bot.start()
    sockets = await opened(slack, bot)
    await lines(slack, 2)
    slack.platform.failures.clear()  # nobody was there yet to answer for the address
    yield bot
    await sockets.close()
    await bot.stop()


async def opened(slack: Slack, bot: LivingBot) -> Sockets:
    client = bot.onward.tools.workspaces.in_front
    sockets = Sockets(bot.onward.bolt, client, slack.app_token, Pace().times(1000))
    await sockets.open()
    return sockets


async def lines(slack: Slack, number: int) -> None:
    await slack.until(lambda: slack.platform.hub.connections == number)


async def a_thread(slack: Slack, company: str) -> None:
    before = len(slack.dm("maya"))
    assert (await slack.types(f"/rejected {company}")).text.startswith("I'm sorry")
    await slack.until(lambda: len(slack.dm("maya")) == before + 2)


async def test_a_ticket_that_is_refused_is_not_tried_for_ever(slack: Slack, bot: LivingBot) -> None:
    slack.refuses_sockets(5)
    slack.cuts_sockets()
    await slack.until(lambda: slack.platform.hub.refusing == 0)
    await lines(slack, 2)
    await a_thread(slack, "Initech")
    assert slack.failures == []


async def test_a_refresh_of_one_line_at_a_time_loses_nothing(slack: Slack, bot: LivingBot) -> None:
    """Twenty threads while Slack refreshes: no command fails, none comes twice."""

    async def refreshes() -> None:
        for _ in range(4):
            await lines(slack, 2)
            await slack.refreshes_sockets(most=1)

    refreshing = asyncio.create_task(refreshes())
    answers = [await slack.types(f"/rejected Company {number}") for number in range(20)]
    await refreshing
    assert all(each.text.startswith("I'm sorry") for each in answers)
    await slack.until(lambda: len(slack.dm("maya")) == 40)
    assert slack.failures == []


async def test_what_came_over_the_old_line_is_answered_over_it(slack: Slack, bot: LivingBot) -> None:
    await a_thread(slack, "Initech")
    typing = [asyncio.create_task(slack.types(f"/rejected Company {number}")) for number in range(10)]
    await slack.until(lambda: slack.platform.hub.unanswered == len(typing))
    await slack.refreshes_sockets()
    assert all(each.text.startswith("I'm sorry") for each in await asyncio.gather(*typing))
    await lines(slack, 2)
    await slack.until(lambda: len(slack.dm("maya")) == 22)
    assert not [each for each in slack.failures if each.what != "message"]  # Slack sends an event again


async def test_connections_that_break_off_lose_no_event(slack: Slack, bot: LivingBot) -> None:
    await a_thread(slack, "Initech")
    slack.cuts_sockets()
    await slack.says("stop")
    await slack.until(lambda: "No more check-ins" in slack.dm("maya")[-1].text)
    assert len([each for each in slack.dm("maya") if "No more check-ins" in each.text]) == 1


async def test_a_slack_that_is_away_is_tried_until_it_is_back(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, slack_app_token=slack.app_token)
    await bot.start()
    slack.fault("apps.connections.open", "http_500_before", count=3)
    sockets = await opened(slack, bot)
    assert not await sockets.is_connected()
    await lines(slack, 2)
    assert await sockets.is_connected()
    await sockets.close()
    assert not await sockets.is_connected()
    await bot.stop()


async def test_a_wrong_app_token_is_said_in_a_sentence(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path)
    await bot.start()
    client = bot.onward.tools.workspaces.in_front
    with pytest.raises(Refusal, match=r"SLACK_APP_TOKEN is refused by Slack \(invalid_auth\)"):
        await Sockets(bot.onward.bolt, client, "xapp-1-wrong", Pace()).open()
    await bot.stop()
