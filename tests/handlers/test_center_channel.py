"""Posts to a career center's channel: sent once, and when the channel takes nothing, one note to staff and no loss."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.manifest import Manifest
from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.living import LivingBot

TEAM, ALEX, ROBIN = "T0RIVERSIDE", "U0ALEX00001", "U0ROBIN0001"
CHANNEL, OTHER = "C0JOBSEARCH", "C0GENERAL01"
HELLO, NOTE = "center.hello", "staff.note"


async def connected(slack: Slack, bot: LivingBot, *, invited: bool = True) -> None:
    """Alex and Robin are staff, and #job-search is their channel."""
    tools = bot.onward.tools
    now = tools.clock.now()
    for user in (ALEX, ROBIN):
        await tools.store.staff.add(Who(TEAM, user), now=now)
    await tools.store.centers.change(TEAM, "channel", {"channel": CHANNEL}, now=now)
    if invited:
        await slack.invites_the_bot("job-search", "alex")
        await bot.settles()


async def says_hello(bot: LivingBot, once: str = "1", target: str = CHANNEL) -> None:
    tools = bot.onward.tools
    await tools.store.centers.say_hello(TEAM, target, once=once, now=tools.clock.now())
    tools.wake()
    await bot.settles()


def in_channel(slack: Slack, name: str = "job-search") -> list[str]:
    return [each.text for each in slack.messages(name) if "automated helper" in each.text]


def notes(slack: Slack, who: str) -> list[str]:
    return [each.text for each in slack.dm(who)]


def without(*scopes: str) -> dict[str, Any]:
    document = dict(Manifest.read().document)
    granted = [each for each in Manifest.read().scopes if each not in scopes]
    return document | {"oauth_config": {"scopes": {"bot": granted}}}


async def try_again(bot: LivingBot) -> None:
    await bot.onward.tools.store.centers.try_again(TEAM, CHANNEL)
    bot.onward.tools.wake()
    await bot.settles()


