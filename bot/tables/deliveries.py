"""What is to be said in Slack, and what became of it: the queue and the ledger in one."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from bot.kinds import CHECK_IN_RANK
from bot.tables.metadata import metadata

# What is planned, apart: the few rows of threads, and the check-ins, of which there may be a million.
THREADS = f"state = 'planned' AND rank < {CHECK_IN_RANK}"
SWEEP = f"state = 'planned' AND rank = {CHECK_IN_RANK}"

deliveries = Table(
    "deliveries", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),  # whom it goes to; or a channel's id, or members' ids with commas between
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("under", Text),  # the delivery whose thread this belongs in
    Column("edits", Text),  # the delivery this one redraws
    Column("rank", Integer, nullable=False),  # threads first
    Column("due_at", BigInteger, nullable=False),
    Column("promised_at", BigInteger, nullable=False),  # what due_at was before lateness moved it
    Column("retry_at", BigInteger, nullable=False, default=0),  # real time, after a refusal that passes
    Column("state", Text, nullable=False),
    Column("token", Text),  # of the attempt that owns the row; a late finish with another one writes nothing
    Column("attempts", Integer, nullable=False, default=0),
    Column("doubts", Integer, nullable=False, default=0, server_default="0"),  # attempts that may have arrived
    Column("tried_at", BigInteger),  # real time of the first attempt that may have arrived
    Column("lease_until", BigInteger, nullable=False, default=0),
    Column("looks", Integer, nullable=False, default=0),
    Column("channel", Text),
    Column("ts", Text),
    Column("sent_at", BigInteger),
    Column("reason", Text),
    Index("deliveries_threads", "due_at", sqlite_where=text(THREADS), postgresql_where=text(THREADS)),
    Index("deliveries_sweep", "team_id", "due_at", sqlite_where=text(SWEEP), postgresql_where=text(SWEEP)),
    Index("deliveries_sending", "lease_until", sqlite_where=text("state = 'sending'"),
          postgresql_where=text("state = 'sending'")),
    Index("deliveries_of_member", "team_id", "user_id", "state"),
)  # fmt: skip
