"""``run --no-scheduler`` listens, ``work`` sends: on PostgreSQL as many of each as there are machines."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.vault import new_key
from tests.crash.slack_process import SlackProcess
from tests.process import CHECKOUT, BotProcess

SOON = 15.0


async def test_who_listens_sends_threads_and_who_works_the_rest(
    slack: SlackProcess, tmp_path: Path, migrated_postgres: str
) -> None:
    given = {"DATABASE_URL": migrated_postgres, "ENCRYPTION_KEY": new_key(), "SANDBOX_PACE": "30"}
    listening = BotProcess(slack, _home(tmp_path, "web"), "run", "--no-scheduler", **given)
    await listening.start()
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=SOON)
    slack.fault("users.info", "hang", seconds=60)
    await slack.types("/rejected Globex", "noor")
    await listening.kill()
    sending = BotProcess(slack, _home(tmp_path, "worker"), "work", **given)
    await sending.start()
    await slack.until(lambda: len(slack.dm("noor")) == 2, timeout=SOON)
    assert await sending.stop() == 0
    await listening.start()
    await slack.advances("14d")  # no check-in: that is the other's work
    assert len(slack.dm("maya")) == len(slack.dm("noor")) == 2
    assert await listening.stop() == 0


@pytest.mark.parametrize("role", [("work",), ("run", "--no-scheduler")], ids=" ".join)
def test_a_sqlite_file_has_one_owner(tmp_path: Path, role: tuple[str, ...]) -> None:
    given = {"DATABASE_URL": f"sqlite:///{tmp_path}/o.db", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh"}
    command = [sys.executable, "-m", "bot", *role]
    environment = {"PATH": os.environ["PATH"], **given}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "DATABASE_URL is a SQLite file, which one process owns: use `run` alone, or PostgreSQL.\n"


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir()
    return home
