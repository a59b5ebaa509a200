"""Someone to talk to, times, Home, direct messages: the doors that are open whatever happened."""

import pytest

from bot.sandbox.slack import Slack
from tests.handlers.test_check_ins import check_ins
from tests.living import LivingBot


async def test_someone_to_talk_to_guesses_the_country_from_the_zone(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses("Someone to talk to")
    modal = slack.modal("maya")
    assert modal is not None and "988" in str(modal.blocks) and "findahelpline.com" in str(modal.blocks)


async def test_another_country_is_shown_and_remembered(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses("Someone to talk to")
    await slack.chooses("Another country", "Germany")
    await slack.closes()
    await slack.presses("Someone to talk to")
    modal = slack.modal("maya")
    assert modal is not None and "116 123" in str(modal.blocks) and "988" not in str(modal.blocks)


async def test_who_can_see_this_names_the_operator(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses("Who can see this")
    modal = slack.modal("maya")
    assert modal is not None and "Riverside Career Center" in str(modal.blocks)
    assert "Riverside Career Center" in (await slack.types("/rejected privacy")).text


async def test_another_hour_moves_every_check_in(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses("Change time")
    await slack.submits({"Time of day": "Evening, around 18:30"})
    await bot.settles()
    saved = slack.modal("maya")
    assert saved is not None and "around 18:30" in str(saved.blocks) and "18:30" in slack.dm("maya")[0].text
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4


async def test_settings_opens_the_same_form(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected settings")
    modal = slack.modal("maya")
    assert modal is not None and modal.title == "Check-in times"


@pytest.mark.parametrize(("typed", "day"), [("pause", "Wed 27 Jan"), ("pause 3 days", "Sat 16 Jan")])
async def test_a_pause_is_kept(slack: Slack, bot: LivingBot, typed: str, day: str) -> None:
    await slack.types("/rejected")
    told = await slack.types(f"/rejected {typed}")
    assert f"Nothing from me until {day}" in told.text
    await slack.advances("60h")
    assert check_ins(slack) == []


async def test_home_shows_the_next_step_and_stops_and_starts(slack: Slack, bot: LivingBot) -> None:
    await slack.opens_home()
    await bot.settles()
    empty = slack.home("maya")
    assert empty is not None and "Start a new thread" in str(empty.blocks)
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.opens_home()
    await bot.settles()
    home = slack.home("maya")
    assert home is not None and "Close the loop kindly" in str(home.blocks) and "Thu 14 Jan" in str(home.blocks)
    await slack.presses("Stop")
    stopped = slack.home("maya")
    assert stopped is not None and "Check-ins are off" in str(stopped.blocks)
    await slack.presses("Turn on")
    assert "Thu 14 Jan" in str(slack.home("maya"))


async def test_stop_typed_to_the_bot_stops(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.says("Stop!")
    await bot.settles()
    assert "No more check-ins" in slack.dm("maya")[-1].text
    await slack.advances("30d")
    assert check_ins(slack) == []


async def test_stop_as_a_reply_in_the_thread_stops_too(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.says("stop", thread_ts=slack.dm("maya")[0].ts)
    await bot.settles()
    assert "Check-ins are off." in slack.dm("maya")[0].text


async def test_whatever_else_is_written_gets_the_menu_once(slack: Slack, bot: LivingBot) -> None:
    await slack.says("I feel terrible about Initech")
    await slack.says("Are you there?")
    await bot.settles()
    answers = [each for each in slack.dm("maya") if each.user == slack.bot_user_id]
    assert [("I only read buttons" in each.text, "Someone to talk to" in str(each.blocks)) for each in answers] == [
        (True, True)
    ]


async def test_after_an_uninstall_nothing_is_sent(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    before = len(slack.dm("maya"))
    await slack.uninstalls()
    await bot.settles()
    await slack.advances("30d")
    assert len(slack.dm("maya")) == before
