"""Staff read their numbers, as words, a table and a chart; nobody else does."""

from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.handlers.test_center import ALEX, TEAM, opens_center, sets, shown, staff
from tests.living import LivingBot

JANUARY = {"began": 30, "did": 20, "stage.interview": 15, "stage.no_reply": 15}


async def opens_numbers(slack: Slack, bot: LivingBot) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    await sets(slack, bot, "Channel", {"channel": "job-search"})
    await slack.presses("Numbers", "alex")


async def test_before_the_first_month_is_over_staff_read_when_there_will_be_numbers(
    slack: Slack, bot: LivingBot
) -> None:
    await opens_numbers(slack, bot)
    assert "Nothing to show yet" in shown(slack) and "can't show" in shown(slack)


async def test_staff_read_a_month_and_take_it_along_as_a_table(slack: Slack, bot: LivingBot) -> None:
    await bot.onward.tools.store.numbers.release(TEAM, "2027-01", JANUARY, now=0)
    await opens_numbers(slack, bot)
    said = ("Jan 2027", "About 30 began", "About 20 of them", "Interview or task: 15",
            "month,began,did,stage.no_reply,stage.interview\\n2027-01,30,20,15,15")  # fmt: skip
    assert [each for each in said if each not in shown(slack)] == []


async def test_the_chart_comes_by_direct_message_and_as_words_where_slack_takes_no_chart(
    slack: Slack, bot: LivingBot
) -> None:
    await bot.onward.tools.store.numbers.release(TEAM, "2027-01", JANUARY, now=0)
    await opens_numbers(slack, bot)
    await slack.presses("Send it to my DM", "alex")
    await bot.settles()
    sent = slack.dm("alex")[-1]
    assert "data_visualization" in [each["type"] for each in sent.blocks] and "About 30" in sent.text
    await slack.closes("alex")
    slack.fault("chat.postMessage", "invalid_blocks")
    await slack.presses("Send it to my DM", "alex")
    await bot.settles()
    plain = slack.dm("alex")[-1]
    assert "data_visualization" not in [each["type"] for each in plain.blocks] and plain.text == sent.text


async def test_whoever_is_staff_no_more_gets_no_chart(slack: Slack, bot: LivingBot) -> None:
    await opens_numbers(slack, bot)
    await bot.onward.tools.store.numbers.send(Who(TEAM, ALEX), once="x", now=int(bot.onward.tools.clock.unix()))
    await bot.onward.tools.store.staff.remove(Who(TEAM, ALEX))
    await bot.settles()
    assert not [each for each in slack.dm("alex") if "members" in each.text]
