"""The main job over Socket Mode: no public address, the same thread, the same check-ins, and a refresh in between."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.living import ROOMY, WEDNESDAY
from tests.process import BotProcess


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(clock=SandboxClock(WEDNESDAY), rates=ROOMY, retry_delays=(0.05,), socket_mode=True) as slack:
        yield slack
        assert slack.unknown_methods == []


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """``run`` with an app token."""
    bot = BotProcess(slack, tmp_path, SLACK_APP_TOKEN=slack.app_token)
    await bot.start()
    await slack.platform.hub.connected.wait()
    yield bot
    assert await bot.stop() == 0


async def test_the_main_job_over_a_socket_with_a_refresh_in_the_middle(slack: Slack, bot: BotProcess) -> None:
    answer = await slack.types("/rejected Initech, Analyst")
    assert answer.text.startswith("I'm sorry") and answer.seconds < 3
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await slack.refreshes_sockets()
    await slack.platform.hub.connected.wait()
    for shown, label in enumerate(("Done", "Not now", "Done"), start=3):
        assert (await slack.presses(label)).ok
        await shows(slack, shown)
    await slack.presses("Done")
    await slack.until(lambda: "You went through all four" in slack.dm("maya")[0].text)
    await slack.says("stop")
    await slack.until(lambda: "No more check-ins" in slack.dm("maya")[-1].text)
    await slack.advances("30d")
    assert not [each for each in slack.dm("maya") if "Snooze" in each.buttons] and slack.failures == []
    assert 2 <= sum(each.method == "apps.connections.open" for each in slack.calls) <= 4  # the second line may stand


async def test_check_ins_come_and_are_answered_over_a_socket(slack: Slack, bot: BotProcess) -> None:
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await slack.advances_to_next()
    await slack.presses("Snooze")
    assert slack.failures == []
    await slack.advances("30d")
    assert len(slack.dm("maya")) == 6


async def test_a_form_and_another_persons_words_go_over_the_socket_too(slack: Slack, bot: BotProcess) -> None:
    await slack.uses_shortcut("I got a rejection", "sam")
    assert (await slack.submits({"Company": "Hooli"}, "sam")).error is None
    await slack.until(lambda: len(slack.dm("sam")) == 2)
    assert slack.dm("maya") == [] and slack.failures == []


async def test_health_is_answered_over_http_all_the_same(slack: Slack, bot: BotProcess) -> None:
    async with aiohttp.ClientSession() as session:
        for page in ("healthz", "readyz"):
            async with session.get(f"{bot.url}/{page}") as answer:
                assert answer.status == 200


async def test_a_socket_that_is_cut_is_opened_anew(slack: Slack, bot: BotProcess) -> None:
    await slack.refreshes_sockets()
    await slack.platform.hub.connected.wait()
    await slack.refreshes_sockets()
    await slack.platform.hub.connected.wait()
    assert (await slack.types("/rejected Initech")).text.startswith("I'm sorry")
    await slack.until(lambda: len(slack.dm("maya")) == 2)


async def shows(slack: Slack, messages: int) -> None:
    await slack.until(lambda: len(slack.dm("maya")) == messages)
