"""kill -9 while a post is on its way, again and again: what may have arrived is looked for, and is there once."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox.workspace import Message
from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess

FASTER = 30  # settle, lease and look; nothing else changes
IN_DOUBT = 180.0 / FASTER + 5  # seconds until what had begun is there, and the start of a process
# How the post that is under way ends for the bot, and whether Slack took it.
MOMENTS = {
    "not yet taken": ("hang", 0),
    "taken and not yet answered": ("late", 1),
    "taken and the connection cut": ("cut_after", 1),
    "taken and answered by an error": ("http_500_after", 1),
}


@pytest.mark.parametrize(("kind", "taken"), MOMENTS.values(), ids=MOMENTS)
async def test_killed_while_the_parent_is_posted(slack: SlackProcess, tmp_path: Path, kind: str, taken: int) -> None:
    bot = await started(slack, tmp_path)
    slack.fault("chat.postMessage", kind, seconds=60)
    await slack.types("/rejected Initech")
    await slack.until(lambda: posts(slack) == 1)
    await bot.kill()
    assert len(slack.dm("maya")) == taken
    await bot.start()
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=IN_DOUBT)
    await came_once(slack, thread=2)
    await bot.stop()


@pytest.mark.parametrize(("kind", "taken"), MOMENTS.values(), ids=MOMENTS)
async def test_killed_while_a_card_is_posted(slack: SlackProcess, tmp_path: Path, kind: str, taken: int) -> None:
    bot = await started(slack, tmp_path)
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    slack.fault("chat.postMessage", kind, seconds=60)
    await slack.presses("Done")
    await slack.until(lambda: posts(slack) == 3)
    await bot.kill()
    assert len(slack.dm("maya")) == 2 + taken
    await bot.start()
    await slack.until(lambda: len(slack.dm("maya")) == 3, timeout=IN_DOUBT)
    await came_once(slack, thread=3)
    await bot.stop()


@pytest.mark.parametrize(("kind", "taken"), MOMENTS.values(), ids=MOMENTS)
async def test_killed_while_a_check_in_goes_out(slack: SlackProcess, tmp_path: Path, kind: str, taken: int) -> None:
    bot = await started(slack, tmp_path)
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    due = await slack.next_due()
    slack.fault("chat.postMessage", kind, seconds=60)
    slack.set_clock(due)
    moving = asyncio.create_task(bot.clock(slack.unix()))
    await slack.until(lambda: posts(slack) == 3)
    await bot.kill()
    await asyncio.gather(moving, return_exceptions=True)
    assert len(check_ins(slack)) == taken
    await bot.start()
    await slack.until(lambda: looked(slack) and len(check_ins(slack)) == 1, timeout=IN_DOUBT)
    await came_once(slack, thread=2)
    await bot.stop()


def went_on(slack: SlackProcess, before: int) -> bool:
    return posts(slack) > before


async def test_killed_again_and_again_right_after_the_acknowledgement(slack: SlackProcess, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path, SANDBOX_PACE=str(FASTER))
    for number in range(6):
        await bot.start()
        before = posts(slack)
        assert (await slack.types(f"/rejected Company {number}")).ok
        if number % 2:
            await slack.until(partial(went_on, slack, before))  # a parent is on its way or just taken
        await bot.kill()
    await bot.start()
    await slack.until(lambda: len(slack.dm("maya")) == 12, timeout=6 * IN_DOUBT)
    await slack.advances("30d")
    parents = [str(each.blocks) for each in slack.dm("maya") if "Four small steps" in each.text]
    assert [sum(f"Company {number}" in each for each in parents) for number in range(6)] == [1] * 6
    # So many noes in one week bring one message a week: the reminder and the closing.
    assert len(check_ins(slack)) == 2 and len(slack.dm("maya")) == 14
    await bot.stop()


async def test_what_was_not_acknowledged_can_be_typed_again(slack: SlackProcess, tmp_path: Path) -> None:
    bot = await started(slack, tmp_path)
    await bot.kill()
    assert (await slack.types("/rejected Initech")).error == "dispatch_failed"
    await bot.start()
    assert (await slack.types("/rejected Initech")).ok
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await bot.stop()


async def started(slack: SlackProcess, folder: Path) -> BotProcess:
    bot = BotProcess(slack, folder, SANDBOX_PACE=str(FASTER))
    await bot.start()
    return bot


async def came_once(slack: SlackProcess, *, thread: int) -> None:
    """One parent, its cards, and four check-ins within a month."""
    await slack.advances("30d")
    dm = slack.dm("maya")
    assert len(dm) == thread + 4 and len(check_ins(slack)) == 4
    assert len([each for each in dm if each.is_reply]) == thread - 1


def check_ins(slack: SlackProcess) -> list[Message]:
    return [each for each in slack.dm("maya") if "Snooze" in each.buttons]


def posts(slack: SlackProcess) -> int:
    return len([each for each in slack.calls if each.method == "chat.postMessage"])


def looked(slack: SlackProcess) -> bool:
    return any(call.method == "conversations.history" for call in slack.calls)
