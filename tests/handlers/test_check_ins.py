"""Check-ins: when they come, when they do not, and what an answer changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.living import ROOMY, LivingBot

NEW_YORK = ZoneInfo("America/New_York")
# From each weekday, the days on which a check-in comes: the second week's are marked by their place in the list.
TABLE = {
    "Mon": ["Tue", "Thu", "Mon", "Mon"],
    "Tue": ["Wed", "Fri", "Tue", "Tue"],
    "Wed": ["Thu", "Mon", "Wed", "Wed"],
    "Thu": ["Fri", "Mon", "Thu", "Thu"],
    "Fri": ["Mon", "Wed", "Fri", "Fri"],
    "Sat": ["Mon", "Wed", "Mon", "Mon"],
    "Sun": ["Mon", "Wed", "Mon", "Mon"],
}
MONDAY = datetime(2027, 1, 11, 16, 0, tzinfo=UTC)


def check_ins(slack: Slack, user: str = "maya") -> list[Message]:
    return [each for each in slack.dm(user) if "Stop" in str(each.blocks) and "Snooze" in str(each.blocks)]


def arrived(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), NEW_YORK)


@pytest.mark.parametrize(("offset", "weekday"), list(enumerate(TABLE)))
async def test_the_days_of_the_table_from_every_weekday(tmp_path: Path, offset: int, weekday: str) -> None:
    clock = SandboxClock(MONDAY + timedelta(days=offset))
    async with Slack.open(clock=clock, rates=ROOMY) as slack:
        bot = LivingBot(slack, tmp_path)
        await bot.start()
        await slack.types("/rejected Initech")
        await bot.settles()
        assert " · ".join(f"{day}" for day in TABLE[weekday]) == _weekdays_on(slack.dm("maya")[0])
        await slack.advances("30d")
        came = [arrived(each) for each in check_ins(slack)]
        assert [f"{day:%a}" for day in came] == TABLE[weekday]
        assert all(timedelta(hours=9, minutes=40) <= _of_day(each) <= timedelta(hours=10, minutes=21) for each in came)
        await bot.stop()


async def test_nothing_goes_out_at_three_in_the_night(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances_to(datetime(2027, 1, 14, 3, 0, tzinfo=NEW_YORK))
    before = len(slack.dm("maya"))
    await slack.changes_profile("maya", tz="Asia/Tokyo")  # where it is afternoon
    await bot.settles()
    await slack.advances("1h")
    assert len(slack.dm("maya")) == before and check_ins(slack) == []


async def test_two_noes_make_one_series(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances("1h")
    await slack.types("/rejected Hooli")
    await slack.advances("30d")
    days = [arrived(each).date() for each in check_ins(slack)]
    assert len(days) == len(set(days)) == 4


async def test_after_stop_nothing_comes_until_turn_on(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances_to_next()
    await slack.presses("Stop")
    await bot.settles()
    folded = slack.dm("maya")[2]
    assert "No more check-ins" in folded.text and "Turn on" in str(folded.blocks)
    await slack.advances("40d")
    assert len([each for each in slack.dm("maya") if not each.is_reply]) == 2


async def test_stop_is_sticky_and_turn_on_starts_again(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected stop")
    await slack.types("/rejected Initech")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert "Check-ins are off." in parent.text
    assert ("check_ins.check_in", "planned", "") not in await bot.ledger()
    await slack.presses("Turn on")
    await bot.settles()
    assert "Thu 14 Jan" in slack.dm("maya")[0].text
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4


async def test_stop_typed_as_a_command_has_the_way_back_beside_it(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    stopped = await slack.types("/rejected stop")
    await bot.settles()
    assert "No more check-ins" in stopped.text and "Check-ins are off." in slack.dm("maya")[0].text
    await slack.presses("Turn on", ts=slack.ephemerals("maya")[-1].ts)
    await bot.settles()
    assert "Thu 14 Jan" in slack.dm("maya")[0].text


async def test_no_check_ins_on_the_parent_means_none(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("No check-ins")
    await slack.advances("40d")
    assert check_ins(slack) == [] and "Check-ins are off." in slack.dm("maya")[0].text


async def test_only_one_leaves_the_reminder_to_keep_applying(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Only one")
    await slack.advances("40d")
    (only,) = check_ins(slack)
    assert "one role that fits you" in only.text and f"{arrived(only):%a %d %b}" == "Wed 20 Jan"


async def test_ten_days_of_downtime_bring_at_most_one_message_in_a_window(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await bot.stop()
    slack.clock.advance("10d")
    await bot.start()
    await slack.advances("6h")
    await slack.advances("2d")
    came = check_ins(slack)
    assert len(came) <= 1
    assert all(9 <= arrived(each).hour < 18 and arrived(each).weekday() < 5 for each in came)


async def test_a_day_of_downtime_sends_it_in_the_next_window(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await bot.stop()
    slack.clock.set(datetime(2027, 1, 14, 20, 0, tzinfo=NEW_YORK))
    await bot.start()
    await slack.advances("1d")
    (late,) = check_ins(slack)
    assert f"{arrived(late):%a %H}" == "Fri 09"


async def test_a_weekend_of_downtime_over_two_check_ins_brings_one(slack: Slack, bot: LivingBot) -> None:
    """Friday's may still come on Monday, and so may Monday's."""
    await slack.advances_to(datetime(2027, 1, 14, 12, 0, tzinfo=NEW_YORK))
    await slack.types("/rejected Initech")
    await bot.settles()
    assert "Fri 15 Jan · Mon 18 Jan" in slack.dm("maya")[0].text
    await bot.stop()
    slack.clock.set(datetime(2027, 1, 18, 12, 0, tzinfo=NEW_YORK))
    await bot.start()
    await slack.advances("1d")
    (only,) = check_ins(slack)
    assert f"{arrived(only):%a}" == "Mon" and "pick one next step" in only.text


async def test_every_series_encourages_and_reminds_once(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances("30d")
    first, *later = check_ins(slack)
    encouragements = [each.text.split("\n")[0] for each in later]
    assert len(set(encouragements)) == 3 and "\n" not in first.text
    assert sum("one role that fits you" in each.text for each in later) == 1
    assert "last check-in for now" in later[-1].text


async def test_where_nobody_answered_the_first_one_asks_about_the_waiting_and_not_about_news(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.chooses("How far did it get?", "Silence after talking")
    await slack.advances_to_next()
    (first,) = check_ins(slack)
    assert "Waiting without an answer" in first.text and "news" not in first.text


async def test_a_member_who_did_steps_reads_them_at_the_end(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Done")
    await slack.advances("30d")
    assert "You did one step: Close the loop kindly." in check_ins(slack)[-1].text


async def test_one_check_in_left_after_others_is_one_more(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    assert "*Check-ins:* Thu 14 Jan · " in slack.dm("maya")[0].text
    for _ in range(3):
        await slack.advances_to_next()
    await slack.presses("Not yet")
    await slack.presses("Done")
    await bot.settles()
    assert "*Check-in:* one more, Wed 27 Jan" in slack.dm("maya")[0].text


async def test_a_planned_step_is_asked_about_and_not_asked_for_again(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Show all steps")
    await bot.settles()
    await slack.presses("Mark step 4 done")
    await slack.advances_to_next()
    await slack.advances_to_next()
    planned = check_ins(slack)[-1]
    assert "You planned one next step." in planned.text and "Still good" in str(planned.blocks)


async def test_whoever_applied_is_not_asked_to_apply_at_the_end(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    for _ in range(3):
        await slack.advances_to_next()
    await slack.presses("I applied")
    await slack.advances("30d")
    last = check_ins(slack)[-1]
    assert "last check-in for now" in last.text and "You've applied again" in last.text
    assert "half hour" not in last.text


async def test_whoever_wants_it_quieter_hears_softer_words_to_the_end(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.advances_to_next()
    await slack.presses("🙁 Rough")
    await slack.presses("Quieter")
    await slack.advances("30d")
    _, reminder, last = [each for each in slack.dm("maya") if not each.is_reply][1:]
    assert "No job talk" in reminder.text and "I applied" not in str(reminder.blocks)
    assert "half hour" not in last.text and "a better day" in last.text


async def test_a_deactivated_member_gets_nothing_more(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.changes_profile("maya", deleted=True)
    await bot.settles()
    await slack.advances("30d")
    assert check_ins(slack) == []


async def test_a_new_zone_moves_what_is_planned(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.changes_profile("maya", tz="Europe/Berlin")
    await bot.settles()
    await slack.advances("30d")
    berlin = [datetime.fromtimestamp(float(each.ts), ZoneInfo("Europe/Berlin")).hour for each in check_ins(slack)]
    assert berlin and set(berlin) <= {9, 10}


async def test_without_any_zone_none_is_planned_until_one_is_picked(slack: Slack, bot: LivingBot) -> None:
    slack.platform.workspace.user("maya").tz = "Nowhere/Land"
    await slack.types("/rejected Initech")
    await bot.settles()
    assert "don't know your time zone" in slack.dm("maya")[0].text
    await slack.presses("Change time")
    await slack.submits({"Your time zone": "Europe/Berlin"})
    await bot.settles()
    assert "Thu 14 Jan" in slack.dm("maya")[0].text


def _weekdays_on(parent: Message) -> str:
    line = next(line for line in parent.text.split("\n") if line.startswith("*Check-ins:*"))
    return " · ".join(day.split()[0] for day in line.removeprefix("*Check-ins:* ").split(",")[0].split(" · "))


def _of_day(moment: datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
