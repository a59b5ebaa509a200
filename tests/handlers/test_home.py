"""Home: where a member stands, and every control on it doing what it says, drawn anew after each change."""

from __future__ import annotations

import json
import statistics
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.home import draw_home, redraw_passed
from bot.sandbox.block_kit import check_view
from bot.sandbox.slack import Slack
from bot.steps import State, Step
from bot.store.values import Asked
from tests.handlers.kept_words import KEEP, MAYA, deal_all
from tests.handlers.test_check_ins import check_ins
from tests.handlers.test_private import bots_own
from tests.living import LivingBot

MANY, MOST_SECONDS, TIMES = 500, 0.2, 21


def home(slack: Slack) -> str:
    """Everything on Maya's Home."""
    view = slack.home("maya")
    assert view is not None
    return json.dumps(view.blocks, ensure_ascii=False)


async def at_home(slack: Slack, bot: LivingBot, *companies: str) -> None:
    for company in companies:
        await slack.types(f"/rejected {company}")
        await slack.advances("2s")  # two noes of one second have no order
    await bot.settles()
    await slack.opens_home()
    await bot.settles()


async def presses(slack: Slack, bot: LivingBot, label: str, **where: Any) -> None:
    view = slack.home("maya")
    assert view is not None
    await slack.presses(label, view_id=view.id, **where)
    await bot.settles()


async def chooses(slack: Slack, bot: LivingBot, block: str, option: str) -> None:
    view = slack.home("maya")
    assert view is not None
    await slack.chooses(block, option, view_id=view.id)
    await bot.settles()


def entry(slack: Slack, number: int = 0) -> str:
    """The block id of one no in the history."""
    view = slack.home("maya")
    assert view is not None
    rows = [each for each in view.blocks if (each.get("accessory") or {}).get("type") == "overflow"]
    return str(rows[number]["block_id"])


async def test_before_anything_it_says_what_this_is_and_how_to_begin(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot)
    shown = home(slack)
    assert "Got a no?" in shown and "Start a new thread" in shown and "Someone to talk to" in shown
    assert "Settings" in shown and "Get a copy" in shown and "Next check-in" not in shown


