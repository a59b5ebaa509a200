"""Talking to a coach: exactly what was previewed goes out, and the member can take it back at any time."""

from pathlib import Path
from typing import Any

import pytest

from bot.center import Coach
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from bot.store.values import Who
from tests.handlers.kept_words import lies_in
from tests.handlers.test_center_channel import ALEX, ROBIN, TEAM, connected, notes
from tests.living import LivingBot

SAM, MAYA = "U0SAM000001", "U0MAYA00001"
PEOPLE = {"alex": ALEX, "robin": ROBIN}
WORDS = "I keep thinking about quokkas"
BOOKING = "https://book.example.edu/sam"


async def with_a_coach(slack: Slack, bot: LivingBot, *coaches: dict[str, Any], **more: Any) -> None:
    """Alex and Robin are staff, Sam is the coach, and it is Wednesday noon in New York."""
    await connected(slack, bot)
    tools = bot.onward.tools
    rows = coaches or ({"user": SAM, "name": "Sam", "booking": BOOKING, "days": 2},)
    facts = {"coaches": tuple(Coach(**each) for each in rows), **more}
    await tools.store.centers.change(TEAM, "coaches", facts, now=tools.clock.now())


async def asks(slack: Slack, bot: LivingBot, **given: Any) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Someone to talk to", ts=slack.dm("maya")[0].ts)
    await slack.presses("Talk to a coach")
    await slack.submits({"topic": "interview", **given})


async def sends(slack: Slack, bot: LivingBot, **given: Any) -> None:
    await asks(slack, bot, **given)
    await slack.submits({})
    await bot.settles()


def together(slack: Slack) -> list[Message]:
    return slack.group_dm("maya", "sam")


def shown(slack: Slack, who: str = "maya") -> str:
    top = slack.modal(who)
    return str(top.blocks) if top else ""


def receipts(slack: Slack) -> list[str]:
    return [each.text for each in slack.dm("maya") if "You asked" in each.text or "Taken back" in each.text]


async def test_exactly_what_was_previewed_stands_in_a_message_with_both(slack: Slack, bot: LivingBot) -> None:
    await with_a_coach(slack, bot)
    await asks(slack, bot, more=WORDS, times="Tuesdays")
    assert WORDS in shown(slack) and "Tuesdays" in shown(slack) and together(slack) == []
    previewed = [block for block in slack.modal("maya").blocks if block["type"] == "section"]  # type: ignore[union-attr]
    await slack.submits({})
    await bot.settles()
    (message,) = together(slack)
    sections = [block for block in message.blocks if block["type"] == "section"]
    assert [each["text"]["text"] for each in previewed[1:]] == [each["text"]["text"] for each in sections[:-1]]
    assert WORDS not in message.text and "Initech" not in str(message.blocks)
    assert len(receipts(slack)) == 1 and slack.dm("sam") == []


async def test_nothing_else_goes_along_unless_its_box_was_ticked(slack: Slack, bot: LivingBot) -> None:
    await with_a_coach(slack, bot)
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.chooses("How far did it get?", "Final round")
    await bot.settles()
    await slack.opens_home()
    await bot.settles()
    await slack.presses("Talk to a coach")
    await slack.submits({"topic": "talk"})
    assert "Final round" not in shown(slack)
    await slack.closes()
    await slack.presses("Talk to a coach")
    await slack.submits({"topic": "talk", "extras": ["stage"]})
    assert "Final round" in shown(slack)


async def test_a_coach_claims_answers_and_closes_and_the_member_sees_it(slack: Slack, bot: LivingBot) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot)
    for label, said in (("I'm on it", "is on it"), ("I answered", "has answered"), ("Close", "closed it")):
        await slack.presses(label, "sam")
        await bot.settles()
        assert said in together(slack)[0].text and said in receipts(slack)[0]
    await slack.advances("14d")
    assert not [each for each in slack.dm("maya") if "other doors" in each.text]


