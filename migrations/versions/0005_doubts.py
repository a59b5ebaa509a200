"""How often a delivery was put back into the queue although it may have arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
