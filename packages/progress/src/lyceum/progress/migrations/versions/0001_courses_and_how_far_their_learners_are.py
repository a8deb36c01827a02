"""Courses and how far their learners are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from lyceum.runtime import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("structure", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocks", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        schema="progress",
    )
    op.create_table(
        "dead_letters",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("producer", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("envelope", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("died_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_dead_letters")),
        schema="progress",
    )
    op.create_index(
        "ix_dead_letters_unresolved",
        "dead_letters",
        ["died_at"],
        unique=False,
        schema="progress",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("owner", "route", "key", name=op.f("pk_idempotency_keys")),
        schema="progress",
    )
    op.create_index(
        "ix_idempotency_keys_started_at", "idempotency_keys", ["started_at"], unique=False, schema="progress"
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
        schema="progress",
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"], unique=False, schema="progress")
    op.create_table(
        "learners",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("active", "withdrawn", name="enrolmentstate", native_enum=False, length=20, schema="progress"),
            nullable=False,
        ),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewed", postgresql.BIT(varying=True), nullable=False),
        sa.Column("results", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position_node", sa.Uuid(), nullable=True),
        sa.Column("position_seconds", sa.Integer(), nullable=True),
        sa.Column("position_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(position_node IS NULL) = (position_at IS NULL)", name=op.f("ck_learners_position")),
        sa.PrimaryKeyConstraint("user_id", "course_id", name=op.f("pk_learners")),
        schema="progress",
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "ix_learners_course_id", "learners", ["course_id", "enrolled_at", "user_id"], unique=False, schema="progress"
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("traceparent", sa.Text(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        schema="progress",
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["position"],
        unique=False,
        schema="progress",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="progress",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    migrations.install_jobs(op)


def downgrade() -> None:
    migrations.remove_jobs(op)
    op.drop_index(
        "ix_outbox_published_at",
        table_name="outbox",
        schema="progress",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="progress", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="progress")
    op.drop_index("ix_learners_course_id", table_name="learners", schema="progress")
    op.drop_table("learners", schema="progress")
    op.drop_index("ix_inbox_handled_at", table_name="inbox", schema="progress")
    op.drop_table("inbox", schema="progress")
    op.drop_index("ix_idempotency_keys_started_at", table_name="idempotency_keys", schema="progress")
    op.drop_table("idempotency_keys", schema="progress")
    op.drop_index(
        "ix_dead_letters_unresolved",
        table_name="dead_letters",
        schema="progress",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_table("dead_letters", schema="progress")
    op.drop_table("courses", schema="progress")
