"""What an operator can see of a running bot: readiness, figures, log lines. None of it names anybody."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine, text

from bot.kinds import Kind
from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from bot.stall import Stall
from bot.store.values import Who
from tests.living import ROOMY, WEDNESDAY, LivingBot
from tests.process import BotProcess

CHECKS = {"database", "schema", "slack", "sweep", "clock"}


async def ready(url: str) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
        return answer.status, await answer.json()


async def figures(url: str, token: str = "") -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Each sample by its name and labels."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics", headers=headers) as answer:
        assert answer.status == 200, answer.status
        families = list(text_string_to_metric_families(await answer.text()))
    return {(each.name, tuple(sorted(each.labels.items()))): each.value for one in families for each in one.samples}


def of(name: str, **labels: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return name, tuple(sorted(labels.items()))


async def test_a_bot_that_is_well_says_so_check_by_check(bot: LivingBot) -> None:
    status, said = await ready(bot.url)
    assert status == 200 and said == dict.fromkeys(CHECKS, True) | {"oldest_due_seconds": 0}
    told = await figures(bot.url)
    assert {told[of("onward_ready", check=check)] for check in CHECKS} == {1.0}


async def test_a_schema_that_is_behind_is_not_ready(bot: LivingBot) -> None:
    engine = create_engine(f"sqlite:///{bot.database}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    status, said = await ready(bot.url)
    assert status == 503 and not said["schema"] and said["database"]


async def test_a_token_slack_refuses_is_not_ready_and_counted_by_method(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "error:token_revoked")
    await slack.types("/rejected Initech")
    await slack.until(lambda: [each for each in slack.calls if each.error == "token_revoked"])
    async with asyncio.timeout(10):
        while (await ready(bot.url))[0] == 200:
            pass
    assert not (await ready(bot.url))[1]["slack"]
    told = await figures(bot.url)
    assert told[of("onward_slack_errors_total", method="chat.postMessage", error="token_revoked")] == 1
    assert told[of("onward_ready", check="slack")] == 0


async def test_whatever_calls_slack_its_errors_are_counted(slack: Slack, bot: LivingBot) -> None:
    for method in ("users.info", "views.open", "views.publish"):
        slack.fault(method, "error:fatal_error")
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.uses_shortcut("I got a rejection")
    await slack.opens_home()
    await bot.settles()
    told = await figures(bot.url)
    failed = {dict(labels)["method"] for name, labels in told if name == "onward_slack_errors_total"}
    assert failed == {"users.info", "views.open", "views.publish"}


async def test_commands_deliveries_and_lateness_are_counted(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.advances_to_next()
    await bot.settles()
    told = await figures(bot.url)
    assert told[of("onward_requests_total", kind="command", outcome="200")] == 1
    assert told[of("onward_acknowledgement_seconds_count", kind="command")] == 1
    assert told[of("onward_deliveries_total", kind="thread.parent", outcome="sent")] == 1
    assert told[of("onward_deliveries_total", kind="check_ins.check_in", outcome="sent")] == 1
    assert told[of("onward_lateness_seconds_count", kind="check_ins.check_in")] == 1
    assert told[of("onward_queue_age_seconds")] == 0


async def test_what_waits_shows_its_age(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "rate_limited", count=1000)
    await slack.types("/rejected Initech")
    await slack.until(lambda: [each for each in slack.calls if each.method == "chat.postMessage"])
    bot.onward.tools.clock.set(slack.clock.unix() + 1200)  # type: ignore[attr-defined]
    assert (await figures(bot.url))[of("onward_queue_age_seconds")] >= 1200
    status, said = await ready(bot.url)
    assert status == 200 and said["oldest_due_seconds"] >= 1200


async def test_metrics_are_for_whoever_has_the_token(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, metrics_token="open-sesame")
    await bot.start()
    assert of("onward_queue_age_seconds") in await figures(bot.url, "open-sesame")
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/metrics") as answer:
        assert answer.status == 403
    await bot.stop()


async def test_lines_of_one_request_share_an_id_and_a_pseudonym(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path)
    await bot.start()
    slack.fault("views.open", "error:fatal_error", count=2)
    await slack.uses_shortcut("I got a rejection")
    await slack.uses_shortcut("I got a rejection")
    await slack.sends(
        "command", b"command=%2Frejected&team_id=T1&user_id=U1&text=&channel_id=C1&trigger_id=1.2", secret="f" * 32
    )
    assert await bot.stop() == 0
    lines = [json.loads(line) for line in bot.log.read_text().splitlines()]
    failed = [each for each in lines if each["event"] == "view_not_shown"]
    assert len({each["request"] for each in failed}) == 2 and {each["door"] for each in failed} == {"shortcut"}
    assert len({each["who"] for each in failed}) == 1 and "MAYA" not in bot.log.read_text().upper()
    assert [each["status"] for each in lines if each["event"] == "request_refused"] == [401]


@pytest.fixture
async def over_a_socket(tmp_path: Path) -> AsyncIterator[tuple[Slack, BotProcess]]:
    async with Slack.open(clock=SandboxClock(WEDNESDAY), rates=ROOMY, socket_mode=True) as slack:
        bot = BotProcess(slack, tmp_path, SLACK_APP_TOKEN=slack.app_token)
        await bot.start()
        yield slack, bot
        await bot.stop()


async def test_the_socket_is_one_of_the_checks(over_a_socket: tuple[Slack, BotProcess]) -> None:
    _, bot = over_a_socket
    status, said = await ready(bot.url)
    assert status == 200 and said["socket"] is True


CHANNEL = "C0JOBSEARCH"


@pytest.mark.parametrize("channel", [None, CHANNEL, f"T0RIVERSIDE/{CHANNEL}"])
async def test_a_stall_is_said_once_and_so_is_its_end(
    slack: Slack, tmp_path: Path, capfd: pytest.CaptureFixture[str], channel: str | None
) -> None:
    bot = LivingBot(slack, tmp_path, ops_channel=channel and channel.replace("T0RIVERSIDE", slack.team_id))
    await bot.start()
    await slack.invites_the_bot("job-search", "alex")
    await slack.types("/rejected Initech")
    await bot.settles()
    before = len(slack.messages(CHANNEL))
    slack.fault("chat.postMessage", "error:accesslimited", count=1000, channel=slack.dm("maya")[0].channel)
    await slack.presses("Done")
    stall = stall_of(bot)
    await stall.look()
    assert not stall.is_on
    bot.onward.tools.clock.set(slack.clock.unix() + 1000)  # type: ignore[attr-defined]
    for _ in range(3):
        await stall.look()
    if channel:
        told = await slack.until(lambda: slack.messages(CHANNEL)[before:])
        assert len(told) == 1 and "due for 16 minutes" in told[0].text and "Initech" not in str(told[0].blocks)
    slack.platform.faults.clear()
    await slack.until(lambda: len(slack.dm("maya")) == 3, timeout=30)
    await bot.settles()
    for _ in range(3):
        await stall.look()
    said = capfd.readouterr()
    assert (said.out + said.err).count("deliveries_stall") == 1
    assert (said.out + said.err).count("deliveries_go_again") == 1
    assert len(slack.messages(CHANNEL)) == before + bool(channel)
    await bot.stop()


async def test_a_channel_that_takes_nothing_is_no_second_stall(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, ops_channel="C0NOWHERE1")
    await bot.start()
    await bot.onward.tools.store.deliveries.tell_operators(
        Who(slack.team_id, "C0NOWHERE1"), "1", now=bot.onward.tools.clock.now()
    )
    await slack.types("/rejected Initech")
    await bot.settles()
    states = {state for (kind, state, _) in await bot.ledger() if kind == Kind.STALL}
    assert states <= {"failed", "skipped"} and states
    await bot.stop()


def stall_of(bot: LivingBot) -> Stall:
    tools = bot.onward.tools
    return Stall(tools.store, tools.clock, tools.wake, tools.settings.ops_channel)
