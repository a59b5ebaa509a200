"""The career center as its staff set it up in Slack, and as nobody else can."""

from typing import Any

import pytest

from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.living import LivingBot

TEAM, ALEX, ROBIN, MAYA = "T0RIVERSIDE", "U0ALEX00001", "U0ROBIN0001", "U0MAYA00001"
JOB_SEARCH = "C0JOBSEARCH"


async def staff(bot: LivingBot, *users: str) -> None:
    for user in users or (ALEX,):
        await bot.onward.tools.store.staff.add(Who(TEAM, user), now=bot.onward.tools.clock.now())


async def opens_center(slack: Slack, bot: LivingBot, who: str = "alex") -> None:
    await slack.opens_home(who)
    await bot.settles()
    await slack.presses("Career center", who)


async def sets(slack: Slack, bot: LivingBot, part: str, values: dict[str, Any], who: str = "alex") -> Any:
    await slack.presses(part, who)
    return await slack.submits(values, who)


async def center(bot: LivingBot) -> Any:
    return await bot.onward.tools.store.centers.find(TEAM)


def shown(slack: Slack, who: str = "alex") -> str:
    top = slack.modal(who)
    return str(top.blocks) if top else ""


async def test_staff_find_the_center_on_home_and_others_do_not(slack: Slack, bot: LivingBot) -> None:
    await staff(bot)
    for who in ("alex", "maya"):
        await slack.opens_home(who)
        await bot.settles()
    homes = {who: str(home.blocks) for who in ("alex", "maya") if (home := slack.home(who))}
    assert "Career center" in homes["alex"] and "areer" not in homes["maya"].replace("Riverside Career Center", "")


async def test_staff_set_every_part_and_see_it_on_the_page(slack: Slack, bot: LivingBot) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    await sets(slack, bot, "Channel", {"channel": "job-search"})
    await sets(slack, bot, "Zone and country", {"zone": "Europe/Berlin", "country": "DE"})
    await sets(slack, bot, "Check-ins and keeping", {"check_ins": "ask", "retention_days": "90"})
    await sets(slack, bot, "Lines and links", {"name": "Campus Line", "how": "555-0100, weekdays", "visa_link": ""})
    await sets(slack, bot, "Quiet dates", {"quiet": "2027-12-20 to 2028-01-03\n2027-03-15"})
    await sets(slack, bot, "Lines on cards", {"dont_dwell_text": "Our desk is open on Tuesdays."})
    await sets(slack, bot, "Weekly posts", {"post_days": ["1"]})
    await sets(slack, bot, "Coaches", {"coach": "alex", "coach_name": "Alex", "days": "3"})
    await sets(slack, bot, "On and off", {"on": ["weekly", "guide"]})
    found = await center(bot)
    assert (found.channel, found.zone, found.country, found.check_ins, found.retention_days) == (
        JOB_SEARCH, "Europe/Berlin", "DE", "ask", 90,
    )  # fmt: skip
    assert found.quiet == "2027-12-20/2028-01-03\n2027-03-15/2027-03-15" and found.post_days == (1,)
    assert found.coaches[0].days == 3 and sorted(found.off) == ["coach", "numbers", "support"]
    page = shown(slack)
    said = ("<#C0JOBSEARCH>", "Europe/Berlin", "asked first", "Campus Line", "2027-12-20 to 2028-01-03", "Our desk is",
            "Tue", "Alex", "Talk to a coach")  # fmt: skip
    assert [each for each in said if each not in page] == []


@pytest.mark.parametrize(
    ("part", "given", "field"),
    [
        ("Quiet dates", {"quiet": "the week before exams"}, "quiet"),
        ("Quiet dates", {"quiet": "2027-02-30"}, "quiet"),
        ("Quiet dates", {"quiet": "2027-03-10 to 2027-03-01"}, "quiet"),
        ("Lines and links", {"name": "Campus Line"}, "how"),
        ("Lines and links", {"visa_link": "http://example.edu"}, "visa_link"),
        ("Lines on cards", {"dont_dwell_text": "Stay strong, everybody."}, "dont_dwell_text"),
        ("Lines on cards", {"dont_dwell_text": "*Come by our desk."}, "dont_dwell_text"),
        ("Lines on cards", {"dont_dwell_link": "https://example.edu"}, "dont_dwell_text"),
        ("Coaches", {"coach_name": "Alex"}, "coach"),
    ],
)  # fmt: skip
async def test_what_cannot_be_taken_is_said_under_its_field_and_nothing_is_lost(
    slack: Slack, bot: LivingBot, part: str, given: dict[str, Any], field: str
) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    before = await center(bot)
    answer = await sets(slack, bot, part, given)
    assert list(answer.errors) == [field] and answer.errors[field].endswith((".", '"'))
    assert await center(bot) == before


