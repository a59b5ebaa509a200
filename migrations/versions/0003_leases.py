"""Workspaces are leased for the sweep; threads and check-ins have an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

THREADS = "state = 'planned' AND rank < 9"
SWEEP = "state = 'planned' AND rank = 9"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("next_due", sa.BigInteger(), nullable=True))
    op.add_column("workspaces", sa.Column("lease_until", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("workspaces", sa.Column("lease_owner", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("paused_until", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("workspaces_due", "workspaces", ["next_due"], unique=False)
    for name, columns, where in (
        ("deliveries_threads", ["due_at"], THREADS),
        ("deliveries_sweep", ["team_id", "due_at"], SWEEP),
    ):
        only = sa.text(where)
        op.create_index(name, "deliveries", columns, unique=False, sqlite_where=only, postgresql_where=only)
    op.drop_index("deliveries_planned", "deliveries")
    op.execute(
        "UPDATE workspaces SET next_due = (SELECT min(due_at) FROM deliveries"
        f" WHERE deliveries.team_id = workspaces.team_id AND {SWEEP})"
    )
