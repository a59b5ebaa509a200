"""What a member sets for themselves counts, for the check-ins that are planned and for those after every later no."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox.slack import Slack
from tests.handlers.kept_words import MAYA
from tests.handlers.test_check_ins import check_ins
from tests.living import LivingBot
from tests.messages import pseudo

NEW_YORK = ZoneInfo("America/New_York")


async def sets(slack: Slack, bot: LivingBot, **fields: object) -> None:
    await slack.types("/rejected settings")
    await slack.submits(fields)
    await slack.closes()
    await bot.settles()


async def days(bot: LivingBot) -> list[str]:
    planned = await bot.onward.tools.store.check_ins.upcoming(MAYA)
    return [f"{due.astimezone(NEW_YORK):%a}" for _, due in planned]


async def test_whoever_allows_weekends_is_asked_on_a_saturday_too(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    assert await days(bot) == ["Thu", "Mon", "Wed", "Wed"]
    await sets(slack, bot, days="Weekends too")
    assert await days(bot) == ["Thu", "Sat", "Wed", "Wed"]
    await slack.advances("4d")
    assert len(check_ins(slack)) == 2


async def test_only_one_counts_for_this_no_and_for_the_next(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await sets(slack, bot, cadence="Only one, after a week")
    assert len(await days(bot)) == 1
    await slack.advances("30d")
    await slack.types("/rejected Hooli")
    await bot.settles()
    assert len(await days(bot)) == 1


async def test_whoever_wants_to_be_asked_first_hears_nothing_until_they_say_yes(slack: Slack, bot: LivingBot) -> None:
    await sets(slack, bot, ask=["Plan no check-ins until I say yes"])
    await slack.types("/rejected Initech")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert "Would you like some?" in parent.text and await days(bot) == []
    await slack.advances("20h")
    assert check_ins(slack) == []
    await slack.presses("Yes, check in", ts=parent.ts)
    await bot.settles()
    assert "*Check-ins:*" in slack.dm("maya")[0].text
    await slack.advances("30d")
    assert len(check_ins(slack)) >= 3


async def test_the_language_somebody_picks_counts_more_than_slacks(slack: Slack, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    pseudo.write_language(tmp_path / "words", "ar", pseudo.right_to_left, pseudo.RIGHT_TO_LEFT_MARK)
    bot = LivingBot(slack, tmp_path, words_dir=tmp_path / "words")
    await bot.start()
    words = bot.onward.tools.library.locale("ar")
    await slack.types("/rejected settings")
    await slack.submits({"language": "ar"})
    modal = slack.modal("maya")
    assert modal is not None and modal.title == words.phrase("preferences.saved_title")
    await slack.closes()
    await slack.changes_profile("maya", locale="de-DE")
    await slack.types("/rejected Initech")
    await bot.settles()
    assert slack.dm("maya")[0].text.startswith(words.opening("none"))
    await bot.stop()


async def test_what_is_not_changed_stays_as_it_was(slack: Slack, bot: LivingBot) -> None:
    await sets(slack, bot, days="Weekends too", cadence="Only one, after a week", hour="Midday, around 12:30")
    before = await bot.onward.tools.store.members.find(MAYA)
    await sets(slack, bot)
    after = await bot.onward.tools.store.members.find(MAYA)
    assert (after.weekends, after.cadence, after.hour) == (True, "only_one", "lunch")
    assert after.zone == before.zone and not after.locale_chosen
