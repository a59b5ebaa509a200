"""What a career center changes for members: lines to call, lines on cards, how check-ins begin; and the guide."""

from typing import Any

import pytest

from bot.center import CardLine, CheckInMode, Feature
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.handlers.test_center_channel import TEAM, archived, connected, notes, opened, try_again
from tests.living import LivingBot

STEPS = ("Close the loop kindly", "Keep what worked", "Learn one thing", "Plan one next step")


async def set_up(bot: LivingBot, part: str, **facts: Any) -> None:
    tools = bot.onward.tools
    await tools.store.centers.change(TEAM, part, facts, now=tools.clock.now())
    await bot.onward.centers.run()
    await bot.settles()


async def begins(slack: Slack, bot: LivingBot, who: str = "maya") -> None:
    await slack.types("/rejected Initech", who)
    await bot.settles()


def parent(slack: Slack, who: str = "maya") -> Message:
    return next(each for each in slack.dm(who) if not each.is_reply)


async def test_the_counseling_line_stands_first_and_the_national_ones_stay(slack: Slack, bot: LivingBot) -> None:
    await set_up(bot, "help", counseling="Campus Line\n555-0100, weekdays & <b>Sundays</b>")
    await begins(slack, bot)
    await slack.presses("Someone to talk to")
    view = slack.modal("maya")
    assert view is not None
    page = str(view.blocks)
    assert page.index("Campus Line") < page.index("988") < page.index("findahelpline")
    assert "&amp; &lt;b&gt;Sundays" in page


async def test_whoever_writes_something_heavy_sees_it_too_before_being_known(slack: Slack, bot: LivingBot) -> None:
    await set_up(bot, "help", counseling="Campus Line\n555-0100")
    answer = await slack.types("/rejected I want to die")
    assert "Campus Line" in (answer.text or "")


async def test_a_line_of_the_center_stands_on_the_card_it_was_written_for(slack: Slack, bot: LivingBot) -> None:
    line = CardLine("Our desk helps with thank-you notes.", "https://careers.example.edu/desk")
    await set_up(bot, "cards", lines={"be_professional": line})
    await begins(slack, bot)
    first = slack.dm("maya")[1]
    assert "*From your career center:* <https://careers.example.edu/desk|Our desk helps" in first.text
    await slack.presses("Done")
    await bot.settles()
    assert "career center" not in slack.dm("maya")[2].text


async def test_a_page_about_visas_is_on_everybodys_cards(slack: Slack, bot: LivingBot) -> None:
    await set_up(bot, "help", visa_link="https://careers.example.edu/visa")
    await begins(slack, bot)
    assert "<https://careers.example.edu/visa|" in str([each.text for each in slack.dm("maya")])


async def test_where_members_are_asked_first_none_comes_before_they_say_yes(slack: Slack, bot: LivingBot) -> None:
    await set_up(bot, "check_ins", check_ins=CheckInMode.ASK)
    await begins(slack, bot)
    await slack.advances("2d")
    assert len(slack.dm("maya")) == 2
    await slack.presses("Yes, check in")
    await bot.settles()
    await slack.advances("7d")
    assert len([each for each in slack.dm("maya") if not each.is_reply]) > 1


async def test_where_they_are_off_nothing_is_promised_and_what_was_planned_falls_away(
    slack: Slack, bot: LivingBot
) -> None:
    await begins(slack, bot)
    assert "Check-ins:" in parent(slack).text
    await set_up(bot, "check_ins", check_ins=CheckInMode.OFF)
    assert "no check-ins in this workspace" in parent(slack).text and "Turn on" not in str(parent(slack).blocks)
    for word in ("start", "pause"):
        answer = await slack.types(f"/rejected {word}")
        assert "no check-ins in this workspace" in (answer.text or "")
    await slack.opens_home()
    await bot.settles()
    home = str(slack.home("maya"))
    assert "no check-ins in this workspace" in home and "Turn on" not in home
    await slack.advances("20d")
    assert len(slack.dm("maya")) == 2


async def test_quiet_dates_move_check_ins_that_were_planned(slack: Slack, bot: LivingBot) -> None:
    await begins(slack, bot)
    assert "Thu 14 Jan" in parent(slack).text
    await set_up(bot, "quiet", quiet="2027-01-14/2027-01-17")
    assert "Thu 14 Jan" not in parent(slack).text and "Mon 18 Jan" in parent(slack).text
    await slack.advances("3d")
    assert len(slack.dm("maya")) == 2


async def test_members_can_read_what_was_set_for_them(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await set_up(bot, "quiet", quiet="2027-12-20/2028-01-03")
    page = (await slack.types("/nextstep privacy")).text or ""
    assert "Your career center" in page and "2027-12-20 to 2028-01-03" in page and "Weekly posts" in page


# the guide for everyone


def in_channel(slack: Slack) -> list[Message]:
    return [each for each in slack.messages("job-search") if each.user == slack.platform.bot_user_id]


async def test_the_word_alone_posts_nothing_and_the_press_the_whole_guide_once(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    offered = await slack.types("/nextstep share", "alex")
    await bot.settles()
    assert "<#C0JOBSEARCH>" in (offered.text or "") and in_channel(slack) == []
    await slack.presses("Post it in the channel", "alex")
    await slack.types("/nextstep share", "robin")
    await slack.presses("Post it in the channel", "robin")
    await bot.settles()
    top, *cards = in_channel(slack)
    assert not top.is_reply and all(step in top.text for step in STEPS)
    assert [each.text.split("\n")[0] for each in cards] == list(STEPS)
    assert {each.thread_ts for each in cards} == {top.ts}


async def test_its_button_opens_a_members_own_private_thread(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await slack.types("/nextstep share", "alex")
    await slack.presses("Post it in the channel", "alex")
    await bot.settles()
    seen = len(slack.messages("job-search"))
    await slack.presses("Start a new thread", "maya", channel="job-search")
    await slack.submits({"Company": "Initech"}, "maya")
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and len(slack.messages("job-search")) == seen


async def test_a_dry_run_of_the_guide_has_all_its_cards_and_only_one_reader(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await slack.types("/nextstep share", "alex")
    await slack.presses("Dry run to me", "alex")
    await bot.settles()
    assert len(slack.dm("alex")) == 5 and "dry run" in slack.dm("alex")[0].text and in_channel(slack) == []


@pytest.mark.parametrize("who", ["maya", "noor"])
async def test_somebody_who_is_not_staff_shares_nothing(slack: Slack, bot: LivingBot, who: str) -> None:
    await connected(slack, bot)
    answer = await slack.types("/nextstep share", who)
    await bot.settles()
    assert "Only the staff" in (answer.text or "") and in_channel(slack) == [] and slack.dm(who) == []


async def test_a_guide_that_met_an_archived_channel_comes_whole_once_it_is_open(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    archived(slack)
    await slack.types("/nextstep share", "alex")
    await slack.presses("Post it in the channel", "alex")
    await bot.settles()
    assert len(notes(slack, "alex")) == 1
    opened(slack)
    await try_again(bot)
    assert len(in_channel(slack)) == 5


async def test_switched_off_the_guide_is_not_offered(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await set_up(bot, "features", off=frozenset({Feature.GUIDE}))
    answer = await slack.types("/nextstep share", "alex")
    assert "switched off" in (answer.text or "")