async def test_the_last_version_of_a_part_is_one_press_away_and_so_is_the_way_back(
    slack: Slack, bot: LivingBot
) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    await sets(slack, bot, "Lines on cards", {"dont_dwell_text": "Our desk is open on Tuesdays."})
    await sets(slack, bot, "Lines on cards", {"dont_dwell_text": "Our desk is open on Fridays."})
    await sets(slack, bot, "Quiet dates", {"quiet": "2027-03-15"})
    await slack.presses("Lines on cards", "alex")
    await slack.presses("Bring the last one back", "alex")
    assert "Tuesdays" in shown(slack) and (await center(bot)).lines["dont_dwell"].text.endswith("Tuesdays.")
    assert (await center(bot)).quiet == "2027-03-15/2027-03-15"
    await slack.presses("Bring the last one back", "alex")
    assert (await center(bot)).lines["dont_dwell"].text.endswith("Fridays.")


async def test_hello_and_its_dry_run_are_one_press_each(slack: Slack, bot: LivingBot) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    await sets(slack, bot, "Channel", {"channel": "job-search"})
    await slack.presses("Dry run to me", "alex")
    await slack.closes("alex")
    await bot.settles()
    assert "dry run" in slack.dm("alex")[-1].text and "automated" not in str(slack.messages("job-search"))
    for _ in range(2):
        await slack.presses("Say hello there", "alex")
        await slack.closes("alex")
    await bot.settles()
    assert [each.text for each in slack.messages("job-search")][-1].startswith("Hello. I'm an automated helper")
    assert str([each.text for each in slack.messages("job-search")]).count("automated helper") == 1


async def test_pause_stops_what_would_go_out_and_go_on_starts_it_again(slack: Slack, bot: LivingBot) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    await slack.presses("Pause everything", "alex")
    assert (await center(bot)).paused and "Everything is paused" in shown(slack)
    await slack.presses("Go on", "alex")
    assert not (await center(bot)).paused


async def test_staff_name_others_and_cannot_leave_the_place_empty(slack: Slack, bot: LivingBot) -> None:
    await staff(bot)
    await opens_center(slack, bot)
    answer = await sets(slack, bot, "Staff", {"staff": ["robin"]})
    assert "staff" in answer.errors
    await slack.submits({"staff": ["alex", "robin"]}, "alex")
    assert await bot.onward.tools.store.staff.of(TEAM) == [ALEX, ROBIN]
    await slack.closes_all("alex")
    await opens_center(slack, bot, "robin")
    await sets(slack, bot, "Staff", {"staff": ["robin"]}, "robin")
    assert await bot.onward.tools.store.staff.of(TEAM) == [ROBIN]


async def test_whoever_is_staff_no_more_can_change_nothing_with_what_is_still_open(
    slack: Slack, bot: LivingBot
) -> None:
    """The page and a form are open when somebody takes it back: presses and forms are asked about anew each time."""
    await staff(bot)
    await opens_center(slack, bot)
    await slack.presses("Weekly posts", "alex")
    await bot.onward.tools.store.staff.remove(Who(TEAM, ALEX))
    before = await center(bot)
    await slack.submits({"post_days": ["2"]}, "alex")
    assert "for the staff of the career center" in shown(slack) and await center(bot) == before
    await slack.closes("alex")
    await slack.closes("alex")
    await slack.presses("Pause everything", "alex")
    assert "for the staff of the career center" in shown(slack) and not (await center(bot)).paused


def test_every_door_of_the_center_is_guarded(front_desk: Any) -> None:
    nouns = ("center", "channel_posts", "guide", "numbers", "sharing_queue", "staff")
    doors = [each for each in front_desk.doors if each.id and each.id.split(".")[0] in nouns]
    unguarded = [str(each) for each in doors if each.guards != ("staff_only",)]
    assert len(doors) >= 20 and not unguarded
