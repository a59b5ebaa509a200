"""What a career center set up, who may change it, and what came of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text

from bot.tables.metadata import metadata

staff = Table(
    "staff", metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
)  # fmt: skip

centers = Table(
    "centers", metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel", Text),
    Column("zone", Text),
    Column("country", Text),
    Column("locale", Text),
    Column("check_ins", Text, nullable=False, default="on"),
    Column("retention_days", Integer, nullable=False, default=180),
    Column("counseling", Text, nullable=False, default=""),
    Column("quiet", Text, nullable=False, default=""),  # spans of days, one a line
    Column("paused", Boolean, nullable=False, default=False),
    Column("sealed_more", Text),  # typed JSON: what only the center's own words need
    Column("sealed_before", Text),  # typed JSON: the last version of each part
    Column("replan_after", Text),  # the member after whom check-ins still have to follow a change; NULL: none
    Column("plan_at", BigInteger),  # the app's time from which on the next weekly post is to be planned
)  # fmt: skip

channel_posts = Table(
    "channel_posts", metadata,
    Column("team_id", Text, primary_key=True),
    Column("slot", Text, primary_key=True),  # the day in the channel's zone
    Column("sealed_text", Text),  # staff's own words in place of the rotation's
    Column("skipped", Boolean, nullable=False, default=False),
)  # fmt: skip

troubles = Table(
    "troubles", metadata,
    Column("team_id", Text, primary_key=True),
    Column("target", Text, primary_key=True),  # the channel that cannot be written to
    Column("error", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
)  # fmt: skip

releases = Table(
    "releases", metadata,
    Column("team_id", Text, primary_key=True),
    Column("month", Text, primary_key=True),  # 2027-01
    Column("numbers", Text, nullable=False),  # JSON: what may be shown, by cell; none where they would be too few
    Column("released_at", BigInteger, nullable=False),
)  # fmt: skip
