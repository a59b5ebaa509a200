"""Where the app is installed, what it heard, and what it notes about itself."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from bot.tables.metadata import metadata

meta = Table(
    "meta", metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip

workspaces = Table(
    "workspaces", metadata,
    Column("team_id", Text, primary_key=True),
    Column("bot_user_id", Text, nullable=False),
    Column("bot_id", Text, nullable=False),
    Column("sealed_token", Text),  # NULL once the app is uninstalled
    Column("zone", Text),
    Column("country", Text),
    Column("stopped", Text),  # Slack's error that ended the install, e.g. token_revoked
    Column("scopes", Text),  # what was granted, with commas between; NULL: not known
    Column("org", Text),  # the row of the org's install, whose token serves this workspace
    Column("sealed_installer", Text),  # member id of who installed it last
    Column("installed_at", BigInteger),  # the app's time, so that news of an earlier install change nothing
    Column("purge_at", BigInteger),  # the app's time at which every row of an uninstalled workspace goes
    Column("next_due", BigInteger),  # of its check-ins, never later than the first of them; NULL: none
    Column("lease_until", BigInteger, nullable=False, default=0, server_default="0"),  # real time
    Column("lease_owner", Text),
    Column("paused_until", BigInteger, nullable=False, default=0, server_default="0"),  # real time, after a 429
    Index("workspaces_due", "next_due"),
)  # fmt: skip

events = Table(
    "events", metadata,
    Column("team_id", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)  # fmt: skip
