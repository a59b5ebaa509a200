"""Someone to talk to, times, Home, direct messages: the doors that are open whatever happened."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import build
from bot.exceptions import Refusal
from bot.sandbox.slack import Slack
from tests.handlers.test_check_ins import arrived, check_ins
from tests.living import LivingBot


async def test_someone_to_talk_to_guesses_the_country_from_the_zone(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses("Someone to talk to")
    modal = slack.modal("maya")
    assert modal is not None and "988" in str(modal.blocks) and "findahelpline.com" in str(modal.blocks)


async def test_a_look_at_another_country_is_only_a_look(slack: Slack, bot: LivingBot) -> None:
    """Monday, 18 January is a public holiday in the United States. Nobody said that theirs are to be left out."""
    await slack.types("/rejected")
    await bot.settles()
    before = kept(bot)
    await slack.presses("Someone to talk to")
    for country, line in (("Germany", "116 123"), ("United States", "988")):
        await slack.chooses("Another country", country)
        modal = slack.modal("maya")
        assert modal is not None and line in str(modal.blocks)
    await slack.closes()
    await bot.settles()
    assert kept(bot) == before
    await slack.advances("30d")
    assert [f"{arrived(each):%a %d}" for each in check_ins(slack)] == ["Thu 14", "Mon 18", "Wed 20", "Wed 27"]


def kept(bot: LivingBot) -> list[list[tuple[object, ...]]]:
    """What may decide about the next check-ins, and when they come."""
    asked = ("SELECT * FROM members", "SELECT * FROM series", "SELECT id, due_at, promised_at FROM deliveries")
    with closing(sqlite3.connect(bot.database)) as connection:
        return [sorted(connection.execute(each).fetchall()) for each in asked]


async def test_a_country_saved_in_the_form_moves_a_check_in_off_its_holiday(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses("Change time")
    await slack.submits({"Your country": "United States"})
    await bot.settles()
    assert "Tue 19 Jan" in slack.dm("maya")[0].text and "Mon 18" not in slack.dm("maya")[0].text
    await slack.closes()
    await slack.presses("Change time")
    form = slack.modal("maya")
    assert form is not None and "'value': 'US'}}" in str(
        [each for each in form.blocks if each["block_id"] == "country"]
    )
    await slack.submits({"Your country": None})
    await bot.settles()
    assert "Mon 18 Jan" in slack.dm("maya")[0].text
    await slack.advances("30d")
    assert [f"{arrived(each):%a %d}" for each in check_ins(slack)] == ["Thu 14", "Mon 18", "Wed 20", "Wed 27"]


async def test_the_workspace_s_country_counts_until_a_member_says_another(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, default_country="US")
    await bot.start()
    await slack.types("/rejected")
    await bot.settles()
    assert "Tue 19 Jan" in slack.dm("maya")[0].text
    await slack.presses("Change time")
    await slack.submits({"Time of day": "Evening, around 18:30"})
    await bot.settles()
    with closing(sqlite3.connect(bot.database)) as connection:
        assert connection.execute("SELECT country FROM members").fetchall() == [(None,)]
    await slack.closes()
    await slack.presses("Change time")
    await slack.submits({"Your country": "Germany"})
    await bot.settles()
    assert "Mon 18 Jan" in slack.dm("maya")[0].text
    await bot.stop()


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
    assert modal is not None and modal.title == "Settings"


@pytest.mark.parametrize(("typed", "day"), [("pause", "Wed 27 Jan"), ("pause 3 days", "Sat 16 Jan")])
async def test_a_pause_is_kept(slack: Slack, bot: LivingBot, typed: str, day: str) -> None:
    await slack.types("/rejected")
    told = await slack.types(f"/rejected {typed}")
    assert f"Nothing from me until {day}" in told.text
    await slack.advances("60h")
    assert check_ins(slack) == []


async def test_where_check_ins_are_off_there_is_nothing_to_pause(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected stop")
    told = await slack.types("/rejected pause 3 days")
    assert "Check-ins are off" in told.text and "until" not in told.text
    await slack.presses("Turn on")
    assert "on again" in slack.ephemerals("maya")[-1].text
    await slack.types("/rejected")
    await bot.settles()
    assert "Thu 14 Jan" in slack.dm("maya")[0].text


async def test_a_thread_begun_on_home_is_there_when_the_form_closes(slack: Slack, bot: LivingBot) -> None:
    await slack.opens_home()
    await bot.settles()
    await slack.presses("Start a new thread")
    await slack.submits({"Company": "Initech"})
    home = slack.home("maya")
    assert home is not None and "Close the loop kindly" in str(home.blocks)


async def test_times_changed_on_home_are_there_when_the_form_closes(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.opens_home()
    await bot.settles()
    await slack.presses("Settings", view_id=home_id(slack))
    await slack.submits({"Time of day": "Evening, around 18:30"})
    home = slack.home("maya")
    assert home is not None and "around 18:30" in str(home.blocks)


async def test_a_form_that_home_did_not_open_leaves_home_alone(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.types("/rejected settings")
    await slack.submits({"Time of day": "Evening, around 18:30"})
    await slack.uses_shortcut("I got a rejection")
    await slack.submits({"Company": "Initech"})
    await bot.settles()
    assert not [each for each in slack.calls if each.method == "views.publish"]


def home_id(slack: Slack) -> str:
    home = slack.home("maya")
    assert home is not None
    return home.id


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
    assert [("I work with buttons" in each.text, "Someone to talk to" in str(each.blocks)) for each in answers] == [
        (True, True)
    ]


async def test_after_an_uninstall_nothing_is_sent_nor_tried(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    before = len(slack.dm("maya"))
    await slack.uninstalls()
    await bot.settles()
    asked = len(slack.calls)
    await slack.advances("30d")
    assert len(slack.dm("maya")) == before and len(slack.calls) == asked


async def test_started_again_after_an_uninstall_it_still_deletes_on_the_day(slack: Slack, bot: LivingBot) -> None:
    """With one token, which Slack refuses by then, there would be nobody else to do it."""
    await slack.types("/rejected")
    await bot.settles()
    await slack.uninstalls()
    await bot.settles()
    await bot.stop()
    await bot.start()
    await slack.advances("8d")
    await bot.onward.leaving.run()
    assert await bot.onward.tools.store.workspaces.teams() == []


async def test_a_token_that_is_refused_without_an_uninstall_ends_the_start(slack: Slack, tmp_path: Path) -> None:
    slack.fault("auth.test", "error:account_inactive", 9)
    onward = build(LivingBot(slack, tmp_path).settings())
    with pytest.raises(Refusal, match="install the app again"):
        await onward.open()
    await onward.tools.workspaces.close()
    await onward.tools.store.close()
