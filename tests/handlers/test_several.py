"""Many noes: told at once or one by one, they make one short thread, and one message a week."""

import json
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox import payloads
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from bot.series import Tempo
from bot.steps import State
from tests.handlers.kept_words import MAYA, lies_in, shown
from tests.living import LivingBot

MANY = "I've had many"
LINES, NUMBER = "One a line: Company, Role", "Or only how many"
NEW_YORK = ZoneInfo("America/New_York")
OPENING = "Another no. That wears anyone down."
SHORT = "You know this one: a short note where someone gave you time, or none at all."


async def tells(slack: Slack, bot: LivingBot, *lines: str, number: str | None = None) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.presses(MANY)
    await slack.submits({LINES: "\n".join(lines), **({NUMBER: number} if number else {})})
    await bot.settles()


async def four_noes(slack: Slack, bot: LivingBot) -> None:
    for company in ("Initech", "Hooli", "Globex", "Umbrella"):
        await slack.types(f"/rejected {company}")
        await bot.settles()


def parents(slack: Slack) -> list[Message]:
    return [each for each in slack.dm("maya") if not each.is_reply]


def check_ins(slack: Slack) -> list[Message]:
    return [each for each in slack.dm("maya") if "Stop" in each.buttons and "Snooze" in each.buttons]


def day_of(message: Message) -> str:
    return f"{datetime.fromtimestamp(float(message.ts), NEW_YORK):%a %d %b}"


async def test_told_at_once_they_make_one_short_thread_and_all_are_remembered(slack: Slack, bot: LivingBot) -> None:
    await tells(slack, bot, "Initech, Analyst", "", "  Hooli ", "by Globex,Chef")
    assert "It's there" in str(slack.modal("maya").title)  # type: ignore[union-attr]
    parent, card = slack.dm("maya")
    assert parent.text.startswith(OPENING) and SHORT in card.text
    shown_names = next(each for each in parent.blocks if each["type"] == "context")
    assert shown_names["elements"][0]["text"] == "Initech · Analyst\nHooli\nGlobex · Chef"
    history = (await slack.types("/rejected history")).message
    assert history is not None and all(
        name in json.dumps(history.blocks, ensure_ascii=False) for name in ("Hooli", "Globex")
    )
    journeys = await bot.onward.tools.store.journeys.recent(MAYA, limit=9)
    assert [State.OPEN in each.states.values() for each in journeys] == [True, False, False]
    assert all(each.short for each in journeys)


async def test_the_short_thread_has_the_same_buttons_and_a_sentence_a_card(slack: Slack, bot: LivingBot) -> None:
    await tells(slack, bot, "Initech", "Hooli")
    await slack.presses("Show all steps")
    await bot.settles()
    cards = slack.dm("maya")[1:]
    assert len(cards) == 4 and all("Done" in each.buttons and "Not now" in each.buttons for each in cards)
    for tool in ("Three questions", "I got an answer", "Make my plan"):
        assert any(tool in each.buttons for each in cards)
    for _ in range(4):
        await slack.presses("Done")
        await bot.settles()
    assert "You went through all four" in parents(slack)[0].text


async def test_only_how_many_is_enough_and_no_total_is_shown(slack: Slack, bot: LivingBot) -> None:
    await tells(slack, bot, "Initech", number="7")
    assert len(await bot.onward.tools.store.journeys.recent(MAYA, limit=20)) == 7
    assert not any(re.search(r"\b7\b|seven", each.text) for each in slack.dm("maya"))


@pytest.mark.parametrize(
    ("lines", "complaint"), [("", "Write one a line"), ("\n \n", "Write one a line"), ("x\n" * 11, "Ten lines")]
)
async def test_too_few_and_too_many_are_said_and_nothing_is_lost(
    slack: Slack, bot: LivingBot, lines: str, complaint: str
) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.presses(MANY)
    answer = await slack.submits({LINES: lines})
    assert complaint in answer.errors["noes"] and slack.dm("maya") == []
    modal = slack.modal("maya")
    assert modal is not None and (lines in json.dumps(modal.values) or "\n" in lines)


