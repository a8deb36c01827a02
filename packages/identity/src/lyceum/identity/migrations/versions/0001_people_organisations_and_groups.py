"""People, organisations and groups."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from lyceum.runtime import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
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
        schema="identity",
    )
    op.create_index(
        "ix_dead_letters_unresolved",
        "dead_letters",
        ["died_at"],
        unique=False,
        schema="identity",
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
        schema="identity",
    )
    op.create_index(
        "ix_idempotency_keys_started_at", "idempotency_keys", ["started_at"], unique=False, schema="identity"
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
        schema="identity",
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"], unique=False, schema="identity")
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
        schema="identity",
    )
    op.create_index("ix_organisations_name", "organisations", ["name", "id"], unique=False, schema="identity")
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
        schema="identity",
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["position"],
        unique=False,
        schema="identity",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="identity",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("email", postgresql.CITEXT(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("user_id", name=op.f("uq_registrations_user_id")),
        schema="identity",
    )
    op.create_index(
        "ix_registrations_email", "registrations", ["email", "requested_at"], unique=False, schema="identity"
    )
    op.create_index(
        "ix_registrations_expires_at",
        "registrations",
        ["expires_at"],
        unique=False,
        schema="identity",
        postgresql_where=sa.text("verified_at IS NULL"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", postgresql.CITEXT(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "platform",
                "organisation",
                "private",
                name="profilevisibility",
                native_enum=False,
                length=40,
                schema="identity",
            ),
            nullable=False,
        ),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("active", "deactivated", name="userstatus", native_enum=False, length=40, schema="identity"),
            nullable=False,
        ),
        sa.Column("extra_time_factor", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("extra_time_factor BETWEEN 1 AND 5", name=op.f("ck_users_extra_time_factor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        schema="identity",
    )
    op.create_index("ix_users_created_at", "users", ["created_at", "id"], unique=False, schema="identity")
    op.create_index(
        "ix_users_display_name_trgm",
        "users",
        ["display_name"],
        unique=False,
        schema="identity",
        postgresql_using="gin",
        postgresql_ops={"display_name": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_users_email_trgm",
        "users",
        [sa.literal_column("(email::text) gin_trgm_ops")],
        unique=False,
        schema="identity",
        postgresql_using="gin",
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["identity.organisations.id"],
            name=op.f("fk_groups_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        schema="identity",
    )
    op.create_index(
        "ix_groups_organisation_id", "groups", ["organisation_id", "name", "id"], unique=False, schema="identity"
    )
    op.create_table(
        "organisation_members",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["identity.organisations.id"],
            name=op.f("fk_organisation_members_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["identity.users.id"], name=op.f("fk_organisation_members_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "user_id", name=op.f("pk_organisation_members")),
        schema="identity",
    )
    op.create_index(
        "ix_organisation_members_user_id", "organisation_members", ["user_id"], unique=False, schema="identity"
    )
    op.create_table(
        "group_members",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["identity.groups.id"], name=op.f("fk_group_members_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["identity.users.id"], name=op.f("fk_group_members_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "user_id", name=op.f("pk_group_members")),
        schema="identity",
    )
    op.create_index("ix_group_members_user_id", "group_members", ["user_id"], unique=False, schema="identity")
    migrations.install_jobs(op)


def downgrade() -> None:
    migrations.remove_jobs(op)
    op.drop_index("ix_group_members_user_id", table_name="group_members", schema="identity")
    op.drop_table("group_members", schema="identity")
    op.drop_index("ix_organisation_members_user_id", table_name="organisation_members", schema="identity")
    op.drop_table("organisation_members", schema="identity")
    op.drop_index("ix_groups_organisation_id", table_name="groups", schema="identity")
    op.drop_table("groups", schema="identity")
    op.drop_index("ix_users_email_trgm", table_name="users", schema="identity", postgresql_using="gin")
    op.drop_index(
        "ix_users_display_name_trgm",
        table_name="users",
        schema="identity",
        postgresql_using="gin",
        postgresql_ops={"display_name": "gin_trgm_ops"},
    )
    op.drop_index("ix_users_created_at", table_name="users", schema="identity")
    op.drop_table("users", schema="identity")
    op.drop_index(
        "ix_registrations_expires_at",
        table_name="registrations",
        schema="identity",
        postgresql_where=sa.text("verified_at IS NULL"),
    )
    op.drop_index("ix_registrations_email", table_name="registrations", schema="identity")
    op.drop_table("registrations", schema="identity")
    op.drop_index(
        "ix_outbox_published_at",
        table_name="outbox",
        schema="identity",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="identity", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="identity")
    op.drop_index("ix_organisations_name", table_name="organisations", schema="identity")
    op.drop_table("organisations", schema="identity")
    op.drop_index("ix_inbox_handled_at", table_name="inbox", schema="identity")
    op.drop_table("inbox", schema="identity")
    op.drop_index("ix_idempotency_keys_started_at", table_name="idempotency_keys", schema="identity")
    op.drop_table("idempotency_keys", schema="identity")
    op.drop_index(
        "ix_dead_letters_unresolved",
        table_name="dead_letters",
        schema="identity",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_table("dead_letters", schema="identity")
