"""Quizzes, items and attempts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from lyceum.runtime import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "banks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banks")),
        schema="assessment",
    )
    op.create_index("ix_banks_course_id", "banks", ["course_id", "title", "id"], unique=False, schema="assessment")
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
        schema="assessment",
    )
    op.create_index(
        "ix_dead_letters_unresolved",
        "dead_letters",
        ["died_at"],
        unique=False,
        schema="assessment",
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
        schema="assessment",
    )
    op.create_index(
        "ix_idempotency_keys_started_at", "idempotency_keys", ["started_at"], unique=False, schema="assessment"
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
        schema="assessment",
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"], unique=False, schema="assessment")
    op.create_table(
        "intakes",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=True),
        sa.Column("bank_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "source", name=op.f("pk_intakes")),
        schema="assessment",
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
        schema="assessment",
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["position"],
        unique=False,
        schema="assessment",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="assessment",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_table(
        "quizzes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes")),
        schema="assessment",
    )
    op.create_index(
        "ix_quizzes_course_id", "quizzes", ["course_id", "created_at", "id"], unique=False, schema="assessment"
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("practice", "quiz", name="mode", native_enum=False, length=40, schema="assessment"),
            nullable=False,
        ),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("sections", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("slots", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("check_limit", sa.Integer(), nullable=True),
        sa.Column("pass_threshold", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grace", sa.Interval(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "in_progress",
                "submitted",
                "graded",
                name="attemptstate",
                native_enum=False,
                length=40,
                schema="assessment",
            ),
            nullable=False,
        ),
        sa.Column("answers", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("checks", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("hints_taken", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "submitted_by",
            sa.Enum("learner", "clock", name="submittedby", native_enum=False, length=40, schema="assessment"),
            nullable=True,
        ),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("results", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("max_score", sa.Text(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["quiz_id"], ["assessment.quizzes.id"], name=op.f("fk_attempts_quiz_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        schema="assessment",
    )
    op.create_index(
        "ix_attempts_expires_at",
        "attempts",
        ["expires_at"],
        unique=False,
        schema="assessment",
        postgresql_where=sa.text("state = 'in_progress'"),
    )
    op.create_index(
        "ix_attempts_quiz_id", "attempts", ["quiz_id", "started_at", "id"], unique=False, schema="assessment"
    )
    op.create_index(
        "uq_attempts_quiz_id_user_id_number",
        "attempts",
        ["quiz_id", "user_id", "number"],
        unique=True,
        schema="assessment",
    )
    op.create_index(
        "uq_attempts_running",
        "attempts",
        ["quiz_id", "user_id"],
        unique=True,
        schema="assessment",
        postgresql_where=sa.text("state = 'in_progress'"),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"],
            ["assessment.banks.id"],
            name=op.f("fk_items_bank_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        schema="assessment",
    )
    op.create_index("ix_items_bank_id", "items", ["bank_id", "id"], unique=False, schema="assessment")
    op.create_table(
        "item_versions",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["assessment.items.id"],
            name=op.f("fk_item_versions_item_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("item_id", "number", name=op.f("pk_item_versions")),
        schema="assessment",
    )
    migrations.install_jobs(op)


def downgrade() -> None:
    migrations.remove_jobs(op)
    op.drop_table("item_versions", schema="assessment")
    op.drop_index("ix_items_bank_id", table_name="items", schema="assessment")
    op.drop_table("items", schema="assessment")
    op.drop_index(
        "uq_attempts_running",
        table_name="attempts",
        schema="assessment",
        postgresql_where=sa.text("state = 'in_progress'"),
    )
    op.drop_index("uq_attempts_quiz_id_user_id_number", table_name="attempts", schema="assessment")
    op.drop_index("ix_attempts_quiz_id", table_name="attempts", schema="assessment")
    op.drop_index(
        "ix_attempts_expires_at",
        table_name="attempts",
        schema="assessment",
        postgresql_where=sa.text("state = 'in_progress'"),
    )
    op.drop_table("attempts", schema="assessment")
    op.drop_index("ix_quizzes_course_id", table_name="quizzes", schema="assessment")
    op.drop_table("quizzes", schema="assessment")
    op.drop_index(
        "ix_outbox_published_at",
        table_name="outbox",
        schema="assessment",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="assessment", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="assessment")
    op.drop_table("intakes", schema="assessment")
    op.drop_index("ix_inbox_handled_at", table_name="inbox", schema="assessment")
    op.drop_table("inbox", schema="assessment")
    op.drop_index("ix_idempotency_keys_started_at", table_name="idempotency_keys", schema="assessment")
    op.drop_table("idempotency_keys", schema="assessment")
    op.drop_index(
        "ix_dead_letters_unresolved",
        table_name="dead_letters",
        schema="assessment",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_table("dead_letters", schema="assessment")
    op.drop_index("ix_banks_course_id", table_name="banks", schema="assessment")
    op.drop_table("banks", schema="assessment")
