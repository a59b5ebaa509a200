"""/rejected: what a person types, what they see, and what nobody else sees."""

import json

from bot.sandbox.slack import Slack
from tests.living import LivingBot

SEED_TOPICS = ("Be Professional", "Stay Positive", "Ask for Feedback", "Don't Dwell on It")


async def test_a_no_brings_a_private_thread_with_its_first_card(slack: Slack, bot: LivingBot) -> None:
    answer = await slack.types("/rejected Initech, Analyst")
    await bot.settles()
    parent, card = slack.dm("maya")
    assert answer.message is not None and answer.message.ephemeral_to == "U0MAYA00001"
    assert "slack://app?team=T0RIVERSIDE" in answer.text
    assert card.thread_ts == parent.ts and card.text.startswith("Close the loop kindly")
    assert "Initech · Analyst" in json.dumps(parent.blocks, ensure_ascii=False)


async def test_nothing_is_said_in_any_channel(slack: Slack, bot: LivingBot) -> None:
    before = len(slack.messages("#general"))
    await slack.types("/rejected Initech")
    await bot.settles()
    assert [each for each in slack.messages("#general")[before:] if not each.ephemeral_to] == []


async def test_no_notification_names_the_company_the_role_or_the_no(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech, Analyst")
    await bot.settles()
    await slack.advances("15d")
    said = "\n".join(each.text for each in slack.dm("maya")).lower()
    assert len(slack.dm("maya")) > 4
    assert not [word for word in ("initech", "analyst", "reject") if word in said]


async def test_walking_through_deals_all_four_topics_and_completes_the_checklist(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    for label in ("Done", "Not now", "Done", "Done"):
        assert (await slack.presses(label)).error is None
        await bot.settles()
    parent, *cards = slack.dm("maya")
    assert [topic for topic in SEED_TOPICS if not any(topic in card.text for card in cards)] == []
    assert len(cards) == 4 and parent.text.count("☑") == 3 and "(not now)" in parent.text
    assert "You went through all four" in parent.text


async def test_the_same_words_within_a_minute_lead_to_the_same_thread(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    again = await slack.types("/nextstep  initech ")
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and "already" in again.text


async def test_after_a_minute_the_same_words_are_another_no(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.advances("61s")
    again = await slack.types("/rejected Initech")
    await bot.settles()
    assert len([each for each in slack.dm("maya") if not each.is_reply]) == 2 and "already" not in again.text


async def test_its_another_one_begins_a_second_thread_and_pressed_twice_only_one(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await slack.types("/rejected")
    ephemeral = slack.ephemerals("maya")[-1]
    await slack.presses("It's another one", ts=ephemeral.ts)
    await bot.settles()
    assert len([each for each in slack.dm("maya") if not each.is_reply]) == 2


async def test_help_is_a_word_and_help_scout_is_a_company(slack: Slack, bot: LivingBot) -> None:
    told = await slack.types("/rejected HELP ")
    await slack.types("/rejected Help Scout")
    await bot.settles()
    assert "four small steps" in told.text
    assert "Help Scout" in json.dumps(slack.dm("maya")[0].blocks)


async def test_the_shortcut_asks_nothing_that_must_be_answered(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    assert (await slack.submits({})).error is None
    await bot.settles()
    assert len(slack.dm("maya")) == 2


async def test_company_role_and_stage_can_be_given_in_the_form(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.submits({"Company": "Hooli", "Role": "Driver", "How far did it get?": "Final round"})
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert "Final choices are often close" in parent.text and "Hooli · Driver" in json.dumps(
        parent.blocks, ensure_ascii=False
    )


async def test_history_shows_the_threads_to_the_one_who_asks(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    answer = await slack.types("/rejected history")
    assert "Initech" in json.dumps(answer.blocks) and "Initech" not in answer.text
    assert "nothing here yet" in (await slack.types("/rejected history", "sam")).text
