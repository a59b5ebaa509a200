"""kill -9 at the worst moment: once Slack has shown the pointer, the thread arrives, and it arrives once."""

import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess

SOON, LATER = 15, 180  # seconds: nothing had been posted yet; a post had begun


def planned_check_ins(folder: Path) -> int:
    engine = create_engine(f"sqlite:///{folder}/onward.db")
    with engine.connect() as connection:
        counted = text("SELECT count(*) FROM deliveries WHERE kind = 'check_ins.check_in' AND state = 'planned'")
        count = int(connection.execute(counted).scalar_one())
    engine.dispose()
    return count


def posts(slack: SlackProcess) -> int:
    return sum(call.method == "chat.postMessage" for call in slack.calls)


@pytest.mark.parametrize("attempt", range(3))
async def test_killed_right_after_the_acknowledgement_the_thread_arrives_once(
    slack: SlackProcess, process: BotProcess, tmp_path: Path, attempt: int
) -> None:
    slack.fault("users.info", "hang", seconds=60)  # so that no post has begun when it is killed
    assert (await slack.types("/rejected Initech")).error is None
    await process.kill()
    slack.clears_up()  # it was killed before it asked, as a rule: the next one is not to wait
    assert posts(slack) == 0
    began = time.monotonic()
    await process.start()
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=SOON)
    assert time.monotonic() - began < SOON
    assert planned_check_ins(tmp_path) == 4
    await process.stop()
    assert len(slack.dm("maya")) == posts(slack) == 2


async def test_killed_between_parent_and_card_the_card_follows_once(
    slack: SlackProcess, process: BotProcess, tmp_path: Path
) -> None:
    slack.fault("chat.postMessage", "late", seconds=0.2)
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 1)
    await process.kill()
    await process.start()
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=LATER)
    await process.stop()
    parent, card = slack.dm("maya")
    assert card.thread_ts == parent.ts and planned_check_ins(tmp_path) == 4
    assert posts(slack) == 2


async def test_a_polite_end_leaves_nothing_in_doubt(slack: SlackProcess, process: BotProcess, tmp_path: Path) -> None:
    await slack.types("/rejected Initech")
    assert await process.stop() == 0
    await process.start()
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=SOON)
