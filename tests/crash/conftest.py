"""The bot as processes that can be killed, beside a Slack that is one too: its memory and its journal are the judge."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.vault import new_key
from tests.crash.oracle import Oracle
from tests.crash.slack_process import SlackProcess, slack_process
from tests.living import ROOMY
from tests.process import BotProcess, kill_what_is_left

# Settle, lease and look so many times faster; nothing else changes. ``make soak`` runs at real times, PACE=1.
FASTER = os.environ.get("PACE", "30")


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    kill_what_is_left()


@pytest.fixture(scope="session")
def the_slack_process() -> Iterator[SlackProcess]:
    with tempfile.TemporaryDirectory() as folder, slack_process(Path(folder)) as process:
        yield process


@pytest.fixture
def slack(the_slack_process: SlackProcess, tmp_path: Path) -> SlackProcess:
    the_slack_process.fresh(tmp_path / "journal.jsonl", ROOMY)
    return the_slack_process


@pytest.fixture
async def process(slack: SlackProcess, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(slack, tmp_path, SANDBOX_PACE=FASTER)
    await process.start()
    yield process
    await process.stop()


@pytest.fixture
async def bot(slack: SlackProcess, tmp_path: Path, given: dict[str, str]) -> AsyncIterator[BotProcess]:
    """On each of the two databases, after one member's thread was posted and settled."""
    bot = BotProcess(slack, tmp_path, **given)
    await bot.start()
    await slack.types("/rejected Initech", "maya")
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    yield bot
    await bot.kill()


@pytest.fixture
def oracle(slack: SlackProcess, given: dict[str, str]) -> Oracle:
    return Oracle(slack, given["DATABASE_URL"], given["ENCRYPTION_KEY"])


@pytest.fixture(params=["sqlite", "postgresql"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """What a bot is told besides where Slack is: each of the two databases."""
    url = f"sqlite:///{tmp_path}/onward.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("migrated_postgres")
    return {"DATABASE_URL": url, "ENCRYPTION_KEY": new_key(), "SANDBOX_PACE": FASTER}