async def test_a_hello_arrives_once_in_the_channel_that_staff_connected(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await says_hello(bot)
    await says_hello(bot)
    assert len(in_channel(slack)) == 1 and notes(slack, "alex") == []


async def test_a_dry_run_is_seen_by_the_one_who_asked_and_by_nobody_else(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await says_hello(bot, target=ALEX)
    assert "nothing was posted" in slack.dm("alex")[-1].text
    assert in_channel(slack) == [] and notes(slack, "robin") == []


async def test_a_post_whose_answer_was_lost_is_looked_for_in_the_channel(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    slack.fault("chat.postMessage", "http_500_after")
    await says_hello(bot)
    await slack.until(lambda: [each for each in slack.calls if each.method == "conversations.history"])
    await until_sent(slack, bot)
    assert len(in_channel(slack)) == 1


async def until_sent(slack: Slack, bot: LivingBot) -> None:
    for _ in range(100):
        await bot.onward.delivery.sweep()
        await bot.settles()
        if (await bot.ledger()).get((HELLO, "sent", "")):
            return
        await slack.platform.changes.after(slack.platform.changes.seq, 0.05)
    raise AssertionError(await bot.ledger())


async def test_a_public_channel_is_joined_where_the_workspace_allows_it(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot, invited=False)
    await says_hello(bot)
    assert len(in_channel(slack)) == 1 and notes(slack, "alex") == []


def archived(slack: Slack) -> None:
    slack.platform.workspace.channels[CHANNEL].is_archived = True


def opened(slack: Slack) -> None:
    slack.platform.workspace.channels[CHANNEL].is_archived = False


@pytest.mark.parametrize("who", ["alex", "robin"])
async def test_of_an_archived_channel_each_of_staff_is_told_once_and_the_post_waits(
    slack: Slack, bot: LivingBot, who: str
) -> None:
    await connected(slack, bot)
    archived(slack)
    await says_hello(bot)
    await try_again(bot)
    await says_hello(bot, once="2")
    assert len(notes(slack, who)) == 1 and "archived" in notes(slack, who)[0]
    opened(slack)
    await try_again(bot)
    assert len(in_channel(slack)) == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("not_in_channel", "/invite"), ("channel_not_found", "can't find"), ("missing_scope", "did not give me"),
        ("restricted_action", "Only some people"), ("restricted_action_read_only_channel", "Only some people"),
    ],
)  # fmt: skip
async def test_whatever_keeps_it_out_is_said_in_words_and_the_post_goes_later(
    slack: Slack, bot: LivingBot, error: str, said: str
) -> None:
    await connected(slack, bot)
    slack.fault("conversations.join", "error:method_not_supported_for_channel_type")
    slack.fault("chat.postMessage", f"error:{error}", channel=CHANNEL)
    await says_hello(bot)
    assert [said in each for each in notes(slack, "alex")] == [True]
    await try_again(bot)
    assert len(in_channel(slack)) == 1 and len(notes(slack, "alex")) == 1
    assert (await bot.ledger())[(HELLO, "sent", "")] == 1


async def test_slack_that_is_busy_is_waited_for_and_staff_know(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    slack.fault("chat.postMessage", "rate_limited", channel=CHANNEL, retry_after=1)
    await says_hello(bot)
    await until_sent(slack, bot)
    await bot.settles()
    assert len(in_channel(slack)) == 1
    assert ["slow down" in each for each in notes(slack, "alex")] == [True]


async def test_without_the_right_to_read_the_channel_a_lost_answer_is_unknown_and_nothing_comes_twice(
    slack: Slack, bot: LivingBot
) -> None:
    await connected(slack, bot)
    slack.fault("chat.postMessage", "http_500_after")
    slack.fault("conversations.history", "error:missing_scope", count=3)
    await says_hello(bot)
    for _ in range(200):
        await bot.onward.delivery.sweep()
        await bot.settles()
        if (await bot.ledger()).get((HELLO, "unknown", "could_not_look")):
            break
        await slack.platform.changes.after(slack.platform.changes.seq, 0.05)
    assert (await bot.ledger())[(HELLO, "unknown", "could_not_look")] == 1 and len(in_channel(slack)) == 1


async def test_what_waits_for_a_lost_channel_goes_to_the_one_connected_after_it(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await slack.invites_the_bot("general", "alex")
    archived(slack)
    await says_hello(bot)
    tools = bot.onward.tools
    await tools.store.centers.change(TEAM, "channel", {"channel": OTHER}, now=tools.clock.now())
    tools.wake()
    await bot.settles()
    assert len(in_channel(slack, "general")) == 1 and in_channel(slack) == []


async def test_while_everything_is_paused_the_channel_stays_quiet_and_a_thread_still_comes(
    slack: Slack, bot: LivingBot
) -> None:
    await connected(slack, bot)
    store = bot.onward.tools.store
    await store.centers.pause(TEAM, paused=True)
    await says_hello(bot)
    await slack.types("/rejected")
    await bot.settles()
    assert in_channel(slack) == [] and len(slack.dm("maya")) == 2
    await slack.advances("3d")
    assert in_channel(slack) == [] and len(slack.dm("maya")) == 2
    await store.centers.pause(TEAM, paused=False)
    await slack.advances("2d")
    assert len(in_channel(slack)) == 1


async def test_somebody_of_staff_who_left_is_staff_no_more_and_the_others_are_told_once(
    slack: Slack, bot: LivingBot
) -> None:
    await connected(slack, bot)
    await slack.changes_profile("robin", deleted=True)
    await slack.changes_profile("robin", deleted=True)
    await bot.settles()
    assert ["has left" in each for each in notes(slack, "alex")] == [True]
    assert await bot.onward.tools.store.staff.of(TEAM) == [ALEX]


async def test_after_an_hour_a_channel_is_tried_again_by_itself(slack: Slack, bot: LivingBot) -> None:
    """The hour is real time, so here only its length is looked at."""
    await connected(slack, bot)
    archived(slack)
    await says_hello(bot)
    real = int(bot.onward.tools.clock.real())
    soon = int(bot.onward.tools.clock.unix() + timedelta(days=1).total_seconds())

    async def is_ready(seconds: int) -> bool:
        row = await bot.onward.tools.store.deliveries.next_of((TEAM, CHANNEL), now=soon, real=real + seconds)
        return row is not None

    assert [await is_ready(seconds) for seconds in (3000, 3700)] == [False, True]
