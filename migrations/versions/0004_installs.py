"""Workspaces know how they were installed: granted scopes, by whom, in which org, and when their rows go."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("scopes", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("org", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("sealed_installer", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("installed_at", sa.BigInteger(), nullable=True))
    op.add_column("workspaces", sa.Column("purge_at", sa.BigInteger(), nullable=True))