async def test_the_member_cannot_press_for_the_coach(slack: Slack, bot: LivingBot) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot)
    await slack.presses("I'm on it", "maya", ts=together(slack)[0].ts)
    await bot.settles()
    assert "Nobody has picked it up" in together(slack)[0].text


async def test_taken_back_nothing_of_it_is_left_anywhere(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot, more=WORDS)
    assert not lies_in(tmp_path, WORDS)
    await slack.presses("Take it back")
    await bot.settles()
    (message,) = together(slack)
    assert "taken back" in message.text and WORDS not in str(message.blocks) and "interview" not in message.text
    assert "Taken back" in receipts(slack)[0] and WORDS not in str([each.blocks for each in slack.dm("maya")])
    assert await bot.onward.tools.store.coaching.running(Who(TEAM, MAYA)) == []


async def test_when_the_promise_has_passed_the_member_is_told_kindly_with_the_next_door(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot)
    await slack.advances("2d")
    assert not [each for each in slack.dm("maya") if "other doors" in each.text]
    await slack.advances("4d")
    (late,) = [each for each in slack.dm("maya") if "other doors" in each.text]
    assert "Wed 13 Jan" in late.text and BOOKING in late.text


async def test_after_two_weeks_the_words_are_gone_and_a_day_later_the_row(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot, more=WORDS)
    for days in ("14d", "1d"):
        await slack.advances(days)
        await bot.onward.centers.run()
        bot.onward.tools.wake()
        await bot.settles()
        assert "is over" in together(slack)[0].text and WORDS not in str(together(slack)[0].blocks)
    gathered = await bot.onward.tools.store.exports.gather(Who(TEAM, MAYA))
    assert gathered["coaching"] == []


