"""Three questions: what is asked, what they turn into, and what is kept of them."""

import json
from pathlib import Path

import pytest

from bot.sandbox import payloads
from bot.sandbox.slack import Slack
from tests.handlers.kept_words import KEEP, MAYA, deal_all, lies_in, shown
from tests.handlers.test_bad_input import button, presses_raw
from tests.living import LivingBot

ANSWERS = {"keep": "My quokka story", "try": "Shorter answers", "next": "If they ask, then I pause"}
FRIENDS = {
    "": "as if a friend had sent this application",
    "No reply": "as if a friend had sent this application",
    "Automated no": "as if a friend had sent this application",
    "Recruiter call": "as if a friend had this interview",
    "Interview or task": "as if a friend had this interview",
    "Silence after talking": "as if a friend had this interview",
    "Final round": "as if a friend had this interview",
    "Offer withdrawn": "What proof did you earn",
}


@pytest.mark.parametrize("stage", FRIENDS)
async def test_the_questions_fit_how_far_it_got_and_none_must_be_answered(
    slack: Slack, bot: LivingBot, stage: str
) -> None:
    await deal_all(slack, bot, stage=stage)
    await slack.presses("Three questions")
    assert FRIENDS[stage] in shown(slack) and "If another no comes, then I will" in shown(slack)
    modal = slack.modal("maya")
    assert modal is not None
    assert all(block["optional"] for block in modal.blocks if block["type"] == "input")