async def test_sent_twice_they_are_the_same_noes(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.presses(MANY)
    slack.fills({LINES: "Initech\nHooli"})
    modal = slack.modal("maya")
    assert modal is not None
    payload = payloads.view_submission(slack.platform, slack.platform.workspace.user("maya"), modal)
    receipts = [await slack.sends("interaction", payload) for _ in range(2)]
    await bot.settles()
    assert [each.status for each in receipts] == [200, 200] and len(slack.dm("maya")) == 2
    assert len(await bot.onward.tools.store.journeys.recent(MAYA, limit=9)) == 2


async def test_the_form_takes_along_what_was_typed_in_the_form_for_one(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    slack.fills({"Company": "Initech", "Role": "Analyst"})
    await slack.presses(MANY)
    assert "Initech, Analyst" in shown(slack)


async def test_the_answer_to_the_same_words_leads_there_too(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await slack.types("/rejected")
    await slack.presses(MANY, ts=slack.ephemerals("maya")[-1].ts)
    await slack.submits({LINES: "Hooli\nGlobex"})
    await bot.settles()
    assert len(parents(slack)) == 2 and parents(slack)[1].text.startswith(OPENING)


async def test_over_the_boxes_of_a_situation_it_opens_on_top(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("More about my situation…")
    slack.fills({"Tick what fits, or nothing": ["I've had many noes"]})
    await slack.presses("Add several noes")
    await slack.submits({NUMBER: "3"})
    await slack.closes()
    assert "Tick what fits" in shown(slack)
    await slack.submits()
    await bot.settles()
    assert SHORT in slack.dm("maya")[1].text and len(parents(slack)) == 2


async def test_removed_it_takes_all_of_them_along_and_undo_brings_them_back(slack: Slack, bot: LivingBot) -> None:
    await tells(slack, bot, "Initech", "Hooli", "Globex")
    await slack.presses("Remove this")
    await bot.settles()
    assert await bot.onward.tools.store.journeys.recent(MAYA, limit=9) == []
    await slack.presses("Undo")
    await bot.settles()
    assert len(await bot.onward.tools.store.journeys.recent(MAYA, limit=9)) == 3


async def test_names_among_many_are_ciphertext_and_stay_names(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await tells(slack, bot, "<!channel> *Quokka*", "x" * 101, "Zanzibarium, <@U0SAM000001>")
    parent = parents(slack)[0]
    named = next(each for each in parent.blocks if each["type"] == "context")["elements"][0]
    assert named["type"] == "plain_text" and "<!channel> *Quokka*" in named["text"]
    assert "too long to keep" in parent.text and "Quokka" not in parent.text
    assert not lies_in(tmp_path, "Quokka") and not lies_in(tmp_path, "Zanzibarium")
    assert slack.failures == []


async def test_in_distress_nothing_is_begun_until_they_choose_to(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.presses(MANY)
    await slack.submits({LINES: "Initech\nI want to kill myself"})
    await bot.settles()
    assert slack.dm("maya") == [] and "It sounds like things are very heavy" in shown(slack)
    await slack.submits()
    await bot.settles()
    assert len(slack.dm("maya")) == 2


# after many, told one by one


async def test_after_three_noes_in_a_week_the_next_thread_is_short(slack: Slack, bot: LivingBot) -> None:
    await four_noes(slack, bot)
    openings = [each.text.startswith(OPENING) for each in parents(slack)]
    assert openings == [False, False, False, True]
    assert SHORT in [each for each in slack.dm("maya") if each.is_reply][-1].text


async def test_three_noes_long_ago_make_no_thread_short_unless_five_are_open(slack: Slack, bot: LivingBot) -> None:
    for company in ("Initech", "Hooli", "Globex"):
        await slack.types(f"/rejected {company}")
    await slack.advances("8d")
    await slack.types("/rejected Umbrella")
    await slack.types("/rejected Stark")
    await slack.advances("8d")
    await slack.types("/rejected Wayne")
    await bot.settles()
    threads = [each.text.startswith(OPENING) for each in parents(slack) if "Four small steps" in each.text]
    assert threads == [False, False, False, False, False, True]


async def test_removed_threads_do_not_count(slack: Slack, bot: LivingBot) -> None:
    for company in ("Initech", "Hooli", "Globex"):
        await slack.types(f"/rejected {company}")
        await bot.settles()
        await slack.presses("Remove this")
        await bot.settles()
    await slack.types("/rejected Umbrella")
    await bot.settles()
    assert not parents(slack)[-1].text.startswith(OPENING)


async def test_another_no_on_a_check_in_is_short_too(slack: Slack, bot: LivingBot) -> None:
    for company in ("Initech", "Hooli", "Globex"):
        await slack.types(f"/rejected {company}")
    await slack.advances_to_next()
    await slack.advances_to_next()
    await slack.advances_to_next()
    await slack.presses("News…")
    await slack.presses("Another no")
    await bot.settles()
    assert sum(each.text.startswith(OPENING) for each in parents(slack)) == 1


async def test_with_many_one_message_a_week_comes_and_the_parent_says_when(slack: Slack, bot: LivingBot) -> None:
    await four_noes(slack, bot)
    assert all("Wed 20 Jan · Wed 27 Jan, around 10:00. Then they end." in each.text for each in parents(slack))
    await slack.advances("8d")
    (digest,) = check_ins(slack)
    assert day_of(digest) == "Wed 20 Jan"
    for line in ("One step for this week: what, which day, what time?", "one role fits you well", "*Snooze* moves"):
        assert line in digest.text
    assert "Still open: Close the loop kindly." in digest.text and "I applied" in digest.buttons
    await slack.advances("30d")
    _, closing = check_ins(slack)
    assert day_of(closing) == "Wed 27 Jan" and "my last check-in" in closing.text
    assert "When one role looks right" in closing.text


async def test_a_weekly_message_can_be_snoozed_for_two_days(slack: Slack, bot: LivingBot) -> None:
    await four_noes(slack, bot)
    await slack.advances("8d")
    await slack.presses("Snooze")
    await slack.presses("In two days")
    await bot.settles()
    assert "I'll check in on Mon 25 Jan." in parents(slack)[-1].text
    await slack.advances("20d")
    assert [day_of(each) for each in parents(slack)[5:]] == ["Mon 25 Jan", "Mon 01 Feb"]


async def test_a_tempo_somebody_chose_stays(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Only one")
    await four_noes(slack, bot)
    await slack.advances("40d")
    (only,) = check_ins(slack)
    assert "one role that fits you well" in only.text and "One step for this week" not in only.text


async def test_only_one_can_be_chosen_after_many(slack: Slack, bot: LivingBot) -> None:
    await four_noes(slack, bot)
    await slack.presses("Only one")
    await bot.settles()
    assert "just one, Wed 20 Jan" in parents(slack)[-1].text
    assert await tempo(bot) is Tempo.only_one


async def tempo(bot: LivingBot) -> Tempo:
    await bot.slack.advances("8d")
    found = await bot.onward.tools.store.check_ins.find(MAYA, json.loads(_stop(bot.slack))["check_in"])
    return found.tempo


def _stop(slack: Slack) -> str:
    elements = [each for block in check_ins(slack)[-1].blocks for each in block.get("elements", ())]
    return next(str(each["value"]) for each in elements if each.get("action_id") == "check_ins.stop")
