"""What a member answers to a check-in, and what that changes."""

from copy import deepcopy

import pytest

from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.handlers.test_bad_input import button, presses_raw
from tests.handlers.test_check_ins import arrived, check_ins
from tests.living import LivingBot


async def nth(slack: Slack, number: int) -> Message:
    """Types the command and waits for the check-in of that number."""
    await slack.types("/rejected Initech")
    for _ in range(number):
        await slack.advances_to_next()
    return check_ins(slack)[-1]


def drawn(slack: Slack, message: Message) -> Message:
    return next(each for each in slack.dm("maya") if each.ts == message.ts)


async def test_how_it_is_is_answered_in_place_and_kept_nowhere(slack: Slack, bot: LivingBot) -> None:
    first = await nth(slack, 1)
    await slack.presses("😐 So-so")
    assert "So-so is fair" in drawn(slack, first).text
    assert b"so_so" not in bot.database.read_bytes()


async def test_rough_offers_less_and_only_the_choice_is_kept(slack: Slack, bot: LivingBot) -> None:
    first = await nth(slack, 1)
    await slack.presses("🙁 Rough")
    assert "Some people tell one person" in drawn(slack, first).text
    await slack.presses("One hello next week")
    await bot.settles()
    assert "One hello, Thu 21 Jan" in drawn(slack, first).text
    await slack.advances("30d")
    (hello,) = check_ins(slack)
    assert "Just a hello" in hello.text


PLANNED = ("check_ins.check_in", "planned", "")
QUESTIONS = {
    "OK": (1, ["🙂 OK"], "Glad today is okay"),
    "So-so": (1, ["😐 So-so"], "So-so is fair"),
    "Rough": (1, ["🙁 Rough"], "What would you like from me?"),
    "Snooze": (1, ["Snooze"], "When should I ask again?"),
    "News": (3, ["News…"], "What happened?"),
    "An interview": (3, ["News…", "An interview"], "Which day is it?"),
    "Snooze after News": (3, ["News…", "Snooze"], "When should I ask again?"),
}
in_between = pytest.mark.parametrize(("number", "pressed", "asks"), QUESTIONS.values(), ids=QUESTIONS)


@in_between
async def test_back_asks_the_first_question_again(
    slack: Slack, bot: LivingBot, number: int, pressed: list[str], asks: str
) -> None:
    asked = deepcopy(await nth(slack, number))
    for each in pressed:
        await slack.presses(each)
    assert asks in drawn(slack, asked).text
    before = (await bot.ledger())[PLANNED]
    await slack.presses("Back")
    await bot.settles()
    again = drawn(slack, asked)
    assert (again.text, labels(again)) == (asked.text, labels(asked))
    assert (await bot.ledger())[PLANNED] == before


@in_between
async def test_stop_and_someone_to_talk_to_are_there_whatever_was_pressed(
    slack: Slack, bot: LivingBot, number: int, pressed: list[str], asks: str
) -> None:
    asked = await nth(slack, number)
    for each in pressed:
        await slack.presses(each)
    assert "Someone to talk to" in labels(drawn(slack, asked))
    await slack.presses("Stop")
    await bot.settles()
    assert "No more check-ins" in drawn(slack, asked).text and PLANNED not in await bot.ledger()
    await slack.advances("30d")
    assert len(check_ins(slack)) == number - 1


async def test_back_does_not_take_back_what_was_kept(slack: Slack, bot: LivingBot) -> None:
    """Two screens: on one the check-in is answered, on the other the old drawing can still be pressed."""
    asked = await nth(slack, 3)
    await slack.presses("News…")
    old = button(drawn(slack, asked), "Back")
    await slack.presses("Back")
    await bot.settles()
    await slack.presses("I applied")
    await bot.settles()
    await presses_raw(slack, "maya", asked, old)
    await bot.settles()
    assert "You applied again" in drawn(slack, asked).text


def labels(message: Message) -> list[str]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row if each["type"] == "button"]


async def test_quieter_keeps_two_and_pushes_nothing(slack: Slack, bot: LivingBot) -> None:
    await nth(slack, 1)
    await slack.presses("🙁 Rough")
    await slack.presses("Quieter")
    await slack.advances("30d")
    later = check_ins(slack)
    assert len(later) == 2 and "No job talk, unless you want it" in later[0].text


async def test_i_applied_is_folded_into_the_message(slack: Slack, bot: LivingBot) -> None:
    third = await nth(slack, 3)
    await slack.presses("I applied")
    await bot.settles()
    assert "You applied again" in drawn(slack, third).text
    await slack.advances("30d")
    assert "last check-in for now" in check_ins(slack)[-1].text


