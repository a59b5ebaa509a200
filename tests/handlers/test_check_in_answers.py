"""What a member answers to a check-in, and what that changes."""

from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
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
    assert "You put yourself out there again" in drawn(slack, third).text
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


async def test_after_an_offer_nothing_comes(slack: Slack, bot: LivingBot) -> None:
    await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("An offer")
    await slack.advances("40d")
    assert len(check_ins(slack)) == 2


async def test_another_no_opens_a_thread_once(slack: Slack, bot: LivingBot) -> None:
    third = await nth(slack, 3)
    await slack.presses("News…")
    await slack.presses("Another no")
    await bot.settles()
    parents = [each for each in slack.dm("maya") if "Four small steps" in each.text and not each.is_reply]
    assert len(parents) == 2 and "A new thread" in drawn(slack, third).text


async def test_show_my_steps_leads_back_to_the_thread(slack: Slack, bot: LivingBot) -> None:
    await nth(slack, 1)
    await slack.presses("Show my steps")
    assert "Your steps" in slack.ephemerals("maya")[-1].text
