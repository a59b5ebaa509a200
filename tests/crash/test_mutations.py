"""Who guards the guards: the engine is broken on purpose, in a copy, and the named test must notice.

Runs with every other test: each mutation costs one test's time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.process import CHECKOUT

ROOMS = ("bot", "handlers", "messages", "migrations", "tests", "manifest.json", "pyproject.toml")
FAILED, PATIENCE = 1, 300  # pytest's exit code when tests failed, as against when it could not run any


@dataclass(frozen=True)
class Mutation:
    """``was`` stands exactly once in ``file``."""

    file: str
    was: str
    becomes: str
    test: str


MUTATIONS = {
    "sent again without a look": Mutation(
        "bot/reconcile.py",
        'ts = await find(client, row.channel or "", mark, thread_ts=row.thread_ts, oldest=oldest)',
        "ts = None",
        "tests/handlers/test_slack_fails.py::test_a_check_in_arrives_once[500 after]",
    ),
    "the SDK's own retries left on": Mutation(
        "bot/workspaces.py",
        "retry_handlers=[],",
        "",
        "tests/handlers/test_slack_fails.py::test_a_card_arrives_once[cut after]",
    ),
    "marked as sent before it is posted": Mutation(
        "bot/sender.py",
        "            row = begun\n",
        "            row = begun\n            await self._sent(row, channel, '1.1')\n",
        "tests/crash/test_rows_01_to_08.py::"
        "test_row_04_killed_after_the_write_ahead_it_is_looked_for_and_sent_once[sqlite]",
    ),
    "no SKIP LOCKED": Mutation(
        "bot/store/leases.py",
        ".with_for_update(skip_locked=True)",
        "",
        "tests/bot/test_leases.py::test_two_claim_at_the_same_moment_and_neither_waits_nor_gets_the_others[postgresql]",
    ),
    "looked for at once": Mutation(
        "bot/pace.py",
        "return max(0, math.ceil(self.settle) + 1 - self.row_lease)",
        "return 0",
        "tests/handlers/test_slack_fails.py::test_what_slack_shows_late_is_not_posted_twice",
    ),
    "given back without the lock": Mutation(
        "bot/store/leases.py",
        "if connection.execute(LOCK, asked).first() is not None:",
        "if LOCK is not None:",
        "tests/bot/test_leases.py::"
        "test_a_check_in_planned_while_its_workspace_is_given_back_is_not_overlooked[postgresql]",
    ),
    "a frozen process settles what is not its own": Mutation(
        "bot/store/delivery_queries.py",
        'SENT = update(deliveries).where(its & (deliveries.c.token == bindparam("mine"))).values(',
        "SENT = update(deliveries).where(its).values(",
        "tests/bot/test_leases.py::test_a_process_that_was_frozen_writes_nothing_when_it_wakes[sqlite]",
    ),
    "nobody asks how late it is before a post leaves": Mutation(
        "bot/in_time.py",
        "if began.seconds > within:",
        "if within is None:",
        "tests/handlers/test_slack_fails.py::test_what_would_leave_too_late_does_not_leave_and_is_not_in_doubt",
    ),
    "a check-in posted blindly once more": Mutation(
        "bot/settling.py",
        "if row.kind.was_asked_for and row.reason != BLIND and wanted:",
        "if row.reason != BLIND:",
        "tests/handlers/test_cannot_look.py::"
        "test_where_nobody_can_look_a_check_in_is_unknown_and_not_sent_again[http_500_after-1]",
    ),
    "one workspace may take every place": Mutation(
        "bot/pace.py",
        "lanes: int = 8",
        "lanes: int = 1000",
        "tests/bot/test_quiet_neighbours.py::test_row_09_threads_of_another_workspace_come_at_once[hangs]",
    ),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_the_suite_notices(tmp_path: Path, mutation: Mutation) -> None:
    copy = tmp_path / "copy"
    for room in ROOMS:
        place = CHECKOUT / room
        (shutil.copytree if place.is_dir() else shutil.copy)(place, _made(copy) / room)
    broken = copy / mutation.file
    whole = broken.read_text(encoding="utf-8")
    assert whole.count(mutation.was) == 1, "the code has moved on: this mutation must follow"
    broken.write_text(whole.replace(mutation.was, mutation.becomes), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", mutation.test],
        cwd=copy, env=_environment(), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == FAILED, done.stdout + done.stderr


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
