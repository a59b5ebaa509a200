"""What was shared without a name, when something goes wrong: nothing is lost or comes twice, and staff get one note."""

import asyncio

import pytest

from bot.kinds import Kind
from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.handlers.shared import (
    MAYA,
    WORDS,
    approves,
    later,
    letters,
    opens_queue,
    posts,
    replies,
    shares,
    shown,
    with_a_community,
)
from tests.handlers.shared import posted as shared_and_posted
from tests.handlers.test_center_channel import ALEX, CHANNEL, TEAM, archived, notes, opened, try_again
from tests.living import LivingBot


def told(slack: Slack, who: str = "alex") -> list[str]:
    """Notes about a channel, besides those that something waits."""
    return [each for each in notes(slack, who) if "can't post" in each or "slow down" in each]


async def approved(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    await approves(slack, bot)


async def test_of_an_archived_channel_staff_are_told_once_and_the_post_waits(slack: Slack, bot: LivingBot) -> None:
    await approved(slack, bot)
    archived(slack)
    await later(slack, bot, "6h")
    await later(slack, bot, "15h")
    assert len(told(slack)) == 1 and "archived" in told(slack)[0] and "aya" not in told(slack)[0] and posts(slack) == []
    opened(slack)
    await try_again(bot)
    assert len(posts(slack)) == 1
    await later(slack, bot, "1h")
    await later(slack, bot, "13m")
    assert len(letters(slack, "What you shared stands in")) == 1


@pytest.mark.parametrize(("fault", "said"), [("error:missing_scope", "the right to"), ("rate_limited", "slow down")])
async def test_a_missing_right_and_a_busy_slack_lose_nothing(
    slack: Slack, bot: LivingBot, fault: str, said: str
) -> None:
    await approved(slack, bot)
    slack.fault("chat.postMessage", fault, count=1)
    await later(slack, bot, "6h")
    await slack.until(lambda: told(slack), timeout=20)
    assert said in told(slack)[0] and len(told(slack)) == 1
    await try_again(bot)
    await slack.until(lambda: posts(slack), timeout=20)
    assert len(posts(slack)) == 1


async def test_a_post_whose_answer_was_lost_is_not_posted_twice_and_answers_go_through(
    slack: Slack, bot: LivingBot
) -> None:
    await approved(slack, bot)
    slack.fault("chat.postMessage", "http_500_after")
    await later(slack, bot, "6h")
    for _ in range(100):
        await bot.onward.delivery.sweep()
        await bot.settles()
        if (await bot.ledger()).get((Kind.SHARING, "sent", "")):
            break
        await slack.platform.changes.after(slack.platform.changes.seq, 0.05)
    (post,) = posts(slack)
    await later(slack, bot, "15h")
    await replies(slack, bot, "Me too.", post)
    assert len(letters(slack, "Somebody answers")) == 1


async def test_while_staff_paused_everything_it_waits(slack: Slack, bot: LivingBot) -> None:
    await approved(slack, bot)
    await bot.onward.tools.store.centers.pause(TEAM, paused=True)
    await later(slack, bot, "8h")
    assert posts(slack) == []
    await bot.onward.tools.store.centers.pause(TEAM, paused=False)
    await later(slack, bot, "2h")
    assert len(posts(slack)) == 1


async def test_a_new_channel_gets_what_waits_and_without_one_it_goes_back_kindly(slack: Slack, bot: LivingBot) -> None:
    await approved(slack, bot)
    tools = bot.onward.tools
    await tools.store.centers.change(TEAM, "channel", {"channel": None}, now=tools.clock.now())
    await later(slack, bot, "8h")
    await later(slack, bot, "14h")
    (letter,) = letters(slack, "was not posted")
    assert "did not take it" in letter.text and posts(slack) == []
    await slack.presses("Change it", ts=letter.ts)
    assert "is off here" in shown(slack) and WORDS in shown(slack)


async def test_staff_who_left_cannot_decide_and_the_others_can(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    await opens_queue(slack, bot)
    await bot.onward.tools.store.staff.remove(Who(TEAM, ALEX))
    await slack.presses("Post it", "alex")
    await slack.closes_all("alex")
    await approves(slack, bot, "robin")
    await later(slack, bot, "8h")
    assert len(posts(slack)) == 1


async def test_nobody_else_can_open_the_queue_or_decide(slack: Slack, bot: LivingBot) -> None:
    """A press with a load of its own, as nobody was ever drawn one."""
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    (waiting,) = await bot.onward.tools.store.sharing.waiting(TEAM, now=bot.onward.tools.clock.now())
    for verb in ("approve", "mute", "open_send_back", "next"):
        action = {"action_id": f"sharing_queue.{verb}", "value": f'{{"share":"{waiting.id}"}}', "type": "button"}
        body = {"type": "block_actions", "user": {"id": MAYA, "team_id": TEAM}, "team": {"id": TEAM},
                "trigger_id": "1.2.3", "actions": [action], "container": {"type": "view"}}  # fmt: skip
        await slack.sends("interaction", body)
    await bot.settles()
    still = await bot.onward.tools.store.sharing.find(TEAM, waiting.id)
    assert still and still.state == "waiting" and posts(slack) == []


async def test_another_members_letter_takes_nothing_back(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shared_and_posted(slack, bot)
    (mine,) = await bot.onward.tools.store.sharing.own(Who(TEAM, MAYA))
    assert not await bot.onward.tools.store.sharing.take_back(Who(TEAM, "U0SAM000001"), mine.id)
    assert len(posts(slack)) == 1


async def test_at_night_nothing_is_posted_and_nobody_is_written_to(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "10h")  # nine in the evening
    await approves(slack, bot)
    await later(slack, bot, "10h")  # seven in the morning
    assert posts(slack) == [] and letters(slack, "What you shared") == []
    await later(slack, bot, "2h")
    assert len(posts(slack)) == 1


async def test_what_is_late_after_a_stop_wakes_nobody_at_night(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await shared_and_posted(slack, bot)  # half past nine in the morning
    await slack.presses("Reply privately", "sam", ts=post.ts)
    await slack.submits({"note": "Me too."}, "sam")
    await slack.closes_all("sam")
    await bot.stop()
    slack.clock.advance("13h")
    await bot.start()
    await bot.settles()
    assert letters(slack, "Somebody answers") == []
    await later(slack, bot, "11h")
    assert len(letters(slack, "Somebody answers")) == 1


async def test_the_copy_a_member_asks_for_has_it_and_a_printed_one_says_that_it_is_left_out(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    own = await bot.onward.tools.store.exports.gather(Who(TEAM, MAYA))
    assert [each["text"] for each in own["sharing"]] == [WORDS]
    for user in (MAYA, "U0SAM000001"):
        printed = await bot.onward.tools.store.exports.gather(Who(TEAM, user), to_member=False)
        assert WORDS not in str(printed) and "left_out" in str(printed["sharing"])


async def test_where_everybody_is_deleted_the_posts_go_too(slack: Slack, bot: LivingBot) -> None:
    """At the end of an installation: then no post that goes tells whose it was."""
    await with_a_community(slack, bot)
    await shared_and_posted(slack, bot)
    privacy, now = bot.onward.tools.store.privacy, bot.onward.tools.clock.now()
    await privacy.delete_for(Who(TEAM, MAYA), now=now, action="deleted", with_all_others=True)
    await bot.onward.erasing.run()
    assert posts(slack) == [] and letters(slack, "What you shared") == []


async def test_pressed_by_two_at_the_same_moment_it_is_posted_once(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    for who in ("alex", "robin"):
        await opens_queue(slack, bot, who)
    await asyncio.gather(*(slack.presses("Post it", who) for who in ("alex", "robin")))
    await later(slack, bot, "8h")
    assert len(posts(slack)) == 1
    assert sorted("Somebody else decided" in shown(slack, who) for who in ("alex", "robin")) == [False, True]


async def test_after_an_uninstall_nothing_of_it_is_sent_and_its_rows_go(slack: Slack, bot: LivingBot) -> None:
    await approved(slack, bot)
    await slack.uninstalls()
    await later(slack, bot, "8h")
    assert posts(slack) == []
    await later(slack, bot, "8d")
    await bot.onward.leaving.run()
    assert CHANNEL and await bot.onward.tools.store.sharing.own(Who(TEAM, MAYA)) == []
