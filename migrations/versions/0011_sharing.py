"""What members share without their name, the talks about it, and who may not for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "sharing",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sealed_author", sa.Text(), nullable=True),
        sa.Column("sealed_text", sa.Text(), nullable=True),
        sa.Column("sealed_reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id"),
    )
    op.create_index("sharing_ending", "sharing", ["ends_at"])
    op.create_index("sharing_of_team", "sharing", ["team_id", "state"])
    op.create_table(
        "sharing_talks",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("sealed_reader", sa.Text(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id"),
    )
    op.create_index("sharing_talks_of_post", "sharing_talks", ["team_id", "share"])
    op.create_table(
        "sharing_notes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.Column("to_author", sa.Boolean(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("sealed_words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id"),
    )
    op.create_index("sharing_notes_of_talk", "sharing_notes", ["team_id", "talk"])
    op.create_table(
        "sharing_mutes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "subject"),
    )
    op.add_column("erasures", sa.Column("sealed_channel", sa.Text(), nullable=True))
