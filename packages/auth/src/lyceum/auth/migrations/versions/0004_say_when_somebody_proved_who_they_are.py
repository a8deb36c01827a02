"""Say when somebody last proved who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    moment = sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()"))
    op.add_column("sessions", moment, schema="auth")
    op.execute("UPDATE auth.sessions SET authenticated_at = started_at")


def downgrade() -> None:
    op.drop_column("sessions", "authenticated_at", schema="auth")
