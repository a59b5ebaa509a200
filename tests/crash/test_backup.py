"""A backup taken while members type and messages go out: put back, it loses nothing it holds and repeats nothing."""

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

from tests.crash.oracle import Oracle
from tests.crash.slack_process import SlackProcess
from tests.process import CHECKOUT, BotProcess

MEMBERS = ("maya", "sam", "noor")
SOON = 60.0


async def test_a_backup_taken_under_load_loses_nothing_and_repeats_nothing(
    slack: SlackProcess, process: BotProcess, tmp_path: Path
) -> None:
    slack.fault("chat.postMessage", "late", seconds=0.2, count=60)  # so that it catches posts that are under way
    held = [company for number in range(3) for company in await a_round(slack, f"Early{number}")]
    backing_up = asyncio.create_task(bot(slack, tmp_path, "backup", "copy.db"))
    meanwhile = 0
    while not backing_up.done():
        await a_round(slack, f"Meanwhile{meanwhile}")
        meanwhile += 1
    assert meanwhile > 3 and "holds everything up to now" in await backing_up
    assert {"planned", "sent"} <= states(tmp_path / "copy.db")
    await a_round(slack, "Late")
    await slack.until(lambda: threads_of(slack, "Late") == len(MEMBERS), timeout=SOON)
    assert await process.stop() == 0
    process.database.unlink()  # the disk is gone, the key is not
    for each in ("onward.db-wal", "onward.db-shm"):
        (tmp_path / each).unlink(missing_ok=True)
    assert "looks into Slack before" in await bot(slack, tmp_path, "restore", "copy.db")
    await process.start()
    oracle = Oracle(slack, f"sqlite:///{process.database}", (tmp_path / "onward.db.key").read_text().strip())
    await slack.until(lambda: not oracle.unsettled(now=slack.unix()), timeout=SOON)
    await slack.advances("21d")
    await slack.until(lambda: not oracle.unsettled(now=slack.unix()), timeout=SOON)
    assert oracle.twice() == [] and oracle.lost() == []
    assert [company for company in held if threads_of(slack, company) != 1] == []
    assert all(any("Snooze" in each.buttons for each in slack.dm(name)) for name in MEMBERS)
    assert await process.stop() == 0


async def a_round(slack: SlackProcess, word: str) -> list[str]:
    """Everybody types at once. The companies Slack acknowledged."""
    answers = await asyncio.gather(*(slack.types(f"/rejected {word}{name}", name) for name in MEMBERS))
    assert all(answer.ok for answer in answers)
    return [f"{word}{name}" for name in MEMBERS]


def threads_of(slack: SlackProcess, company: str) -> int:
    """Parents with that in their title."""
    told = [each for name in MEMBERS for each in slack.dm(name) if not each.is_reply and "steps" in each.text]
    return sum(company in str(each.blocks) for each in told)


def states(copy: Path) -> set[str]:
    with sqlite3.connect(copy) as connection:
        return {state for (state,) in connection.execute("SELECT DISTINCT state FROM deliveries")}


async def bot(slack: SlackProcess, folder: Path, *command: str) -> str:
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{folder}/onward.db",
    }  # fmt: skip
    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, wrong = await ran.communicate()
    assert ran.returncode == 0, wrong.decode()
    return out.decode()
