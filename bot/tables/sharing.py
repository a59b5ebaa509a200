"""What members share without their name. Whose it is stands here as ciphertext alone, and in no other table."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text

from bot.tables.metadata import metadata

sharing = Table(
    "sharing", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("sealed_author", Text),  # member id; NULL from the moment on at which nobody has to be reached any more
    Column("sealed_text", Text),  # as it stands in the channel, names and links taken out
    Column("sealed_reason", Text),  # typed JSON: why it was sent back
    Column("state", Text, nullable=False),  # waiting, approved, posted, returned, over; an answer shown: reported
    Column("shown_at", BigInteger, nullable=False),  # from when on staff see it; when it was shared is kept nowhere
    Column("ends_at", BigInteger, nullable=False),  # when its state has to be looked at next
    Index("sharing_ending", "ends_at"),
    Index("sharing_of_team", "team_id", "state"),
)  # fmt: skip

# One for everybody who answers a post, however often they write.
sharing_talks = Table(
    "sharing_talks", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # a pseudonym of the post and the reader
    Column("share", Text, nullable=False),
    Column("sealed_reader", Text, nullable=False),  # member id of who answered
    Column("ended", Boolean, nullable=False),
    Index("sharing_talks_of_post", "team_id", "share"),
)  # fmt: skip

sharing_notes = Table(
    "sharing_notes", metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("talk", Text, nullable=False),
    Column("to_author", Boolean, nullable=False),
    Column("place", BigInteger, nullable=False),  # the how-manieth of its talk
    Column("sealed_words", Text),  # NULL once they were sent
    Index("sharing_notes_of_talk", "team_id", "talk"),
)  # fmt: skip

# Whoever staff muted without seeing who it is.
sharing_mutes = Table(
    "sharing_mutes", metadata,
    Column("team_id", Text, primary_key=True),
    Column("subject", Text, primary_key=True),  # a pseudonym of the member
    Column("until", BigInteger, nullable=False),
)  # fmt: skip
