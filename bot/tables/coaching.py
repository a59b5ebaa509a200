"""What members asked a coach, for the fourteen days in which they can take it back."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from bot.tables.metadata import metadata

coaching = Table(
    "coaching", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),  # the member who asked
    Column("helper", Text, nullable=False),  # the coach or counselor who was asked
    Column("place", Text, nullable=False),  # where it stands: a channel, or the two members of a group message
    Column("kind", Text, nullable=False),  # coach or counselor
    Column("sealed_words", Text),  # typed JSON: exactly what was shared; NULL once it is over
    Column("state", Text, nullable=False),  # open, claimed, answered, closed, withdrawn, gone, over
    Column("taken_by", Text),  # the coach who pressed last
    Column("asked_at", BigInteger, nullable=False),
    Column("late_at", BigInteger, nullable=False),
    Index("coaching_of_member", "team_id", "user_id"),
    Index("coaching_by_age", "asked_at"),
)  # fmt: skip
