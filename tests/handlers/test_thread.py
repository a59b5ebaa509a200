"""The thread: stages, all steps at once, a slip of the finger, just looking."""

import pytest

from bot.sandbox.slack import Slack
from tests.living import LivingBot
from tests.messages.gallery import english

STAGES = {
    "No reply": "Waiting with no answer",
    "Automated no": "An automated no",
    "Recruiter call": "a letdown after a real talk",
    "Interview or task": "after the work you put in",
    "Silence after talking": "Silence after a real talk",
    "Final round": "Getting that close",
    "Offer withdrawn": "Having an offer taken back",
}


async def begin(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()


@pytest.mark.parametrize("stage", STAGES)
async def test_a_stage_draws_the_open_card_and_the_parent_anew(slack: Slack, bot: LivingBot, stage: str) -> None:
    await begin(slack, bot)
    parent, card = slack.dm("maya")
    before = card.text
    await slack.chooses("How far did it get?", stage)
    await bot.settles()
    parent, card = slack.dm("maya")
    assert card.text != before and STAGES[stage] in parent.text


async def test_a_done_card_keeps_its_words_when_the_stage_changes(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses("Done")
    await bot.settles()
    first = slack.dm("maya")[1].text
    await slack.chooses("How far did it get?", "Final round")
    await bot.settles()
    assert slack.dm("maya")[1].text == first


async def test_a_card_put_aside_follows_the_stage_too(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses("Not now")
    await bot.settles()
    await slack.chooses("How far did it get?", "Final round")
    await bot.settles()
    first = slack.dm("maya")[1]
    assert english().card("be_professional", "final_round").body in first.text and "Put aside for now." in first.text


async def test_after_an_automated_no_the_first_check_in_is_left_out(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.chooses("How far did it get?", "Automated no")
    await bot.settles()
    assert "Mon 18 Jan · Wed 20 Jan · Wed 27 Jan" in slack.dm("maya")[0].text


async def test_show_all_steps_deals_every_card_once_and_in_order(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses("Show all steps")
    await bot.settles()
    cards = slack.dm("maya")[1:]
    assert len(cards) == 4 and not any("Show all steps" in str(card.blocks) for card in cards)
    assert [f"step {number} of 4" in card.text for number, card in enumerate(cards, 1)] == [True] * 4
    await slack.presses("Done")
    await bot.settles()
    assert len(slack.dm("maya")) == 5


async def test_a_slip_of_the_finger_can_be_taken_back(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    card = slack.dm("maya")[1]
    await slack.presses("Done")
    await bot.settles()
    await slack.presses("Open it again", ts=card.ts)
    await bot.settles()
    assert "(done)" not in slack.dm("maya")[0].text and "Not now" in str(slack.dm("maya")[1].blocks)
    await slack.presses("Done", ts=card.ts)
    await bot.settles()
    assert len(slack.dm("maya")) == 3


async def test_pressed_twice_done_deals_one_card(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses("Done")
    await slack.presses("Done")
    await bot.settles()
    assert len(slack.dm("maya")) == 3


async def test_just_looking_closes_the_thread_and_undo_opens_it(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses("Remove this")
    await bot.settles()
    parent, card = slack.dm("maya")
    assert parent.text.startswith("Removed.") and "Initech" not in str(parent.blocks) and "Done" not in str(card.blocks)
    assert ("check_ins.check_in", "planned", "") not in await bot.ledger()
    await slack.presses("Undo")
    await bot.settles()
    parent, card = slack.dm("maya")
    assert "Thu 14 Jan" in parent.text and "Done" in str(card.blocks)


async def test_two_people_do_not_meet(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech", "maya")
    await slack.types("/rejected Hooli", "sam")
    await bot.settles()
    assert "Hooli" not in str([each.blocks for each in slack.dm("maya")])
    assert "Hooli" in str(slack.dm("sam")[0].blocks)
