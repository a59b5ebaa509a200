"""Weekly posts: seen by staff the day before, edited, left out, posted sooner; once, never late, never to everybody."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from bot import schema
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from bot.vault import new_key
from messages.library import Library
from tests.handlers.test_center import opens_center, sets
from tests.handlers.test_center_channel import ALEX, TEAM, connected
from tests.living import LivingBot

POSTS = Library.load().locale("en").posts
FRIDAY = "2027-01-15"
THURSDAY_AT_TEN_IN_BERLIN = 1799917200  # a preview


async def posting(slack: Slack, bot: LivingBot) -> None:
    """It is Wednesday noon in New York. Posts come on Fridays at ten; staff see them on Thursdays."""
    await connected(slack, bot)
    tools = bot.onward.tools
    for part, facts in (("community", {"zone": "America/New_York"}), ("weekly", {"post_days": (4,)})):
        await tools.store.centers.change(TEAM, part, facts, now=tools.clock.now())
    await bot.onward.centers.run()


async def a_day_passes(slack: Slack, bot: LivingBot, much: str = "1d") -> None:
    await slack.advances(much)
    await bot.onward.centers.run()
    await bot.settles()


def posts(slack: Slack) -> list[Message]:
    return [each for each in slack.messages("job-search") if each.user == slack.platform.bot_user_id]


def previews(slack: Slack, who: str = "alex") -> list[Message]:
    return [each for each in slack.dm(who) if "If nobody presses" in each.text or "Skipped" in each.text]


async def test_staff_see_a_post_the_day_before_and_unless_they_press_it_goes_out_like_that(
    slack: Slack, bot: LivingBot
) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    (preview,) = previews(slack)
    assert "If nobody presses anything, it goes out like this" in preview.text and "Fri 15 Jan" in preview.text
    assert len(previews(slack, "robin")) == 1 and slack.dm("maya") == []
    assert posts(slack) == []
    await a_day_passes(slack, bot)
    (post,) = posts(slack)
    assert post.text.split("\n")[0] in POSTS and post.text.split("\n")[0] in preview.text


async def test_edited_it_goes_out_in_their_words_and_every_preview_shows_them(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    await slack.presses("Edit…", "alex")
    await slack.submits({"text": "Our desk is open on Friday. See https://careers.example.edu/desk for hours."}, "alex")
    await bot.settles()
    assert "Our desk is open" in slack.dm("robin")[-1].text
    await a_day_passes(slack, bot)
    (post,) = posts(slack)
    assert "Our desk is open" in post.text and "<https://careers.example.edu/desk>" in post.text


@pytest.mark.parametrize(
    ("text", "said"),
    [("Hello @channel, come by.", "@channel"), ("Hello <!here>", "<!"), ("Stay strong.", "banned"), ("*Come by", "*")],
)
async def test_what_may_not_go_out_is_said_at_once(slack: Slack, bot: LivingBot, text: str, said: str) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    await slack.presses("Edit…", "alex")
    answer = await slack.submits({"text": text}, "alex")
    assert said in answer.errors["text"]


async def test_the_usual_words_come_back_with_a_press(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    usual = previews(slack)[0].text
    await slack.presses("Edit…", "alex")
    await slack.submits({"text": "Our desk is open on Friday."}, "alex")
    await bot.settles()
    await slack.presses("Edit…", "alex")
    await slack.presses("The usual words", "alex")
    await bot.settles()
    assert previews(slack)[0].text == usual


async def test_skipped_it_does_not_go_out_and_one_press_brings_it_back(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    await slack.presses("Skip it", "robin")
    await bot.settles()
    assert all("Skipped" in previews(slack, who)[0].text for who in ("alex", "robin"))
    await slack.presses("Post it after all", "alex")
    await bot.settles()
    await slack.presses("Skip it", "alex")
    await a_day_passes(slack, bot)
    assert posts(slack) == [] and (await bot.ledger())[("channel_posts.weekly", "skipped", "skipped_by_staff")] == 1


async def test_post_now_pressed_by_two_posts_once_and_not_again_at_its_time(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    await slack.presses("Post now", "alex")
    await slack.presses("Post now", "robin")
    await bot.settles()
    assert len(posts(slack)) == 1
    await a_day_passes(slack, bot, "2d")
    assert len(posts(slack)) == 1


async def test_what_is_over_cannot_be_edited_any_more(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    await a_day_passes(slack, bot)
    await slack.presses("Edit…", "alex")
    await bot.settles()
    assert slack.modal("alex") is None and [each for each in slack.dm("alex") if "Posted in" in each.text]


async def test_on_quiet_dates_and_after_a_switch_off_nothing_is_posted(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await a_day_passes(slack, bot)
    await opens_center(slack, bot)
    await sets(slack, bot, "Quiet dates", {"quiet": FRIDAY})
    await a_day_passes(slack, bot)
    assert posts(slack) == []
    await sets(slack, bot, "Quiet dates", {"quiet": ""})
    await sets(slack, bot, "On and off", {"on": ["guide"]})
    await a_day_passes(slack, bot, "8d")
    assert posts(slack) == []


async def test_after_a_week_away_no_old_post_comes_late(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await bot.stop()
    slack.clock.advance("8d")
    await bot.start()
    await bot.onward.centers.run()
    await bot.settles()
    assert posts(slack) == []


async def test_another_day_or_zone_moves_what_is_planned(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await opens_center(slack, bot)
    await sets(slack, bot, "Weekly posts", {"post_days": ["3"]})
    await bot.onward.centers.run()
    await sets(slack, bot, "Weekly posts", {"post_days": ["4"]})
    await sets(slack, bot, "Zone and country", {"zone": "Europe/Berlin"})
    await bot.onward.centers.run()
    assert await bot.onward.delivery.idle() == THURSDAY_AT_TEN_IN_BERLIN
    await a_day_passes(slack, bot)
    assert len(previews(slack)) == 1 and "Fri 15 Jan" in previews(slack)[0].text


async def test_a_dry_run_of_the_next_post_is_for_the_one_who_asked(slack: Slack, bot: LivingBot) -> None:
    await posting(slack, bot)
    await opens_center(slack, bot)
    await slack.presses("Next post to me", "alex")
    await bot.settles()
    assert "dry run" in slack.dm("alex")[-1].text and posts(slack) == [] and slack.dm("robin") == []


@pytest.fixture
async def replicas(slack: Slack, tmp_path: Path, postgres_database: str) -> AsyncIterator[list[LivingBot]]:
    """Two of the same on one PostgreSQL."""
    engine = create_engine(postgres_database)
    schema.upgrade(engine)
    engine.dispose()
    given: dict[str, Any] = {"database_url": postgres_database, "encryption_key": new_key()}
    bots = [LivingBot(slack, tmp_path, **given) for _ in range(2)]
    for each in bots:
        await each.start()
    yield bots
    for each in bots:
        await each.stop()


async def test_two_replicas_preview_once_and_post_once(slack: Slack, replicas: list[LivingBot]) -> None:
    first, second = replicas
    await posting(slack, first)
    for days in range(1, 4):
        await slack.advances("1d")
        for each in replicas:
            each.onward.tools.clock.set(slack.clock.unix())  # type: ignore[attr-defined]
            each.onward.tools.wake()
        for each in (second, first):
            await each.onward.centers.run()
        for each in replicas:
            await each.settles()
        assert len(previews(slack)) <= 1, days
    assert len(posts(slack)) == 1 and len(previews(slack, "alex") + previews(slack, "robin")) == 2
    assert (await first.ledger())[("channel_posts.weekly", "sent", "")] == 1
    assert ALEX in await first.onward.tools.store.staff.of(TEAM)
