"""The tables behind a member's own rights: what is to be deleted in Slack, copies, and traces of who looked."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from bot.tables.metadata import metadata

erasures = Table(
    "erasures", metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),  # or, where that would name a member, what it is about
    Column("sealed_channel", Text),  # then this is the channel
    Column("ts", Text, primary_key=True),  # empty while the message still has to be looked for by its mark
    Column("mark", Text, primary_key=True),
    Column("in_thread", Text),
    Column("is_reply", Boolean, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
)  # fmt: skip

# Copies of what is kept of a member, asked for by the member or for them.
exports = Table(
    "exports", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("asked_by", Text, nullable=False),  # member or operator
    Column("state", Text, nullable=False),  # planned, sent, as_text, failed
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("retry_at", BigInteger, nullable=False, default=0, server_default="0"),  # real time
    Column("files", Text),  # Slack's ids of the files, with spaces between, to delete them with everything else
    Index("exports_of_member", "team_id", "user_id"),
)  # fmt: skip

# What was done with a member's rows from outside Slack. It names nobody: the subject is a pseudonym.
audits = Table(
    "audits", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("action", Text, nullable=False),  # printed, exported, deleted, keys_rotated
    Column("subject", Text, nullable=False),
)  # fmt: skip
