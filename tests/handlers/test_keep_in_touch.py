"""One note about keeping in touch, two to three months after a final round, for whoever asked for it."""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.home import UNDER_WAY
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.handlers.kept_words import deal_all, shown
from tests.handlers.test_home import chooses, entry, home, presses
from tests.living import LivingBot

NEW_YORK = ZoneInfo("America/New_York")
ASK, DROP = "Remind me once", "No reminder after all"


def notes(slack: Slack) -> list[Message]:
    return [each for each in slack.dm("maya") if "remind you once of a hello" in each.text]


def arrived(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), NEW_YORK)


def last_card(slack: Slack) -> Message:
    return next(each for each in reversed(slack.dm("maya")) if each.is_reply)


async def asks(slack: Slack, bot: LivingBot, company: str = "Initech") -> None:
    await deal_all(slack, bot, company, "Final round")
    await slack.presses(ASK)
    await bot.settles()


async def test_it_comes_once_on_a_business_day_in_the_window_after_two_months(slack: Slack, bot: LivingBot) -> None:
    began = slack.clock.now()
    await asks(slack, bot)
    assert "on Mon 15 Mar or soon after" in slack.ephemerals("maya")[-1].text
    await slack.advances("100d")
    (note,) = notes(slack)
    at = arrived(note)
    assert timedelta(days=60) <= at - began <= timedelta(days=90)
    assert at.weekday() < 5 and 9 <= at.hour < 18
    assert "Hello again, with news" in note.text and "Initech" not in note.text


async def test_nobody_gets_one_unasked_and_only_a_final_round_offers_it(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot, "Initech", "Interview or task")
    assert ASK not in str(last_card(slack).blocks)
    await slack.chooses("How far did it get?", "Final round")
    await bot.settles()
    assert ASK in str(last_card(slack).blocks)
    await slack.advances("100d")
    assert notes(slack) == []


async def test_the_card_says_it_was_asked_for_and_takes_it_back(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    assert "You asked for one reminder" in last_card(slack).text and ASK not in str(last_card(slack).blocks)
    await slack.presses(DROP)
    await bot.settles()
    assert ASK in str(last_card(slack).blocks)
    await slack.advances("100d")
    assert notes(slack) == []


async def test_it_leads_to_the_draft_for_news_and_to_the_others(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.advances("70d")
    await slack.presses("Draft a note", ts=notes(slack)[0].ts)
    assert "Two or three months later, when there is real news." in shown(slack)
    assert "They have a new opening" in shown(slack)


async def test_not_this_time_folds_it_and_nothing_more_comes(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.advances("70d")
    await slack.presses("Not this time")
    await bot.settles()
    (note,) = notes(slack)
    assert "That's fine." in note.text and "Stop" in str(note.blocks)
    await slack.advances("60d")
    assert len(notes(slack)) == 1


async def test_snoozed_it_comes_again_on_a_later_day(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.advances("70d")
    await slack.presses("Snooze", ts=notes(slack)[0].ts)
    await slack.presses("In a week")
    await bot.settles()
    assert "I'll check in on" in notes(slack)[0].text
    await slack.advances("20d")
    first, again = notes(slack)
    assert arrived(again).date() - arrived(first).date() >= timedelta(days=7)
    await slack.advances("60d")
    assert len(notes(slack)) == 2


async def test_after_stop_none_comes_and_turn_on_brings_it_back(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.types("/rejected stop")
    await slack.advances("30d")
    await slack.types("/rejected start")
    await bot.settles()
    await slack.advances("60d")
    assert len(notes(slack)) == 1


async def test_after_stop_it_never_comes_by_itself(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.types("/rejected stop")
    await slack.advances("100d")
    assert notes(slack) == []


async def test_a_thread_that_was_removed_brings_none(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.presses("Remove this")
    await slack.advances("100d")
    assert notes(slack) == []


async def test_a_no_that_is_put_together_with_another_brings_it_along(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot, "Globex", "Interview or task")
    kept = last_card(slack).ts
    await slack.advances("1h")
    await asks(slack, bot)
    await slack.opens_home()
    await bot.settles()
    await presses(slack, bot, "My history")
    await chooses(slack, bot, entry(slack, 0), "It's the same as…")
    await slack.submits({"into": "Wed 13 Jan · Globex"})
    await bot.settles()
    (card,) = [each for each in slack.dm("maya") if each.ts == kept]
    assert "You asked for one reminder" in card.text and DROP in str(card.blocks)
    await slack.advances("100d")
    assert len(notes(slack)) == 1


async def test_an_offer_ends_it_too(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.advances("14d")
    await slack.presses("News…")
    await slack.presses("An offer")
    await bot.settles()
    await slack.advances("100d")
    assert notes(slack) == []


async def test_a_closed_account_gets_none(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.advances("40d")
    await slack.changes_profile("maya", deleted=True)
    await bot.settles()
    await slack.advances("60d")
    assert notes(slack) == []


async def test_a_new_series_keeps_its_days_and_the_note_keeps_off_them(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await slack.advances("57d")
    await slack.types("/rejected Hooli")
    await slack.advances("40d")
    every = [each for each in slack.dm("maya") if "Snooze" in str(each.blocks) and "Stop" in str(each.blocks)]
    days = sorted(arrived(each).date() for each in every)
    assert len(notes(slack)) == 1 and len([day for day in days if day >= days[-1] - timedelta(days=40)]) == 5
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(days))
    assert all(last - first >= timedelta(days=7) for first, last in zip(days, days[3:], strict=False))


async def test_with_check_ins_off_it_says_so(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot, "Initech", "Final round")
    await slack.types("/rejected stop")
    await slack.presses(ASK)
    await bot.settles()
    assert "Check-ins are off" in slack.ephemerals("maya")[-1].text
    await slack.advances("100d")
    assert notes(slack) == []


async def opens_home(slack: Slack, bot: LivingBot) -> None:
    await slack.opens_home()
    await bot.settles()


async def test_home_says_when_it_comes_until_it_came(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await opens_home(slack, bot)
    assert "Next check-in" in home(slack) and "one reminder on" in home(slack)
    await slack.advances("30d")
    await opens_home(slack, bot)
    assert "No check-in is planned" not in home(slack) and "one reminder on" in home(slack)
    await slack.advances("70d")
    await opens_home(slack, bot)
    assert "No check-in is planned" in home(slack) and "one reminder on" not in home(slack)


async def test_home_follows_when_it_is_taken_back(slack: Slack, bot: LivingBot) -> None:
    await asks(slack, bot)
    await opens_home(slack, bot)
    await slack.presses(DROP, ts=last_card(slack).ts)
    await asyncio.gather(*UNDER_WAY)  # Home is drawn beside the answer
    assert "one reminder on" not in home(slack)
