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
    (GOOD | {"DYNO": "web.1"}, "this host (DYNO is set) forgets its disk"),
]


@pytest.mark.parametrize(("environ", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_wrong_setting_is_said_in_a_sentence(tmp_path: Path, environ: dict[str, str], sentence: str) -> None:
    basic = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=basic | environ, cwd=tmp_path, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2 and sentence in ran.stderr
    assert "Traceback" not in ran.stderr and len(ran.stderr.strip().splitlines()) <= 2


def test_a_heroku_address_of_postgres_is_understood() -> None:
    settings = read(slack_bot_token="xoxb-1", slack_signing_secret="shh", database_url="postgres://u:p@h/db")
    assert settings.database_url == "postgresql+psycopg://u:p@h/db"


def test_a_declared_volume_is_no_forgetful_disk() -> None:
    settings = read(slack_bot_token="xoxb-1", slack_signing_secret="shh")
    refuse_forgetful_disk(settings, {"RENDER": "true", "RENDER_DISK_PATH": "/data"})


def test_secrets_do_not_show_in_print() -> None:
    shown = repr(read(slack_bot_token="xoxb-secret", slack_signing_secret="shh-secret"))
    assert "secret'" not in shown.replace("slack_signing_secret", "") and "xoxb-secret" not in shown
