"""If-then plans: made on the card or under a check-in, reminded of at a good hour, kept, read and discarded."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.handlers.kept_words import KEEP, MAYA, deal_all, lies_in, sealed_in, shown
from tests.handlers.test_bad_input import button, presses_raw
from tests.handlers.test_check_ins import NEW_YORK, arrived, check_ins
from tests.living import ROOMY, LivingBot

REMIND = ["Yes, move my next check-in"]
PLAN = {
    "I will …": "give one quokka role a half hour", "On which day?": "2027-01-19", "At what time?": "14:00",
    "Where?": "the library", "If another no comes, then I will …": "call Sam",
}  # fmt: skip
FRIDAY_BEFORE_DST = datetime(2027, 3, 12, 17, 0, tzinfo=UTC)


async def opens_the_form(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Make my plan")


async def notes_of(bot: LivingBot) -> list[dict[str, str]]:
    return [dict(each.words) for each in await bot.onward.tools.store.notes.recent(MAYA, limit=9)]


async def test_a_plan_is_said_as_if_then_and_done_settles_the_step(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await opens_the_form(slack, bot)
    assert (await slack.submits(PLAN)).error is None
    assert json.loads(shown(slack))[0]["text"]["text"] == (
        "If it's Tue 19 Jan, 14:00, the library, then I will give one quokka role a half hour\n"
        "If another no comes, then I will call Sam"
    )
    assert "stored nowhere" in shown(slack)
    await slack.submits()
    await bot.settles()
    assert slack.modal("maya") is None and "☑ Plan one next step (done)" in slack.dm("maya")[0].text
    assert await notes_of(bot) == [] and not lies_in(tmp_path, "quokka")


async def test_a_plan_can_still_be_made_when_its_step_is_done(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"act": "rest"})
    await slack.submits()
    await bot.settles()
    await slack.presses("Make my plan")
    await slack.submits({"act": "call Sam"})
    modal = slack.modal("maya")
    assert "I will call Sam" in shown(slack) and modal is not None and "submit" not in modal.spec


async def test_nothing_written_is_fine(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"keep_it": KEEP})
    assert "Nothing written, and that's fine" in shown(slack) and await notes_of(bot) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"remind": REMIND}, "Please choose a day for the reminder"),
        ({"remind": REMIND, "day": "2027-01-12"}, "This day has passed"),
        ({"day": "2027-01-12", "act": "rest"}, "This day has passed"),
        ({"remind": REMIND, "day": "2027-02-20"}, "within three weeks"),
    ],
)
async def test_a_day_that_cannot_be_is_turned_back_in_words_and_nothing_is_lost(
    slack: Slack, bot: LivingBot, given: dict[str, object], sentence: str
) -> None:
    await opens_the_form(slack, bot)
    before = slack.dm("maya")[0].text
    answer = await slack.submits({"place": "the library", "keep_it": KEEP, **given})
    modal = slack.modal("maya")
    assert sentence in answer.errors["day"]
    assert modal is not None and "the library" in json.dumps(modal.values)
    await bot.settles()
    assert await notes_of(bot) == [] and slack.dm("maya")[0].text == before


# remind me then


@pytest.mark.parametrize(
    ("day", "comes", "as_chosen"),
    [
        ("2027-01-13", "Thu 14 Jan", False),  # today, and the hour is over
        ("2027-01-14", "Thu 14 Jan", True),
        ("2027-01-15", "Fri 15 Jan", True),
        ("2027-01-16", "Mon 18 Jan", False),  # a Saturday
        ("2027-02-03", "Wed 3 Feb", True),  # three weeks ahead
    ],
)
async def test_the_next_check_in_moves_to_the_day_or_the_first_that_fits(
    slack: Slack, bot: LivingBot, day: str, comes: str, as_chosen: bool
) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"day": day, "remind": REMIND})
    assert f"My next check-in comes on {comes}, around 10:00" in shown(slack)
    assert ("first day that fits" in shown(slack)) is not as_chosen
    assert await notes_of(bot) == []  # a reminder needs no kept plan
    await slack.closes()
    await bot.settles()
    await slack.advances("40d")
    first = arrived(check_ins(slack)[0])
    assert f"{first:%a} {first.day} {first:%b}" == comes and 9 <= first.hour <= 10


async def test_the_dates_on_the_thread_follow(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    assert "Thu 14 Jan · Mon 18 Jan" in slack.dm("maya")[0].text
    await slack.submits({"day": "2027-01-19", "remind": REMIND})
    await bot.settles()
    assert "Tue 19 Jan · Thu 21 Jan" in slack.dm("maya")[0].text


async def test_a_public_holiday_is_no_day_for_a_reminder(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, default_country="US")
    await bot.start()
    await opens_the_form(slack, bot)
    await slack.submits({"day": "2027-01-18", "remind": REMIND})  # Martin Luther King Jr. Day
    assert "comes on Tue 19 Jan" in shown(slack) and "first day that fits" in shown(slack)
    await slack.advances_to(datetime(2027, 1, 18, 20, 0, tzinfo=NEW_YORK))
    assert check_ins(slack) == []
    await slack.advances("1d")
    assert f"{arrived(check_ins(slack)[0]):%a %d}" == "Tue 19"
    await bot.stop()


async def test_the_hour_is_the_same_when_the_clocks_have_changed(tmp_path: Path) -> None:
    async with Slack.open(clock=SandboxClock(FRIDAY_BEFORE_DST), rates=ROOMY) as slack:
        bot = LivingBot(slack, tmp_path)
        await bot.start()
        await opens_the_form(slack, bot)
        await slack.submits({"day": "2027-03-16", "remind": REMIND})
        assert "comes on Tue 16 Mar, around 10:00" in shown(slack)
        await slack.advances("10d")
        at = arrived(check_ins(slack)[0])
        assert f"{at:%a %d}" == "Tue 16" and 9 * 60 + 40 <= at.hour * 60 + at.minute <= 10 * 60 + 20
        await bot.stop()


async def test_after_stop_no_reminder_comes_and_none_is_promised(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"day": "2027-01-19", "remind": REMIND})
    await slack.types("/rejected stop")
    await slack.closes()
    await slack.presses("Make my plan")
    await slack.submits({"day": "2027-01-20", "remind": REMIND})
    assert "Check-ins are off, so I can't remind you" in shown(slack)
    await slack.advances("40d")
    assert check_ins(slack) == []


async def test_a_reminder_that_was_stopped_is_there_again_when_they_are_turned_on(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"day": "2027-01-19", "remind": REMIND})
    await slack.types("/rejected stop")
    await slack.types("/rejected start")
    await slack.advances("40d")
    assert f"{arrived(check_ins(slack)[0]):%a %d}" == "Tue 19"


async def test_when_the_series_is_over_that_is_said(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.advances("30d")
    await slack.presses("Make my plan")
    await slack.submits({"day": "2027-02-16", "remind": REMIND})
    assert "No check-in is planned right now" in shown(slack)


# under a check-in


async def test_day_3_offers_to_make_one_and_once_made_it_is_answered(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.advances_to_next()
    await slack.advances_to_next()
    third = check_ins(slack)[-1]
    assert "pick one next step" in third.text and "Move it…" not in third.buttons
    await slack.presses("Make my plan", ts=third.ts)
    await slack.submits({"act": "call Sam"})
    await bot.settles()
    assert "A day and a time make it easier" in next(each for each in slack.dm("maya") if each.ts == third.ts).text


@pytest.mark.parametrize("way", ["kept", "done"])
async def test_day_3_asks_whether_a_plan_still_stands_and_moves_it(slack: Slack, bot: LivingBot, way: str) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(PLAN | ({"keep_it": KEEP} if way == "kept" else {}))
    await (slack.closes() if way == "kept" else slack.submits())
    await slack.advances_to_next()
    await slack.advances_to_next()
    third = check_ins(slack)[-1]
    assert "You planned one next step" in third.text and "quokka" not in json.dumps(third.blocks)
    assert ("Open my plan" in third.buttons) is (way == "kept")
    await slack.presses("Move it…")
    await slack.submits({"day": "2027-01-21"})
    assert ("Thu 21 Jan, 14:00, the library" in shown(slack)) is (way == "kept")


async def test_a_day_that_has_passed_is_chosen_anew_when_the_plan_is_moved(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(PLAN | {"day": "2027-01-14", "keep_it": KEEP})
    await slack.closes()
    await slack.advances("3d")
    await slack.presses("Make my plan")
    assert (await slack.submits()).error is None
    assert "If it's 14:00, the library, then I will give one quokka role a half hour" in shown(slack)


async def test_not_yet_offers_a_plan_and_stays_the_answer(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    for _ in range(3):
        await slack.advances_to_next()
    await slack.presses("Not yet")
    await bot.settles()
    reminder = check_ins(slack)[2] if len(check_ins(slack)) > 2 else slack.dm("maya")[-1]
    await slack.presses("Make my plan", ts=reminder.ts)
    await slack.submits({"act": "call Sam"})
    await bot.settles()
    assert "Not yet is fine" in slack.dm("maya")[-1].text


async def test_another_persons_check_in_opens_nothing(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.advances_to_next()
    await slack.advances_to_next()
    third = check_ins(slack)[-1]
    await presses_raw(slack, "sam", third, button(third, "Make my plan"))
    assert slack.modal("sam") is None and "belongs to somebody else" in slack.ephemerals("sam")[-1].text


# what was kept


async def test_a_kept_plan_is_read_from_a_check_in_after_a_restart_and_never_quoted(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(PLAN | {"keep_it": KEEP})
    assert "Kept, encrypted" in shown(slack) and not lies_in(tmp_path, "quokka")
    await slack.closes()
    await bot.stop()
    await bot.start()
    for _ in range(4):
        await slack.advances_to_next()
    said = json.dumps([[each.text, each.blocks] for each in slack.dm("maya")])
    assert "quokka" not in said
    assert ["Open my plan" in each.buttons for each in check_ins(slack)] == [False, True, True, True]
    await slack.presses("Open my plan")
    assert "give one quokka role a half hour" in shown(slack) and "Initech" in shown(slack)


async def test_home_shows_what_was_kept_and_discards_it_for_good(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(PLAN | {"keep_it": KEEP})
    await slack.closes()
    await slack.presses("Three questions")
    await slack.submits({"keep": "my quokka story", "keep_it": KEEP})
    await slack.closes()
    await slack.opens_home()
    await bot.settles()
    await slack.presses("My plans")
    assert "my quokka story" in shown(slack) and "call Sam" in shown(slack)
    sealed = sealed_in(tmp_path)
    await slack.presses("Discard this plan")
    assert "my quokka story" in shown(slack) and "call Sam" not in shown(slack)
    await slack.presses("Discard this game plan")
    assert "Nothing is kept here" in shown(slack) and await notes_of(bot) == []
    home = slack.home("maya")
    assert home is not None and "My plans" not in json.dumps(home.blocks)
    assert len(sealed) == 2 and not any(lies_in(tmp_path, each) for each in sealed)


async def test_plans_of_several_threads_are_read_one_at_a_time(slack: Slack, bot: LivingBot) -> None:
    for company, act in (("Initech", "call Sam"), ("Hooli", "take a walk")):
        await deal_all(slack, bot, company)
        await slack.presses("Make my plan")
        await slack.submits({"act": act, "keep_it": KEEP})
        await slack.closes()
    await slack.opens_home()
    await bot.settles()
    await slack.presses("My plans")
    assert "take a walk" in shown(slack) and "call Sam" not in shown(slack)
    await slack.chooses("Another thread", "Wed 13 Jan · Initech")
    assert "call Sam" in shown(slack) and "take a walk" not in shown(slack)


async def test_another_persons_plan_is_neither_read_nor_discarded(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(PLAN | {"keep_it": KEEP})
    await slack.closes()
    await slack.advances_to_next()
    await slack.advances_to_next()
    third = check_ins(slack)[-1]
    await presses_raw(slack, "sam", third, button(third, "Open my plan"))
    assert "Nothing is kept here" in shown(slack, "sam")
    (note,) = await bot.onward.tools.store.notes.recent(MAYA, limit=9)
    value = json.dumps({"journey": note.journey, "note": "plan"})
    discard = button(third, "Open my plan") | {"action_id": "plans.discard", "value": value}
    await presses_raw(slack, "sam", third, discard)
    assert await notes_of(bot) == [dict(note.words)]
    await presses_raw(slack, "maya", third, discard | {"value": json.dumps({"journey": note.journey, "note": "soul"})})
    assert "older version" in slack.ephemerals("maya")[-1].text


async def test_delete_takes_what_was_kept(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(PLAN | {"keep_it": KEEP})
    (sealed,) = sealed_in(tmp_path)
    await slack.closes()
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    assert await notes_of(bot) == [] and not lies_in(tmp_path, sealed)


async def test_in_distress_nothing_is_kept_or_moved_until_they_choose_to(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    heavy = {"another_no": "I want to kill myself", "day": "2027-01-15", "remind": REMIND, "keep_it": KEEP}
    await slack.submits(heavy)
    assert await notes_of(bot) == [] and "My next check-in comes" not in shown(slack)
    await slack.submits()
    assert len(await notes_of(bot)) == 1
    assert "My next check-in comes on Wed 20 Jan" in shown(slack) and "first day that fits" in shown(slack)