async def test_the_one_next_step_opens_with_its_tools_and_is_settled_there(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech, Analyst")
    assert "*Your next step:* Close the loop kindly" in home(slack) and "Initech · Analyst" in home(slack)
    await presses(slack, bot, "Open this step")
    modal = slack.modal("maya")
    assert modal is not None and "Initech · Analyst" in str(modal.blocks) and "Someone to talk to" in str(modal.blocks)
    await slack.submits({})
    await bot.settles()
    await slack.until(lambda: "Keep what worked" in home(slack))
    assert "☑ Close the loop kindly" in slack.dm("maya")[0].text


async def test_steps_of_every_thread_can_be_gone_on_with(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech", "Hooli")
    assert "Hooli" in home(slack) and "Close the loop kindly · Initech" in home(slack)
    await presses(slack, bot, "Done")
    assert "*Your next step:* Keep what worked" in home(slack)
    await presses(slack, bot, "Not now")
    assert "*Your next step:* Learn one thing" in home(slack)
    view = slack.home("maya")
    assert view is not None
    await slack.chooses("Other open steps", "Close the loop kindly · Initech", view_id=view.id)
    modal = slack.modal("maya")
    assert modal is not None and "Initech" in str(modal.blocks)


async def test_a_check_in_is_snoozed_moved_stopped_and_turned_on(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    assert "*Next check-in:* Thu 14 Jan" in home(slack)
    await presses(slack, bot, "Snooze")
    assert "*Next check-in:* Mon 18 Jan" in home(slack)  # two days after Thursday is a Saturday
    view = slack.home("maya")
    assert view is not None
    await slack.chooses("Another day", "2027-01-21", view_id=view.id)
    await bot.settles()
    assert "*Next check-in:* Thu 21 Jan" in home(slack)
    await presses(slack, bot, "Stop")
    assert "Check-ins are off." in home(slack) and "Snooze" not in home(slack)
    await presses(slack, bot, "Turn on")
    assert "*Next check-in:*" in home(slack)


async def test_a_pause_is_shown_with_its_end_and_can_be_ended(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    await slack.types("/rejected pause 2 weeks")
    await slack.until(lambda: "Paused until Wed 27 Jan" in home(slack))
    await presses(slack, bot, "Turn on")
    assert "Paused" not in home(slack) and "*Next check-in:* Thu 14 Jan" in home(slack)


async def test_a_check_in_that_went_out_is_no_longer_the_next_one(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    assert "*Next check-in:* Thu 14 Jan" in home(slack)
    await redraw_passed(bot.onward.tools)
    published = len([each for each in slack.calls if each.method == "views.publish"])
    await slack.advances_to_next()
    await bot.settles()
    await redraw_passed(bot.onward.tools)
    assert "*Next check-in:* Mon 18 Jan" in home(slack)
    await redraw_passed(bot.onward.tools)
    assert len([each for each in slack.calls if each.method == "views.publish"]) == published + 1


async def test_what_changes_elsewhere_shows_at_home(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    await slack.presses("Done", ts=slack.dm("maya")[1].ts)
    await slack.until(lambda: "Keep what worked" in home(slack))
    await slack.types("/rejected Hooli")
    await slack.until(lambda: "Hooli" in home(slack))
    await slack.says("stop")
    await slack.until(lambda: "Check-ins are off." in home(slack))


async def test_opened_before_the_first_no_it_follows_too(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot)
    await slack.types("/rejected Initech")
    await slack.until(lambda: "Your next step" in home(slack))


async def test_who_is_not_looking_is_drawn_nothing(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Done")
    await bot.settles()
    assert slack.home("maya") is None
    assert [each for each in slack.calls if each.method == "views.publish"] == []


async def test_a_plan_stands_there_and_can_be_changed(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Make my plan")
    await slack.submits({"act": "call Sam", "keep_it": KEEP})
    await slack.closes()
    await slack.opens_home()
    await bot.settles()
    assert "I will call Sam" in home(slack)
    await presses(slack, bot, "Change my plan")
    modal = slack.modal("maya")
    assert modal is not None and "call Sam" in str(modal.blocks)
    await slack.submits({"act": "write to Ana", "keep_it": KEEP})
    await slack.closes()
    await slack.until(lambda: "write to Ana" in home(slack))


async def test_two_presses_at_once_never_bring_an_older_home_back(slack: Slack, bot: LivingBot) -> None:
    """The second one knew the Home before the first: Slack says so, and it draws from newer facts."""
    await at_home(slack, bot, "Initech")
    slack.fault("views.publish", "error:hash_conflict")
    await presses(slack, bot, "Stop")
    published = [each for each in slack.calls if each.method == "views.publish"][-2:]
    assert published[0].args.get("hash") and not published[1].args.get("hash")
    assert "Check-ins are off." in home(slack)


# history


async def test_the_history_unfolds_in_pages(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, *(f"Company {number}" for number in range(12)))
    assert "Your history" not in home(slack)
    await presses(slack, bot, "My history")
    assert "Company 11" in home(slack) and '"Company 1"' not in home(slack)
    await presses(slack, bot, "Older")
    assert '"Company 1"' in home(slack) and "Older" not in home(slack)
    await presses(slack, bot, "Stop")
    assert '"Company 1"' in home(slack), "the page that was open stays open"
    await presses(slack, bot, "Newer")
    await presses(slack, bot, "Close the history")
    assert "Your history" not in home(slack)


async def test_company_role_stage_and_day_can_be_changed(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initek")
    await presses(slack, bot, "My history")
    await chooses(slack, bot, entry(slack), "Change it")
    errors = await slack.submits({"company": "Initech", "stage": "Final round", "day": "2027-02-01"})
    assert errors.errors == {"day": "This day is still to come. Please choose another one."}
    await slack.submits({"company": "Initech", "role": "Analyst", "stage": "Final round", "day": "2027-01-08"})
    await bot.settles()
    await slack.until(lambda: "Fri 8 Jan · Final round" in home(slack))
    assert "Initech · Analyst" in home(slack)
    assert "Initech · Analyst" in str(slack.dm("maya")[0].blocks) and "Initek" not in str(slack.dm("maya")[0].blocks)
    await slack.types("/rejected history")
    assert "Fri 8 Jan · Final round" in slack.ephemerals("maya")[-1].text


async def test_the_same_no_told_twice_becomes_one_and_can_be_put_apart_again(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech", "Initech Inc")
    await slack.presses("Done", ts=slack.dm("maya")[-1].ts)
    await bot.settles()
    await slack.opens_home()
    await bot.settles()  # or the Home just asked for may come after the one with the history
    await presses(slack, bot, "My history")
    await chooses(slack, bot, entry(slack, 0), "It's the same as…")
    await slack.submits({"into": "Wed 13 Jan · Initech"})
    await bot.settles()
    assert "Put together with another one" in home(slack)
    (kept,) = await bot.onward.tools.store.journeys.recent(MAYA, limit=9)
    assert kept.name == "Initech" and kept.states[Step.BE_PROFESSIONAL] is State.DONE
    await presses(slack, bot, "Undo")
    assert len(await bot.onward.tools.store.journeys.recent(MAYA, limit=9)) == 2


async def test_alone_a_no_cannot_be_put_together_and_a_sentence_says_so(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    await presses(slack, bot, "My history")
    await chooses(slack, bot, entry(slack, 0), "It's the same as…")
    modal = slack.modal("maya")
    assert modal is not None and modal.spec["title"]["text"] == "The same one" and "no other one" in str(modal.blocks)


async def test_one_no_is_deleted_for_good_after_a_day_and_can_be_brought_back_before(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await at_home(slack, bot, "Initech", "Zanzibarium")
    await presses(slack, bot, "My history")
    await chooses(slack, bot, entry(slack), "Delete it")
    assert "It goes for good on Thu 14 Jan" in home(slack)
    await presses(slack, bot, "Undo")
    assert len(await bot.onward.tools.store.journeys.recent(MAYA, limit=9)) == 2
    await chooses(slack, bot, entry(slack), "Delete it")
    before = len(bots_own(slack))
    await slack.advances("25h")
    await bot.onward.retention.run()
    await bot.onward.erasing.run()
    await slack.until(lambda: len([each for each in bots_own(slack) if not check_ins_of(each)]) == before - 2)
    assert "Zanzibarium" not in str([each.blocks for each in bots_own(slack)])
    assert len(await bot.onward.tools.store.journeys.recent(MAYA, limit=9)) == 1
    assert "Zanzibarium" not in str(await bot.onward.tools.store.exports.gather(MAYA))


def check_ins_of(message: Any) -> bool:
    return "Snooze" in str(message.blocks)


async def test_told_at_home_that_they_applied_nobody_is_reminded_to(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    await presses(slack, bot, "I applied")
    assert slack.modal("maya") is not None
    await slack.closes()
    await slack.advances("30d")
    assert not [each for each in check_ins(slack) if "worth 30 minutes" in each.text] and check_ins(slack)


async def test_five_hundred_noes_make_a_home_slack_takes_at_once(slack: Slack, bot: LivingBot) -> None:
    """Publishing itself is Slack's: measured is what the bot needs to read and draw it, and to hand it over."""
    store, began = bot.onward.tools.store, bot.onward.tools.clock.now()
    for number in range(MANY):
        asked = Asked(f"{number}", f"Company {number}", "Analyst", once=True)
        await store.journeys.start(MAYA, asked, now=began - timedelta(days=number))
    member, client = await store.members.find(MAYA), await bot.onward.tools.workspaces.client(MAYA.team)
    assert client is not None
    locale, took = bot.onward.tools.library.locale(None), []
    for page in (None, *range(TIMES - 1)):
        start = time.perf_counter()
        await draw_home(client, member, locale, bot.onward.tools, page=page)
        took.append(time.perf_counter() - start)
        view = slack.home("maya")
        assert view is not None and check_view({"type": "home", "blocks": view.blocks}) == []
    assert "Company 199" in home(slack)
    median = statistics.median(took)
    assert median < MOST_SECONDS, f"{median * 1000:.0f} ms at the median, {max(took) * 1000:.0f} ms at most"


# pattern


@pytest.mark.parametrize("number", [4, 5])
async def test_a_pattern_is_offered_from_five_noes_on(slack: Slack, bot: LivingBot, number: int) -> None:
    await at_home(slack, bot, *await _staged(slack, bot, number))
    assert ("Show my pattern" in home(slack)) is (number == 5)


async def test_a_pattern_says_where_noes_came_and_one_change_and_offers_a_break(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, *await _staged(slack, bot, 5))
    await presses(slack, bot, "Show my pattern")
    modal = slack.modal("maya")
    assert modal is not None
    shown = str(modal.blocks)
    assert "• Interview or task: 5" in shown and "One change to test" in shown and "total" not in shown.lower()
    await slack.presses("Draw it in my DM")
    await bot.settles()
    chart = slack.dm("maya")[-1]
    assert chart.blocks[1]["type"] == "data_visualization" and "• Interview or task: 5" in chart.text
    await slack.presses("A week's break")
    assert "Nothing from me until Wed 20 Jan" in str((slack.modal("maya") or modal).blocks)
    await slack.advances("6d")
    assert check_ins(slack) == []


async def test_where_slack_draws_no_chart_the_same_stands_in_words(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, *await _staged(slack, bot, 5))
    await presses(slack, bot, "Show my pattern")
    slack.fault("chat.postMessage", "invalid_blocks")
    await slack.presses("Draw it in my DM")
    await bot.settles()
    said = slack.dm("maya")[-1]
    assert [each["type"] for each in said.blocks].count("section") >= 3 and "data_visualization" not in str(said.blocks)
    assert "• Interview or task: 5" in str(said.blocks)


async def _staged(slack: Slack, bot: LivingBot, number: int) -> tuple[str, ...]:
    for each in range(number):
        await slack.uses_shortcut("I got a rejection")
        await slack.submits({"Company": f"Company {each}", "How far did it get?": "Interview or task"})
        await slack.closes()
    await bot.settles()
    return ()


# interview


async def test_an_interview_brings_what_was_kept_and_afterwards_the_question(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot, stage="Interview or task")
    await slack.presses("Three questions")
    await slack.submits({"keep": "the story about the archive", "keep_it": KEEP})
    await slack.closes()
    await slack.presses("I got an answer")
    await slack.submits({"try": "shorter answers", "keep_it": KEEP})
    await slack.closes()
    await slack.advances("8d")
    (reminder,) = [each for each in check_ins(slack) if "worth 30 minutes" in each.text]
    await slack.presses("News…", ts=reminder.ts)
    await slack.presses("An interview", ts=reminder.ts)
    await slack.chooses("Choose the day", "2027-01-25", ts=reminder.ts)
    await bot.settles()
    await slack.presses("Get ready", ts=reminder.ts)
    modal = slack.modal("maya")
    assert modal is not None
    shown = str(modal.blocks)
    assert "the story about the archive" in shown and "shorter answers" in shown and "keep it short" in shown
    await slack.closes()
    await slack.opens_home()
    await bot.settles()
    assert "*Interview:* Mon 25 Jan" in home(slack)
    await slack.advances("7d")
    asked = [each for each in check_ins(slack) if "How did the interview go?" in each.text]
    assert len(asked) == 1
    await slack.presses("Another no", ts=asked[0].ts)
    await bot.settles()
    newest, *_ = await bot.onward.tools.store.journeys.recent(MAYA, limit=1)
    assert newest.stage == "interview"


async def test_everything_can_be_deleted_at_home(slack: Slack, bot: LivingBot) -> None:
    await at_home(slack, bot, "Initech")
    await presses(slack, bot, "Delete everything")
    modal = slack.modal("maya")
    assert modal is not None and "What I can't delete" in str(modal.blocks)
    await slack.until(lambda: not bots_own(slack), timeout=20)
    assert "Got a no?" in home(slack)
