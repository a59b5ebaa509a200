"""``run --no-scheduler`` listens, ``work`` sends: on PostgreSQL as many of each as there are machines."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from bot.vault import new_key
from tests.process import CHECKOUT, BotProcess

SOON = 15.0


async def test_one_listens_and_another_sends(slack: Slack, tmp_path: Path, migrated_postgres: str) -> None:
    given = {"DATABASE_URL": migrated_postgres, "ENCRYPTION_KEY": new_key(), "SANDBOX_PACE": "30"}
    listening = BotProcess(slack, _home(tmp_path, "web"), "run", "--no-scheduler", **given)
    sending = BotProcess(slack, _home(tmp_path, "worker"), "work", **given)
    await listening.start()
    assert (await slack.types("/rejected Initech")).ok
    assert slack.dm("maya") == []
    await sending.start()
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=SOON)
    await sending.kill()
    await slack.presses("Done")
    assert len(slack.dm("maya")) == 2
    await sending.start()
    await slack.until(lambda: len(slack.dm("maya")) == 3, timeout=SOON)
    assert [await listening.stop(), await sending.stop()] == [0, 0]


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
