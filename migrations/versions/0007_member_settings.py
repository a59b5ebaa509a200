"""What members set for themselves, the days of their noes, copies of what is kept, and how long it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    no = sa.false()
    for column in (
        sa.Column("weekends", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("locale_chosen", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("cadence", sa.Text(), nullable=False, server_default="usual"),
        sa.Column("ask_first", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("active_at", sa.BigInteger(), nullable=True),
        sa.Column("home_at", sa.BigInteger(), nullable=True),
    ):
        op.add_column("members", column)
    op.add_column("journeys", sa.Column("happened_on", sa.Text(), nullable=True))
    op.add_column("journeys", sa.Column("merged_into", sa.Text(), nullable=True))
    op.add_column("journeys", sa.Column("delete_at", sa.BigInteger(), nullable=True))
    op.add_column("series", sa.Column("applied_at", sa.BigInteger(), nullable=True))
    op.add_column("check_ins", sa.Column("journey_id", sa.Text(), nullable=True))
    waits = sa.text("delete_at IS NOT NULL")
    op.create_index("journeys_to_delete", "journeys", ["delete_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("members_active", "members", ["team_id", "active_at"])
    op.create_table(
        "exports",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retry_at", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("files", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id"),
    )
    op.create_index("exports_of_member", "exports", ["team_id", "user_id"])
    op.create_table(
        "audits",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id"),
    )
