"""Weekly posts of career centers: what staff made of each, and when the next one is planned."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("centers", sa.Column("plan_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "channel_posts",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("sealed_text", sa.Text(), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "slot"),
    )
