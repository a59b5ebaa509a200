"""The tables. Every key begins with the workspace; every time is whole seconds of Unix UTC.

Columns named ``sealed_*`` hold ciphertext (see vault). A delivery's id is made from what it is about, so that the
same fact can never be delivered by two rows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    false,
    text,
)

from bot.kinds import CHECK_IN_RANK
from bot.tables.coaching import coaching
from bot.tables.metadata import metadata
from bot.tables.privacy import audits, erasures, exports
from bot.tables.sharing import sharing, sharing_mutes, sharing_notes, sharing_talks

__all__ = [
    "audits", "coaching", "erasures", "exports", "metadata", "sharing", "sharing_mutes", "sharing_notes",
    "sharing_talks",
]  # beside those that are made here  # fmt: skip

# What is planned, apart: the few rows of threads, and the check-ins, of which there may be a million.
THREADS = f"state = 'planned' AND rank < {CHECK_IN_RANK}"
SWEEP = f"state = 'planned' AND rank = {CHECK_IN_RANK}"

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

events = Table(
    "events", metadata,
    Column("team_id", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)  # fmt: skip
