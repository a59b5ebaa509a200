"""Slack is slow, throttled, broken or says no: each message is there once in the end, or the ledger says why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.living import QUICK, LivingBot

PARENT, CARD, CHECK_IN = "thread.parent", "thread.card", "check_ins.check_in"
SETTLED = 20.0  # seconds to wait at most: settle, lease and look are 3, 2 and 1 at this pace

# Refused before Slack took the message, or after it; silence; and a Retry-After.
WEATHER = {
    "429": ("rate_limited", {"retry_after": 1}),
    "500 before": ("http_500_before", {}),
    "500 after": ("http_500_after", {}),
    "cut before": ("cut_before", {}),
    "cut after": ("cut_after", {}),
    "hangs": ("hang", {"seconds": 1}),
    "answers too late": ("late", {"seconds": QUICK.timeout + 0.5}),
    "an internal error": ("error:internal_error", {}),
}
GONE = ["user_disabled", "user_not_found"]


@pytest.mark.parametrize(("kind", "more"), WEATHER.values(), ids=WEATHER)
async def test_a_parent_and_its_card_arrive_once(slack: Slack, bot: LivingBot, kind: str, more: dict[str, int]) -> None:
    slack.fault("chat.postMessage", kind, **more)
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2, SETTLED)
    await bot.settles()
    assert [each.is_reply for each in slack.dm("maya")] == [False, True]
    assert await ended(bot, PARENT) == await ended(bot, CARD) == {"sent": 1}


@pytest.mark.parametrize(("kind", "more"), WEATHER.values(), ids=WEATHER)
async def test_a_card_arrives_once(slack: Slack, bot: LivingBot, kind: str, more: dict[str, int]) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", kind, **more)
    await slack.presses("Done")
    await until_ledger(slack, bot, CARD, {"sent": 2})
    assert len(slack.dm("maya")) == 3


@pytest.mark.parametrize(("kind", "more"), WEATHER.values(), ids=WEATHER)
async def test_a_check_in_arrives_once(slack: Slack, bot: LivingBot, kind: str, more: dict[str, int]) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", kind, **more)
    await slack.advances_to_next()
    await until_ledger(slack, bot, CHECK_IN, {"sent": 1, "planned": 3})
    assert len(check_ins(slack)) == 1


async def test_row_13_nobody_looks_before_the_settle_time_is_over(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "late", seconds=QUICK.timeout + 0.5)
    await slack.types("/rejected Initech")
    await until_ledger(slack, bot, CARD, {"sent": 1})
    posted = next(each.at for each in slack.calls if each.method == "chat.postMessage")
    looked = next(each.at for each in slack.calls if each.method == "conversations.history")
    assert looked - posted >= QUICK.settle and len(slack.dm("maya")) == 2


async def test_what_would_leave_too_late_does_not_leave_and_is_not_in_doubt(slack: Slack, tmp_path: Path) -> None:
    """As after a standstill: others may have looked for it by then. The next attempt is in time."""
    bot = LivingBot(slack, tmp_path, pace=replace(QUICK, leaves=-1))
    await bot.start()
    await slack.types("/rejected Initech")
    for _ in range(400):
        if posts(slack) or b'error="late"' in bot.onward.metrics.page(ready={}, queue_age=None, sweep_silence=0):
            break
        await slack.platform.changes.after(slack.platform.changes.seq, bot.pace.sweep)
    else:
        raise AssertionError("nothing was late")
    assert posts(slack) == []
    await bot.stop()
    bot.pace = QUICK
    await bot.start()
    await until_ledger(slack, bot, PARENT, {"sent": 1})
    assert not any(each.method == "conversations.history" for each in slack.calls)
    await bot.stop()


async def test_row_10_throttled_for_days_a_check_in_is_skipped_and_no_flood_follows(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.postMessage", "rate_limited", count=10**6, retry_after=1)
    await slack.advances("4d")
    await until_ledger(slack, bot, CHECK_IN, {"skipped": 1, "planned": 3})
    assert (await bot.ledger())[CHECK_IN, "skipped", "too_late"] == 1 and check_ins(slack) == []
    slack.platform.faults.clear()
    await slack.advances("30d")
    days = [int(float(each.ts)) // 86400 for each in check_ins(slack)]
    assert 1 <= len(days) <= 3 and len(set(days)) == len(days)


@pytest.mark.parametrize("error", ["is_archived", "channel_not_found", "account_inactive", "not_in_channel"])
async def test_row_15_a_refusal_that_is_for_good_is_not_tried_again(slack: Slack, bot: LivingBot, error: str) -> None:
    slack.fault("chat.postMessage", f"error:{error}", count=9)
    await slack.types("/rejected Initech")
    await slack.until(lambda: posts(slack))
    for _ in range(3):
        await bot.settles()
    assert len(posts(slack)) == 1 and slack.dm("maya") == []


async def test_what_slack_shows_late_is_not_posted_twice(slack: Slack, tmp_path: Path) -> None:
    """It took the message, and shows it in history after more than a lease, but within the settle time."""
    bot = LivingBot(slack, tmp_path, pace=replace(QUICK, settle=7))
    await bot.start()
    slack.fault("chat.postMessage", "history_lag", seconds=5)
    slack.fault("chat.postMessage", "http_500_after")
    await slack.types("/rejected Initech")
    await until_ledger(slack, bot, CARD, {"sent": 1})
    assert len(slack.dm("maya")) == 2
    await bot.stop()


async def test_a_redraw_that_fails_is_drawn_later(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    slack.fault("chat.update", "http_500_before")
    slack.fault("chat.update", "rate_limited", retry_after=1)
    await slack.presses("Done")
    await slack.until(lambda: slack.dm("maya")[0].text.count("☑") == 1 and "Done" in slack.dm("maya")[1].text, SETTLED)
    assert len(slack.dm("maya")) == 3


async def test_no_post_before_the_retry_after_is_over(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "rate_limited", retry_after=2)
    await slack.types("/rejected Initech")
    await slack.until(lambda: posts(slack))
    await slack.types("/rejected Initech", "sam")  # the pause is the workspace's, not the member's
    await slack.until(lambda: len(slack.dm("maya")) == len(slack.dm("sam")) == 2, SETTLED)
    refused, following = [each for each in slack.calls if each.method == "chat.postMessage"][:2]
    assert refused.error == "ratelimited" and following.at - refused.at >= 2


@pytest.mark.parametrize("fault", ["invalid_blocks", "error:invalid_arguments"])
async def test_a_block_slack_does_not_know_leaves_every_word(slack: Slack, bot: LivingBot, fault: str) -> None:
    slack.fault("chat.postMessage", fault)
    await slack.types("/rejected Initech")
    await bot.settles()
    parent, card = slack.dm("maya")
    assert "Four small steps" in parent.text and parent.blocks == [] and card.blocks
    assert len(posts(slack)) == 3 and await ended(bot, PARENT) == {"sent": 1}


@pytest.mark.parametrize("error", GONE)
async def test_to_a_closed_account_nothing_more_is_sent(slack: Slack, bot: LivingBot, error: str) -> None:
    slack.fault("chat.postMessage", f"error:{error}")
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.advances("30d")
    assert slack.dm("maya") == [] and (await bot.ledger())[(PARENT, "failed", error)] == 1
    assert await ended(bot, CHECK_IN) in ({"cancelled": 4}, {}) and await ended(bot, CARD) == {"skipped": 1}


async def test_a_place_that_is_gone_is_in_the_ledger(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "error:channel_not_found")
    await slack.types("/rejected Initech")
    await bot.settles()
    assert (await bot.ledger())[(PARENT, "failed", "channel_not_found")] == 1
    assert (await bot.ledger())[(CARD, "skipped", "nothing_to_hang_on")] == 1
    await slack.types("/rejected Hooli")
    await bot.settles()
    assert len(slack.dm("maya")) == 2


async def test_with_a_dead_token_everything_waits_for_a_good_one(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "error:token_revoked")
    await slack.types("/rejected Initech")
    await slack.until(lambda: posts(slack))
    await bot.settles()
    refused = await slack.types("/rejected Hooli")
    assert refused.ok and "not ready here yet" in slack.ephemerals("maya")[-1].text
    assert slack.dm("maya") == [] and await ended(bot, PARENT) == {"planned": 1} and len(posts(slack)) == 1
    await bot.stop()
    await bot.start()
    await slack.until(lambda: len(slack.dm("maya")) == 2, SETTLED)
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4 and await ended(bot, PARENT) == {"sent": 1}


@pytest.mark.parametrize("kind", ["error:missing_scope", "http_500_before", "cut_before", "rate_limited"])
async def test_without_a_profile_the_thread_comes_all_the_same(slack: Slack, bot: LivingBot, kind: str) -> None:
    slack.fault("users.info", kind, count=2)
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2, SETTLED)
    await bot.settles()
    assert await ended(bot, PARENT) == {"sent": 1}


async def test_once_the_profile_can_be_read_the_check_ins_are_planned(slack: Slack, bot: LivingBot) -> None:
    slack.fault("users.info", "http_500_before", count=2)
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Done")
    await bot.settles()
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4


async def test_a_member_slack_does_not_know_gets_nothing(slack: Slack, bot: LivingBot) -> None:
    slack.fault("users.info", "error:user_not_found")
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.advances("30d")
    assert slack.dm("maya") == [] and (await bot.ledger())[(PARENT, "skipped", "user_disabled")] == 1


async def until_ledger(slack: Slack, bot: LivingBot, kind: str, wanted: dict[str, int]) -> None:
    """The alarm is asked for its rounds until the ledger reads so: the last round may change nothing in Slack."""
    for _ in range(400):
        await bot.settles()
        if await ended(bot, kind) == wanted:
            return
        await slack.platform.changes.after(slack.platform.changes.seq, bot.pace.sweep)
    raise AssertionError(f"{kind} is {await ended(bot, kind)}\n{slack.transcript()}")


async def ended(bot: LivingBot, kind: str) -> dict[str, int]:
    """How many of a kind are in which state."""
    states: dict[str, int] = {}
    for (of_kind, state, _), number in (await bot.ledger()).items():
        if of_kind == kind:
            states[state] = states.get(state, 0) + number
    return states


def posts(slack: Slack) -> list[str]:
    return [each.method for each in slack.calls if each.method == "chat.postMessage"]


def check_ins(slack: Slack) -> list[Message]:
    return [each for each in slack.dm("maya") if "Snooze" in each.buttons]
