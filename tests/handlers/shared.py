"""What conversations about sharing without a name have in common: a community, the form, the queue, the answers."""

from __future__ import annotations

from typing import Any

from bot.numbers import COMMUNITY
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from bot.steps import Stage
from bot.store.values import Asked, Who
from tests.handlers.test_center_channel import TEAM, connected
from tests.living import LivingBot

MAYA, SAM, ALEX = "U0MAYA00001", "U0SAM000001", "U0ALEX00001"
WORDS = "A walk with my neighbour helped me more than the next list of quokkas."
CALLED, SHARED_BY = "Somebody here shares this without a name", "sharing.post"


async def community(bot: LivingBot, members: int = COMMUNITY) -> None:
    """So many members who ever used it, none of them in the story."""
    tools = bot.onward.tools
    for number in range(members):
        who = Who(TEAM, f"U0CROWD{number:04}")
        await tools.store.journeys.start(who, Asked(str(number), stage=Stage.NONE), now=tools.clock.now())


async def with_a_community(slack: Slack, bot: LivingBot, members: int = COMMUNITY) -> None:
    """Alex and Robin are staff, #job-search is their channel, and it is Wednesday, 11:00 in New York."""
    await connected(slack, bot)
    tools = bot.onward.tools
    await tools.store.centers.change(TEAM, "community", {"zone": "America/New_York"}, now=tools.clock.now())
    await community(bot, members)


async def opens_form(slack: Slack, bot: LivingBot, who: str = "maya") -> None:
    await slack.opens_home(who)
    await bot.settles()
    await slack.presses("Share without my name", who)


async def writes(slack: Slack, bot: LivingBot, text: str = WORDS, who: str = "maya", **more: Any) -> Any:
    await opens_form(slack, bot, who)
    return await slack.submits({"text": text, **more}, who)


async def shares(slack: Slack, bot: LivingBot, text: str = WORDS, who: str = "maya", **more: Any) -> None:
    await writes(slack, bot, text, who, **more)
    await slack.submits({}, who)
    await slack.closes_all(who)
    await bot.settles()


async def chores(slack: Slack, bot: LivingBot) -> None:
    await bot.onward.centers.run()
    bot.onward.tools.wake()
    await bot.settles()


async def later(slack: Slack, bot: LivingBot, by: str) -> None:
    await slack.advances(by)
    await chores(slack, bot)


async def opens_queue(slack: Slack, bot: LivingBot, who: str = "alex") -> None:
    await slack.opens_home(who)
    await bot.settles()
    await slack.presses("Career center", who)
    await slack.presses("Without a name", who)


async def approves(slack: Slack, bot: LivingBot, who: str = "alex") -> None:
    await opens_queue(slack, bot, who)
    await slack.presses("Post it", who)
    await slack.closes_all(who)
    await bot.settles()


async def posted(slack: Slack, bot: LivingBot, text: str = WORDS) -> Message:
    """Shared, approved, and in the channel since the day before."""
    await shares(slack, bot, text)
    await later(slack, bot, "90m")
    await approves(slack, bot)
    await later(slack, bot, "7h")
    await later(slack, bot, "14h")
    (post,) = posts(slack)
    return post


def posts(slack: Slack) -> list[Message]:
    return [each for each in slack.messages("job-search") if CALLED in each.text]


def letters(slack: Slack, *said: str, who: str = "maya") -> list[Message]:
    return [each for each in slack.dm(who) if any(each_said in each.text for each_said in said)]


def shown(slack: Slack, who: str = "maya") -> str:
    top = slack.modal(who)
    return str(top.blocks) if top else ""


async def replies(slack: Slack, bot: LivingBot, words: str, post: Message, who: str = "sam") -> None:
    await slack.presses("Reply privately", who, ts=post.ts)
    await slack.submits({"note": words}, who)
    await slack.closes_all(who)
    await later(slack, bot, "13m")
