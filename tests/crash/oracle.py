"""What Slack saw is the judge: every message the bot owes is there, and none is there twice."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from sqlalchemy import NullPool, create_engine, func, select, text
from sqlalchemy.exc import OperationalError

from bot.kinds import REDRAWS
from bot.settling import BLIND
from bot.tables import deliveries, workspaces
from bot.vault import Vault
from tests.crash.slack_process import SlackProcess

RECOVERY_SECONDS = 60.0
UNSETTLED = ("planned", "sending")


class Oracle:
    """``marks`` are what the messages carry; the ledger's rows carry the same, by the vault's pseudonym."""

    def __init__(self, slack: SlackProcess, database_url: str, key: str) -> None:
        self._slack = slack
        self._vault = Vault([key])
        self._engine = create_engine(database_url, poolclass=NullPool)

    def crash_database(self) -> None:
        """PostgreSQL: one of its processes dies, so it throws everybody out and recovers from its log."""
        with suppress(OperationalError), self._engine.connect() as connection:
            os.kill(int(connection.scalar(text("SELECT pg_backend_pid()")) or 0), signal.SIGKILL)
            connection.execute(text("SELECT 1"))

    def marks(self) -> Counter[str]:
        """How many messages carry each mark. One that was deleted again is not there."""
        carried = (each.metadata for each in self._slack.every() if each.metadata)
        return Counter(str(each["event_payload"]["id"]) for each in carried)

    def twice(self) -> list[str]:
        """Messages that are there more than once, or were until the bot took one away again.

        Without those that nobody could look for: the promise names them, and so does the ledger.
        """
        deleted = [str(call.args.get("ts")) for call in self._slack.called("chat.delete")]
        said = {self._vault.pseudonym(row.team_id, row.id) for row in self._rows() if row.reason == BLIND}
        return deleted + [mark for mark, count in self.marks().items() if count > 1 and mark not in said]

    def posted_without_a_look(self) -> list[str]:
        """Threads that nobody could look for three times in a row, and that were posted once more, as promised."""
        return [row.id for row in self._rows() if row.reason == BLIND]

    def lost(self) -> list[str]:
        """Deliveries that say they were sent and that nobody can find."""
        there = self.marks()
        return [name for name, mark, state in self._posts() if state == "sent" and mark not in there]

    def unsettled(self, *, now: float) -> list[str]:
        """Posts that are due and neither sent nor ended."""
        return [name for name, _, state in self._posts(due_by=now) if state in UNSETTLED]

    def leased(self) -> int:
        """How many workspaces somebody holds."""
        held = select(func.count()).select_from(workspaces).where(workspaces.c.lease_until > 0)
        with self._engine.connect() as connection:
            return connection.scalar(held) or 0

    def states(self) -> Counter[str]:
        return Counter(state for _, _, state in self._posts())

    def _posts(self, due_by: float | None = None) -> list[tuple[str, str, str]]:
        return [
            (row.id, self._vault.pseudonym(row.team_id, row.id), row.state)
            for row in self._rows()
            if due_by is None or row.due_at <= due_by
        ]

    def _rows(self) -> list[Any]:
        """A database that recovers from a crash of the night before is waited for."""
        columns = ("team_id", "id", "state", "due_at", "reason")
        query = select(*(deliveries.c[name] for name in columns)).where(deliveries.c.kind.not_in(REDRAWS))
        deadline = time.monotonic() + RECOVERY_SECONDS
        while True:
            try:
                with self._engine.connect() as connection:
                    return list(connection.execute(query))
            except OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
