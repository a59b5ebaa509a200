"""I got an answer: what to take along from it, kind words where it was vague or harsh, and what is kept."""

import json
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.handlers.kept_words import KEEP, MAYA, deal_all, lies_in, shown
from tests.handlers.test_bad_input import button, presses_raw
from tests.handlers.test_check_ins import check_ins
from tests.living import LivingBot
from tests.process import BotProcess

LINES = {"One thing to keep doing": "Clear quokka slides", "One thing to try": "One story with a number"}
VAGUE, HARSH = "Not useful or vague", "It was harsh"


async def opens_the_form(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("I got an answer")


async def notes_of(bot: LivingBot) -> list[dict[str, str]]:
    return [dict(each.words) for each in await bot.onward.tools.store.notes.recent(MAYA, limit=9)]


async def test_what_helps_is_shown_and_nothing_is_marked_or_kept_by_itself(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await opens_the_form(slack, bot)
    assert "one person's view of one day" in shown(slack)
    await slack.submits(LINES)
    assert json.loads(shown(slack))[0]["text"]["text"] == "Keep: Clear quokka slides\nTry: One story with a number"
    await slack.closes()
    await bot.settles()
    assert "☐ Learn one thing" in slack.dm("maya")[0].text
    assert await notes_of(bot) == [] and not lies_in(tmp_path, "quokka")


async def test_done_settles_the_step_and_the_card_can_still_take_an_answer(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(LINES)
    await slack.submits()
    await bot.settles()
    assert "☑ Learn one thing (done)" in slack.dm("maya")[0].text
    await slack.presses("I got an answer")
    await slack.submits({"how": [VAGUE]})
    modal = slack.modal("maya")
    assert "Vague answers are common" in shown(slack) and modal is not None and "submit" not in modal.spec


@pytest.mark.parametrize(
    ("ticked", "vague", "harsh"), [([VAGUE], True, False), ([HARSH], False, True), ([VAGUE, HARSH], True, True)]
)
async def test_vague_and_harsh_are_met_kindly_without_a_word_typed(
    slack: Slack, bot: LivingBot, ticked: list[str], vague: bool, harsh: bool
) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"How was it?": ticked})
    assert ("company rules" in shown(slack)) is vague and ("hard to read" in shown(slack)) is harsh
    assert ("Someone to talk to" in shown(slack)) is harsh


async def test_someone_to_talk_to_lies_over_what_was_written_and_takes_nothing_away(
    slack: Slack, bot: LivingBot
) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(LINES | {"How was it?": [HARSH]})
    await slack.presses("Someone to talk to")
    assert "people listen" in shown(slack)
    await slack.chooses("Another country", "Germany")
    await slack.closes()
    assert "Clear quokka slides" in shown(slack)


async def test_nothing_noted_is_fine(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"keep_it": KEEP})
    assert "Nothing noted, and that's fine" in shown(slack) and await notes_of(bot) == []


async def test_ticked_it_is_kept_and_read_on_home_after_a_restart(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await opens_the_form(slack, bot)
    await slack.submits(LINES | {"Keep these lines": KEEP})
    assert "Kept, encrypted" in shown(slack) and not lies_in(tmp_path, "quokka")
    await slack.closes()
    await bot.stop()
    await bot.start()
    await slack.opens_home()
    await bot.settles()
    await slack.presses("My plans")
    assert "Keep: Clear quokka slides" in shown(slack)
    await slack.presses("Discard these lines")
    assert "Nothing is kept here" in shown(slack) and await notes_of(bot) == []


async def test_on_home_it_may_be_about_any_thread(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot, "Initech")
    await slack.advances("2m")
    await deal_all(slack, bot, "Hooli")
    await slack.opens_home()
    await bot.settles()
    await slack.presses("I got an answer")
    await slack.submits(LINES | {"Which thread is it about?": "Wed 13 Jan · Initech", "keep_it": KEEP})
    await slack.submits()
    await bot.settles()
    first, second = (each for each in slack.dm("maya") if not each.is_reply)
    assert "☑ Learn one thing (done)" in first.text and "☑" not in second.text
    (note,) = await bot.onward.tools.store.notes.recent(MAYA, limit=9)
    assert (await bot.onward.tools.store.journeys.find(MAYA, note.journey)).company == "Initech"


@pytest.mark.parametrize("stage", ["No reply", "Automated no", "Final round", "Offer withdrawn"])
async def test_no_check_in_asks_for_it_at_any_stage(slack: Slack, bot: LivingBot, stage: str) -> None:
    await deal_all(slack, bot, stage=stage)
    assert "I got an answer" in next(each for each in slack.dm("maya") if "Learn one thing" in each.text[:20]).buttons
    await slack.advances("30d")
    assert not [each for each in check_ins(slack) if "I got an answer" in each.buttons]


async def test_another_persons_card_and_an_old_one_open_nothing(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    card = next(each for each in slack.dm("maya") if "I got an answer" in each.buttons)
    await presses_raw(slack, "sam", card, button(card, "I got an answer"))
    await presses_raw(slack, "maya", card, button(card, "I got an answer") | {"value": "[]"})
    assert slack.modal("sam") is None and slack.modal("maya") is None
    assert "belongs to somebody else" in slack.ephemerals("sam")[-1].text
    assert "older version" in slack.ephemerals("maya")[-1].text


async def test_hostile_words_stay_words(slack: Slack, bot: LivingBot) -> None:
    words = "<!here> <@U0SAM000001> *b* {x} :fire:"
    await opens_the_form(slack, bot)
    await slack.submits({"keep": words, "try": words})
    mine = [block["text"] for block in json.loads(shown(slack)) if words in json.dumps(block, ensure_ascii=False)]
    assert mine and all(each["type"] == "plain_text" and each["emoji"] is False for each in mine)


async def test_in_distress_nothing_is_kept_until_they_choose_to(slack: Slack, bot: LivingBot) -> None:
    await opens_the_form(slack, bot)
    await slack.submits({"try": "I want to kill myself", "how": [HARSH], "keep_it": KEEP})
    assert await notes_of(bot) == []
    await slack.submits()
    assert await notes_of(bot) == [{"try": "I want to kill myself"}]


async def test_no_log_and_no_file_holds_what_was_written_in_any_of_the_forms(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path)
    await bot.start()
    await slack.types("/rejected")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=30)
    await slack.presses("Show all steps")
    await slack.until(lambda: len(slack.dm("maya")) == 5, timeout=30)
    forms = {"Three questions": "next", "Make my plan": "act", "I got an answer": "try"}
    for number, (name, field) in enumerate(forms.items()):
        await slack.presses(name)
        await slack.submits({field: f"xylophone {number}"} | ({"keep_it": KEEP} if number else {}))
        assert f"xylophone {number}" in shown(slack)
        await slack.closes()
    assert await bot.stop() == 0
    assert bot.log.exists() and not lies_in(tmp_path, "xylophone")
