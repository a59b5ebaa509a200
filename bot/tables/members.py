"""Members, their noes with the steps and words of each, and the series of check-ins."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text, false, text

from bot.tables.metadata import metadata

members = Table(
    "members", metadata,
    Column("team_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("dm", Text),  # the channel id of the app's direct messages
    Column("zone", Text),
    Column("zone_chosen", Boolean, nullable=False, default=False),  # picked by the member: Slack's no longer counts
    Column("hour", Text, nullable=False, default="morning"),
    Column("country", Text),
    Column("locale", Text),
    Column("check_ins_on", Boolean, nullable=False, default=True),
    Column("deactivated", Boolean, nullable=False, default=False),
    Column("paused_until", BigInteger),
    Column("looked_up_at", BigInteger, nullable=False, default=0),
    Column("weekends", Boolean, nullable=False, default=False, server_default=false()),
    Column("locale_chosen", Boolean, nullable=False, default=False, server_default=false()),
    Column("cadence", Text, nullable=False, default="usual", server_default="usual"),  # usual or only_one
    Column("ask_first", Boolean, nullable=False, default=False, server_default=false()),
    Column("active_at", BigInteger),  # the day of the member's last press or word; NULL: not known yet
    Column("home_at", BigInteger),  # the day on which the member last opened Home
    Index("members_active", "team_id", "active_at"),
)  # fmt: skip

journeys = Table(
    "journeys", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("sealed_company", Text),
    Column("sealed_role", Text),
    Column("text_key", Text, nullable=False),  # a pseudonym of what was typed, to know the same words again
    Column("left_out", Boolean, nullable=False, default=False),  # a name was too long to keep
    Column("short", Boolean, nullable=False, default=False, server_default=false()),  # one of many: the short form
    Column("started_at", BigInteger, nullable=False),
    Column("removed_at", BigInteger),
    Column("happened_on", Text),  # the day the member gave, where it is another than that of started_at
    Column("merged_into", Text),  # another journey that stands for this one
    Column("delete_at", BigInteger),  # until then the deletion of this one can be undone
    Index("journeys_of_member", "team_id", "user_id", "started_at"),
    Index("journeys_to_delete", "delete_at", sqlite_where=text("delete_at IS NOT NULL"),
          postgresql_where=text("delete_at IS NOT NULL")),
)  # fmt: skip

steps = Table(
    "steps", metadata,
    Column("team_id", Text, primary_key=True),
    Column("journey_id", Text, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("state", Text, nullable=False),
    ForeignKeyConstraint(["team_id", "journey_id"], ["journeys.team_id", "journeys.id"], ondelete="CASCADE"),
)  # fmt: skip

notes = Table(
    "notes", metadata,
    Column("team_id", Text, primary_key=True),
    Column("journey_id", Text, primary_key=True),
    Column("note", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("sealed_words", Text, nullable=False),  # typed JSON: what was written, by the name of its field
    Column("kept_at", BigInteger, nullable=False),
    ForeignKeyConstraint(["team_id", "journey_id"], ["journeys.team_id", "journeys.id"], ondelete="CASCADE"),
    Index("notes_of_member", "team_id", "user_id", "kept_at"),
)  # fmt: skip

series = Table(
    "series", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("newest_at", BigInteger, nullable=False),
    Column("stage", Text, nullable=False),
    Column("tempo", Text, nullable=False),
    Column("chosen_at", BigInteger),
    Column("interview_on", Text),
    Column("interview_asked", BigInteger),
    Column("snoozed", Text),
    Column("snooze_until", Text),
    Column("ended", Text),  # why: offer, over
    Column("applied_at", BigInteger),  # then the reminder to keep applying is not needed any more
    Index("series_of_member", "team_id", "user_id", "started_at"),
)  # fmt: skip

check_ins = Table(
    "check_ins", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("series_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("number", Integer, nullable=False),  # the member's how-manieth, so that no encouragement repeats
    Column("answer", Text),
    Column("journey_id", Text),  # the thread it is about, where it is about one
    Index("check_ins_of_series", "team_id", "series_id"),
)  # fmt: skip
