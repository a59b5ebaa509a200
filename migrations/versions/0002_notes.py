"""What members chose to keep, and threads in their short form."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("journey_id", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("sealed_words", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "journey_id"], ["journeys.team_id", "journeys.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("team_id", "journey_id", "note"),
    )
    op.create_index("notes_of_member", "notes", ["team_id", "user_id", "kept_at"], unique=False)
    op.add_column("journeys", sa.Column("short", sa.Boolean(), nullable=False, server_default=sa.false()))