async def test_the_answers_become_a_game_plan_and_done_settles_the_step(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    assert (await slack.submits(ANSWERS)).error is None
    plan = json.loads(shown(slack))[0]["text"]
    assert plan == {
        "type": "plain_text", "emoji": False,
        "text": "Keep: My quokka story\nTry: Shorter answers\nNext: If they ask, then I pause",
    }  # fmt: skip
    assert "stored nowhere" in shown(slack)
    await slack.submits()
    await bot.settles()
    assert slack.modal("maya") is None
    assert "☑ Keep what worked (done)" in slack.dm("maya")[0].text
    assert not lies_in(tmp_path, "quokka") and await bot.onward.tools.store.notes.recent(MAYA, limit=9) == []


async def test_nothing_written_is_fine_and_marks_nothing(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    await slack.submits({"keep": "   ", "keep_it": KEEP})
    assert "Nothing written, and that's fine" in shown(slack)
    modal = slack.modal("maya")
    assert modal is not None and "submit" not in modal.spec
    assert await bot.onward.tools.store.notes.recent(MAYA, limit=9) == []


async def test_the_two_minute_version_asks_one_question_and_keeps_what_was_typed(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    slack.fills({"next": "If it's Monday, then I begin", "keep_it": KEEP})
    assert (await slack.presses("Two-minute version")).error is None
    assert "Which part of the ad" not in shown(slack) and "needs was hard to find" not in shown(slack)
    await slack.submits()
    assert "Next: If it's Monday, then I begin" in shown(slack) and "Kept, encrypted" in shown(slack)


async def test_a_question_that_has_words_in_it_stays_and_the_others_come_back(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    slack.fills({"keep": "Half a thought"})
    await slack.presses("Two-minute version")
    assert "Which part of the ad" in shown(slack) and "needs was hard to find" not in shown(slack)
    await slack.presses("All three questions")
    assert "needs was hard to find" in shown(slack)
    await slack.submits()
    assert "Keep: Half a thought" in shown(slack)


async def test_ticked_it_is_kept_as_ciphertext_and_read_again_after_a_restart(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    await slack.submits({**ANSWERS, "Keep my game plan": KEEP})
    assert "Kept, encrypted" in shown(slack)
    await slack.closes()
    await bot.stop()
    await bot.start()
    await slack.presses("Three questions")
    await slack.submits({"keep": "Something else"})
    assert "What you kept before is still" in shown(slack)
    (note,) = await bot.onward.tools.store.notes.recent(MAYA, limit=9)
    assert note.words == ANSWERS and not lies_in(tmp_path, "quokka")


async def test_sent_twice_it_is_kept_once(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    slack.fills({**ANSWERS, "keep_it": KEEP})
    modal = slack.modal("maya")
    assert modal is not None
    payload = payloads.view_submission(slack.platform, slack.platform.workspace.user("maya"), modal)
    first, second = [await slack.sends("interaction", payload) for _ in range(2)]
    assert first.parsed() == second.parsed() and first.status == 200
    assert len(await bot.onward.tools.store.notes.recent(MAYA, limit=9)) == 1


async def test_done_sent_twice_settles_once(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    await slack.submits(ANSWERS)
    modal = slack.modal("maya")
    assert modal is not None
    payload = payloads.view_submission(slack.platform, slack.platform.workspace.user("maya"), modal)
    receipts = [await slack.sends("interaction", payload) for _ in range(2)]
    await bot.settles()
    assert [each.status for each in receipts] == [200, 200] and slack.dm("maya")[0].text.count("☑") == 1


async def test_another_persons_card_opens_no_form_and_an_old_one_says_so(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    card = next(each for each in slack.dm("maya") if "Three questions" in each.buttons)
    await presses_raw(slack, "sam", card, button(card, "Three questions"))
    assert slack.modal("sam") is None and "belongs to somebody else" in slack.ephemerals("sam")[-1].text
    await presses_raw(slack, "maya", card, button(card, "Three questions") | {"value": "{}"})
    assert slack.modal("maya") is None and "older version" in slack.ephemerals("maya")[-1].text


async def test_another_persons_form_keeps_nothing(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    slack.fills({**ANSWERS, "keep_it": KEEP})
    modal, sam = slack.modal("maya"), slack.platform.workspace.user("sam")
    assert modal is not None
    answer = (await slack.sends("interaction", payloads.view_submission(slack.platform, sam, modal))).parsed()
    assert "belongs to somebody else" in json.dumps(answer)
    assert await bot.onward.tools.store.notes.recent(MAYA, limit=9) == []


@pytest.mark.parametrize("words", ["<!channel> <@U0SAM000001> *bold* {name} :fire:", "ä" * 2000, "one\ntwo\n\nthree"])
async def test_hostile_and_long_words_stay_words_and_whole(slack: Slack, bot: LivingBot, words: str) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    answer = await slack.submits({"keep": words, "try": words, "next": words, "another_no": words, "keep_it": KEEP})
    assert answer.error is None and slack.failures == []
    sections = [block["text"] for block in json.loads(shown(slack)) if block["type"] == "section"]
    assert all(each["type"] == "plain_text" and each["emoji"] is False for each in sections)
    assert "\n".join(each["text"] for each in sections).count(words) == 4
    assert not any(words[:20] in each.text for each in slack.dm("maya"))
    (note,) = await bot.onward.tools.store.notes.recent(MAYA, limit=9)
    assert note.words["keep"] == words


async def test_three_thousand_characters_are_turned_back_by_the_form_and_not_lost(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    answer = await slack.submits({"keep": "x" * 3000})
    modal = slack.modal("maya")
    assert "keep" in answer.errors and modal is not None and "x" * 3000 in json.dumps(modal.values)


async def test_in_distress_nothing_is_kept_until_they_choose_to(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    heavy = "I want to kill myself"
    await slack.submits({"keep": heavy, "keep_it": KEEP})
    assert await bot.onward.tools.store.notes.recent(MAYA, limit=9) == [] and "Kept, encrypted" not in shown(slack)
    await slack.submits()
    (note,) = await bot.onward.tools.store.notes.recent(MAYA, limit=9)
    assert note.words == {"keep": heavy} and "Kept, encrypted" in shown(slack)
    assert not lies_in(tmp_path, "kill myself")


async def test_in_distress_discard_keeps_nothing(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    await slack.presses("Three questions")
    await slack.submits({"keep": "I want to kill myself", "keep_it": KEEP})
    await slack.closes()
    assert await bot.onward.tools.store.notes.recent(MAYA, limit=9) == []


async def test_a_form_that_opens_too_late_says_so(slack: Slack, bot: LivingBot) -> None:
    await deal_all(slack, bot)
    slack.fault("views.open", "error:expired_trigger_id")
    await slack.presses("Three questions")
    assert "too long to open" in slack.ephemerals("maya")[-1].text
