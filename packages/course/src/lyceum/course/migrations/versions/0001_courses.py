"""Courses."""

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
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description_html", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "published", "archived", name="coursestate", native_enum=False, length=40, schema="course"
            ),
            nullable=False,
        ),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("latest_number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("slug", name=op.f("uq_courses_slug")),
        schema="course",
    )
    op.create_index(
        "ix_courses_catalogue",
        "courses",
        [sa.literal_column("published_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        schema="course",
        postgresql_where=sa.text("listed AND state = 'published'"),
    )
    op.create_index("ix_courses_created_at", "courses", ["created_at", "id"], unique=False, schema="course")
    op.create_index(
        "ix_courses_title_trgm",
        "courses",
        ["title"],
        unique=False,
        schema="course",
        postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"},
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
        schema="course",
    )
    op.create_index(
        "ix_dead_letters_unresolved",
        "dead_letters",
        ["died_at"],
        unique=False,
        schema="course",
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
        schema="course",
    )
    op.create_index("ix_idempotency_keys_started_at", "idempotency_keys", ["started_at"], unique=False, schema="course")
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "olx", "common-cartridge", "lyceum", name="archiveformat", native_enum=False, length=40, schema="course"
            ),
            nullable=True,
        ),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "succeeded",
                "failed",
                name="transferstate",
                native_enum=False,
                length=40,
                schema="course",
            ),
            nullable=False,
        ),
        sa.Column("report", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("problem", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        schema="course",
    )
    op.create_index(
        "ix_imports_requested_by", "imports", ["requested_by", "requested_at", "id"], unique=False, schema="course"
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
        schema="course",
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"], unique=False, schema="course")
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
        schema="course",
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["position"],
        unique=False,
        schema="course",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="course",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_table(
        "assets",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_assets_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("course_id", "path", name=op.f("pk_assets")),
        schema="course",
    )
    op.create_index("ix_assets_sha256", "assets", ["sha256"], unique=False, schema="course")
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tree", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["course.courses.id"],
            name=op.f("fk_drafts_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        schema="course",
    )
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active", "completed", "withdrawn", name="enrolmentstate", native_enum=False, length=40, schema="course"
            ),
            nullable=False,
        ),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_enrolments_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        schema="course",
    )
    op.create_index(
        "ix_enrolments_user_id", "enrolments", ["user_id", "enrolled_at", "id"], unique=False, schema="course"
    )
    op.create_index(
        "uq_enrolments_course_id_user_id", "enrolments", ["course_id", "user_id"], unique=True, schema="course"
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "succeeded",
                "failed",
                name="transferstate",
                native_enum=False,
                length=40,
                schema="course",
            ),
            nullable=False,
        ),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("problem", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_exports_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        schema="course",
    )
    op.create_index("ix_exports_course_id", "exports", ["course_id", "requested_at"], unique=False, schema="course")
    op.create_table(
        "instructors",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("owner", "instructor", name="instructorrole", native_enum=False, length=40, schema="course"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_instructors_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("course_id", "user_id", name=op.f("pk_instructors")),
        schema="course",
    )
    op.create_index("ix_instructors_user_id", "instructors", ["user_id"], unique=False, schema="course")
    op.create_table(
        "nodes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum("visible", "hidden", "draft", name="nodevisibility", native_enum=False, length=40, schema="course"),
            nullable=False,
        ),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("graded", sa.Boolean(), nullable=False),
        sa.Column("completion", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("requires", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("available_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_nodes_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nodes")),
        schema="course",
    )
    op.create_index("ix_nodes_course_id", "nodes", ["course_id"], unique=False, schema="course")
    op.create_table(
        "version_blocks",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_version_blocks_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("course_id", "number", "id", name=op.f("pk_version_blocks")),
        schema="course",
    )
    op.create_index(
        "ix_version_blocks_page_id",
        "version_blocks",
        ["course_id", "number", "page_id", "position"],
        unique=False,
        schema="course",
    )
    op.create_table(
        "versions",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("structure", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hashes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.courses.id"],
            name=op.f("fk_versions_course_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("course_id", "number", name=op.f("pk_versions")),
        schema="course",
    )
    migrations.install_jobs(op)


def downgrade() -> None:
    migrations.remove_jobs(op)
    op.drop_table("versions", schema="course")
    op.drop_index("ix_version_blocks_page_id", table_name="version_blocks", schema="course")
    op.drop_table("version_blocks", schema="course")
    op.drop_index("ix_nodes_course_id", table_name="nodes", schema="course")
    op.drop_table("nodes", schema="course")
    op.drop_index("ix_instructors_user_id", table_name="instructors", schema="course")
    op.drop_table("instructors", schema="course")
    op.drop_index("ix_exports_course_id", table_name="exports", schema="course")
    op.drop_table("exports", schema="course")
    op.drop_index("uq_enrolments_course_id_user_id", table_name="enrolments", schema="course")
    op.drop_index("ix_enrolments_user_id", table_name="enrolments", schema="course")
    op.drop_table("enrolments", schema="course")
    op.drop_table("drafts", schema="course")
    op.drop_index("ix_assets_sha256", table_name="assets", schema="course")
    op.drop_table("assets", schema="course")
    op.drop_index(
        "ix_outbox_published_at",
        table_name="outbox",
        schema="course",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="course", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="course")
    op.drop_index("ix_inbox_handled_at", table_name="inbox", schema="course")
    op.drop_table("inbox", schema="course")
    op.drop_index("ix_imports_requested_by", table_name="imports", schema="course")
    op.drop_table("imports", schema="course")
    op.drop_index("ix_idempotency_keys_started_at", table_name="idempotency_keys", schema="course")
    op.drop_table("idempotency_keys", schema="course")
    op.drop_index(
        "ix_dead_letters_unresolved",
        table_name="dead_letters",
        schema="course",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_table("dead_letters", schema="course")
    op.drop_index(
        "ix_courses_title_trgm",
        table_name="courses",
        schema="course",
        postgresql_using="gin",
        postgresql_ops={"title": "gin_trgm_ops"},
    )
    op.drop_index("ix_courses_created_at", table_name="courses", schema="course")
    op.drop_index(
        "ix_courses_catalogue",
        table_name="courses",
        schema="course",
        postgresql_where=sa.text("listed AND state = 'published'"),
    )
    op.drop_table("courses", schema="course")