async def test_snooze_moves_it_and_says_to_when(slack: Slack, bot: LivingBot) -> None:
    first = await nth(slack, 1)
    await slack.presses("Snooze")
    await slack.presses("In a week")
    await bot.settles()
    assert "I'll check in on Thu 21 Jan" in drawn(slack, first).text
    await slack.advances_to_next()
    again = check_ins(slack)[-1]
    assert f"{arrived(again):%a %d}" == "Thu 21" and "A quick check-in" in again.text


async def test_a_day_can_be_picked_and_one_that_has_passed_means_the_next(slack: Slack, bot: LivingBot) -> None:
    first = await nth(slack, 1)
    await slack.presses("Snooze")
    await slack.chooses("Pick a day", "2027-01-02")
    await bot.settles()
    assert "I'll check in on Mon 18 Jan" in drawn(slack, first).text


async def test_an_interview_brings_quiet_until_the_day_after(slack: Slack, bot: LivingBot) -> None:
    third = await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("An interview")
    await slack.chooses("Choose the day", "2027-01-26")
    await bot.settles()
    assert "That's great news!" in drawn(slack, third).text
    await slack.advances_to_next()
    asked = check_ins(slack)[-1]
    assert f"{arrived(asked):%a %d}" == "Wed 27" and "How did the interview go?" in asked.text


async def test_without_a_day_the_interview_is_asked_about_in_a_week(slack: Slack, bot: LivingBot) -> None:
    await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("An interview")
    await slack.presses("No date yet")
    await slack.advances_to_next()
    assert f"{arrived(check_ins(slack)[-1]):%a %d}" == "Wed 27"


async def test_an_offer_ends_everything_and_can_be_undone(slack: Slack, bot: LivingBot) -> None:
    third = await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("An offer")
    await bot.settles()
    assert "Congratulations" in drawn(slack, third).text
    assert (await bot.ledger()).get(("check_ins.check_in", "planned", "")) is None
    await slack.presses("Undo")
    await bot.settles()
    await slack.advances("30d")
    assert "last check-in for now" in check_ins(slack)[-1].text


async def test_after_an_offer_nothing_comes_not_even_after_a_later_no(slack: Slack, bot: LivingBot) -> None:
    await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("An offer")
    await slack.advances("40d")
    assert len(check_ins(slack)) == 2
    await slack.types("/rejected Hooli")
    await bot.settles()
    assert "Check-ins are off." in slack.dm("maya")[-2].text and PLANNED not in await bot.ledger()


async def test_another_no_opens_a_thread_once(slack: Slack, bot: LivingBot) -> None:
    third = await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("Another no")
    await bot.settles()
    parents = [each for each in slack.dm("maya") if "Four small steps" in each.text and not each.is_reply]
    assert len(parents) == 2 and "A new thread" in drawn(slack, third).text


async def test_a_check_in_leads_to_the_steps_by_one_way_only(slack: Slack, bot: LivingBot) -> None:
    first = await nth(slack, 1)
    assert "Your steps are here" in str(first.blocks) and "Show my steps" not in str(first.blocks)
    await slack.presses("🙂 OK")
    assert "Show my steps" not in str(drawn(slack, first).blocks)


async def test_without_a_link_show_my_steps_leads_back_to_the_thread(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.getPermalink", "error:internal_error")
    first = await nth(slack, 1)
    assert "Your steps are here" not in str(first.blocks)
    await slack.presses("Show my steps")
    assert "Your steps" in slack.ephemerals("maya")[-1].text


@pytest.mark.parametrize(
    ("stage", "question", "waiting"),
    [
        ("Automated no", "Your application opened that door.", "says nothing about how you did"),
        ("Interview or task", "Preparing", "says nothing about how you did"),
        ("Final round", "After coming close before", "more so after coming close before"),
    ],
)
async def test_how_it_went_is_asked_and_answered_by_how_far_it_got_before(
    slack: Slack, bot: LivingBot, stage: str, question: str, waiting: str
) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.chooses("How far did it get?", stage)
    await slack.advances("8d")
    await slack.presses("News…", ts=check_ins(slack)[-1].ts)
    await slack.presses("An interview")
    await slack.presses("No date yet")
    await slack.advances_to_next()
    asked = check_ins(slack)[-1]
    assert "How did the interview go?" in asked.text and question.lower() in asked.text.lower()
    await slack.presses("Still waiting")
    await bot.settles()
    assert waiting in drawn(slack, asked).text and "Make my plan" in str(drawn(slack, asked).blocks)


async def test_a_no_after_the_interview_begins_a_thread_with_steps_for_one(slack: Slack, bot: LivingBot) -> None:
    await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("An interview")
    await slack.presses("No date yet")
    await slack.advances_to_next()
    asked = check_ins(slack)[-1]
    await slack.presses("Another no", ts=asked.ts)
    await bot.settles()
    assert "You went there and did it" in drawn(slack, asked).text