async def test_lines_about_a_coach_stand_only_where_there_is_one(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    await slack.opens_home()
    await bot.settles()
    home = slack.home("maya")
    assert home and "coach" not in str(home.blocks)
    await slack.presses("Someone to talk to")
    assert "coach" not in shown(slack)


async def test_the_card_of_the_next_step_has_a_door_to_the_coach_and_no_other_card_has(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_coach(slack, bot)
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Show all steps")
    await bot.settles()
    assert ["Talk to a coach" in str(each.blocks) for each in slack.dm("maya")[1:]] == [False, False, False, True]


async def test_without_group_messages_it_stands_in_the_coaches_channel_and_the_preview_says_so(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_coach(slack, bot, coach_channel="C0GENERAL01")
    await slack.invites_the_bot("general", "alex")
    await not_granted(slack, bot)
    await asks(slack, bot)
    assert "<#C0GENERAL01>" in shown(slack)
    await slack.submits({})
    await bot.settles()
    (posted,) = [each for each in slack.messages("general") if "would like to talk" in each.text]
    assert f"<@{MAYA}>" in posted.text and together(slack) == []
    await slack.presses("I'm on it", "robin", ts=posted.ts)
    await bot.settles()
    assert "Nobody has picked it up" in receipts(slack)[0]
    await slack.presses("I'm on it", "sam", ts=posted.ts)
    await bot.settles()
    assert "is on it" in receipts(slack)[0]


async def test_without_group_messages_and_without_a_channel_no_coach_is_offered(slack: Slack, bot: LivingBot) -> None:
    await with_a_coach(slack, bot)
    await not_granted(slack, bot)
    await slack.opens_home()
    await bot.settles()
    home = slack.home("maya")
    assert home and "coach" not in str(home.blocks)


async def not_granted(slack: Slack, bot: LivingBot) -> None:
    store = bot.onward.tools.store
    found = await store.workspaces.find(TEAM)
    assert found and found.token
    await store.workspaces.adopt(
        TEAM, token=found.token, bot_user_id=found.bot_user_id, bot_id=found.bot_id,
        scopes=found.scopes - {"mpim:write"}, zone=found.zone, country=found.country,
    )  # fmt: skip
    bot.onward.tools.workspaces.forget(TEAM)


@pytest.mark.parametrize("fault", ["error:missing_scope", "rate_limited"])
async def test_a_scope_that_was_taken_away_and_a_busy_slack_lose_nothing_and_staff_learn_no_name(
    slack: Slack, bot: LivingBot, fault: str
) -> None:
    await with_a_coach(slack, bot)
    for who in ("alex", "robin"):  # their own messages with the bot are open already
        await slack.types("/rejected help", who)
        await bot.onward.tools.store.members.remember_dm(
            Who(TEAM, PEOPLE[who]), channel=slack.platform.dm_of(PEOPLE[who]).id
        )
    await asks(slack, bot)
    slack.fault("conversations.open", fault, count=1)
    await slack.submits({})
    await slack.until(lambda: notes(slack, "alex") and notes(slack, "robin"))
    for who in ("alex", "robin"):
        (note,) = notes(slack, who)
        assert "a message with a member and a coach" in note and MAYA not in note and SAM not in note
    await bot.onward.tools.store.centers.try_again(TEAM, "C0JOBSEARCH")
    bot.onward.tools.wake()
    await slack.until(lambda: together(slack), timeout=20)


async def test_a_coach_who_left_is_told_to_staff_once_and_the_member_gets_the_next_door(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot)
    await slack.changes_profile("sam", deleted=True)
    await slack.changes_profile("sam", deleted=True)
    await bot.settles()
    assert ["no coach here any more" in each for each in notes(slack, "alex")] == [True]
    (told,) = [each for each in slack.dm("maya") if "other doors" in each.text]
    assert "not at the career center any more" in told.text
    assert (await bot.onward.tools.store.centers.find(TEAM)).coaches == ()
    await slack.advances("8d")
    assert len([each for each in slack.dm("maya") if "other doors" in each.text]) == 1


async def test_a_coach_whose_account_slack_refuses_is_found_out_when_a_member_asks(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_coach(slack, bot)
    slack.platform.workspace.users[SAM].deleted = True
    await sends(slack, bot)
    assert ["no coach here any more" in each for each in notes(slack, "alex")] == [True]
    assert [each for each in slack.dm("maya") if "not at the career center any more" in each.text]


async def test_whoever_wants_to_be_contacted_sends_that_and_nothing_else(slack: Slack, bot: LivingBot) -> None:
    await connected(slack, bot)
    tools = bot.onward.tools
    facts = {"counseling": "Campus Line\n555-0100", "counselor": SAM}
    await tools.store.centers.change(TEAM, "help", facts, now=tools.clock.now())
    await slack.opens_home()
    await bot.settles()
    await slack.presses("Someone to talk to")
    await slack.presses("Ask to be contacted")
    await slack.submits({})
    await bot.settles()
    (message,) = together(slack)
    assert message.text.startswith(f"Hi <@{SAM}>. <@{MAYA}> asks you to get in touch") and "only this" in message.text
    assert notes(slack, "alex") == []


async def test_delete_takes_it_out_of_the_message_with_the_coach(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await with_a_coach(slack, bot)
    await sends(slack, bot, more=WORDS)
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not together(slack) and not slack.dm("maya"), timeout=20)
    await bot.onward.tools.store.prune(now=int(bot.onward.tools.clock.unix()))
    assert not lies_in(tmp_path, MAYA)


async def test_sent_twice_it_is_one_talk(slack: Slack, bot: LivingBot) -> None:
    await with_a_coach(slack, bot)
    await asks(slack, bot)
    view = slack.modal("maya")
    assert view
    await slack.submits({})
    await bot.settles()
    assert len(await bot.onward.tools.store.coaching.running(Who(TEAM, MAYA))) == 1


async def test_heavy_words_get_the_card_and_are_kept_nowhere(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await with_a_coach(slack, bot)
    await asks(slack, bot, more="I want to die")
    assert "carry this alone" in shown(slack)
    await slack.closes()
    await bot.settles()
    assert together(slack) == []
