"""A wrong setting: exit code 2, one sentence that names it, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import read, refuse_forgetful_disk

ROOT = Path(__file__).parent.parent.parent
GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh"}

WRONG = [
    ({}, "SLACK_BOT_TOKEN is missing"),
    ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET is missing"),
    ({"SLACK_CLIENT_ID": "1.2", "SLACK_SIGNING_SECRET": "shh"}, "SLACK_CLIENT_SECRET is missing"),
    (GOOD | {"PUBLIC_URL": "bot.example.org"}, "PUBLIC_URL must be an address such as https://bot.example.org."),
    (GOOD | {"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN must begin with xoxb-."),
    (GOOD | {"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN must begin with xapp-."),
    (GOOD | {"SLACK_API_URL": "ftp://slack"}, "SLACK_API_URL must begin with https://."),
    (GOOD | {"PORT": "many"}, "PORT must be a whole number."),
    (GOOD | {"PORT": "99999"}, "PORT must be between 0 and 65535."),
    (GOOD | {"DATABASE_URL": "mysql://x"}, "DATABASE_URL must begin with sqlite:/// or postgresql://."),
    (GOOD | {"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "cannot be used"),
    (GOOD | {"DATABASE_URL": "postgres://127.0.0.1:1/x"}, "ENCRYPTION_KEY is missing"),
    (GOOD | {"ENCRYPTION_KEY": "short"}, "ENCRYPTION_KEY is not a Fernet key"),
    (GOOD | {"DEFAULT_TIMEZONE": "Mars/Olympus"}, "DEFAULT_TIMEZONE must be a zone name"),
    (GOOD | {"DEFAULT_COUNTRY": "Germany"}, "DEFAULT_COUNTRY must be a two-letter country code"),
    (GOOD | {"WORDS_DIR": "/no/such/words"}, "WORDS_DIR cannot be used"),
    (GOOD | {"OPS_CHANNEL": "#ops"}, "OPS_CHANNEL must be a channel's id"),
    (GOOD | {"SANDBOX_PACE": "0.5"}, "SANDBOX_PACE must be at least 1."),
    (GOOD | {"SANDBOX_PACE": "5000"}, "SANDBOX_PACE must be at most 1000."),
    (GOOD | {"DATABASE_CONNECTIONS": "3"}, "DATABASE_CONNECTIONS must be at least 4."),
    (GOOD | {"DYNO": "web.1"}, "this host (DYNO is set) forgets its disk"),
]


def bot(folder: Path, environ: dict[str, str], *asked: str) -> subprocess.CompletedProcess[str]:
    """``python -m bot`` in a folder of its own, with nothing else in the environment."""
    basic = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *asked], env=basic | environ, cwd=folder, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("environ", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_wrong_setting_is_said_in_a_sentence(tmp_path: Path, environ: dict[str, str], sentence: str) -> None:
    ran = bot(tmp_path, environ, "run")
    assert ran.returncode == 2 and sentence in ran.stderr
    assert "Traceback" not in ran.stderr and len(ran.stderr.strip().splitlines()) <= 2


def test_tables_of_a_database_that_is_away_are_not_brought_up_in_a_trace(tmp_path: Path) -> None:
    ran = bot(tmp_path, GOOD | {"DATABASE_URL": "postgres://127.0.0.1:1/x"}, "db", "upgrade")
    assert ran.returncode == 2 and "DATABASE_URL cannot be used" in ran.stderr and "Traceback" not in ran.stderr


OFFLINE = [
    (
        ["manifest"],
        "PUBLIC_URL=https://onward.riverside.example/\n",
        0,
        "https://onward.riverside.example/slack/events",
    ),
    (
        ["manifest", "--public-url", "https://typed.example"],
        "PUBLIC_URL=https://kept.example\n",
        0,
        "https://typed.example",
    ),
    (["manifest"], "PUBLIC_URL=\n", 0, "https://bot.example.org/slack/events"),
    (["content", "check"], "WORDS_DIR=no/such/words\n", 1, "There is no such folder of words."),
    (["content", "check"], "SLACK_BOT_TOKEN=xoxp-of-another-kind\n", 0, "Every word is in order."),
]


@pytest.mark.parametrize(
    ("asked", "kept", "code", "said"), OFFLINE, ids=[f"{' '.join(a)}, {k}" for a, k, *_ in OFFLINE]
)
def test_a_command_without_slack_reads_the_file_too_and_needs_no_token(
    tmp_path: Path, asked: list[str], kept: str, code: int, said: str
) -> None:
    (tmp_path / ".env").write_text(kept, encoding="utf-8")
    ran = bot(tmp_path, {}, *asked)
    assert (ran.returncode, ran.stderr) == (code, "") and said in ran.stdout


def test_the_environment_wins_over_the_file_offline_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PUBLIC_URL=https://kept.example\n", encoding="utf-8")
    said = bot(tmp_path, {"PUBLIC_URL": "https://set.example"}, "manifest").stdout
    assert "https://set.example/slack/events" in said and "kept" not in said


def test_a_heroku_address_of_postgres_is_understood() -> None:
    settings = read(slack_bot_token="xoxb-1", slack_signing_secret="shh", database_url="postgres://u:p@h/db")
    assert settings.database_url == "postgresql+psycopg://u:p@h/db"


def test_a_declared_volume_is_no_forgetful_disk() -> None:
    settings = read(slack_bot_token="xoxb-1", slack_signing_secret="shh")
    refuse_forgetful_disk(settings, {"RENDER": "true", "RENDER_DISK_PATH": "/data"})


def test_secrets_do_not_show_in_print() -> None:
    shown = repr(read(slack_bot_token="xoxb-secret", slack_signing_secret="shh-secret"))
    assert "secret'" not in shown.replace("slack_signing_secret", "") and "xoxb-secret" not in shown
