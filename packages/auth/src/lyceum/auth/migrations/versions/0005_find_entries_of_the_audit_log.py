"""Find entries of the audit log by who, what and when."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_audit_entries_actor_sequence", "audit_entries", ["actor", "sequence"], schema="auth")
    op.create_index(
        "ix_audit_entries_action",
        "audit_entries",
        ["action", "sequence"],
        schema="auth",
        postgresql_ops={"action": "text_pattern_ops"},
    )
    op.create_index("ix_audit_entries_recorded_at", "audit_entries", ["recorded_at"], schema="auth")


def downgrade() -> None:
    for name in ("recorded_at", "action", "actor_sequence"):
        op.drop_index(f"ix_audit_entries_{name}", "audit_entries", schema="auth")
