"""Say where a dead letter came from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("dead_letters", sa.Column("position", sa.Text(), nullable=True), schema="progress")


def downgrade() -> None:
    op.drop_column("dead_letters", "position", schema="progress")
