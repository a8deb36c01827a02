"""Sign-in, roles and the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from lyceum.runtime import migrations

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entries")),
        schema="auth",
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        schema="auth",
    )
    op.create_table(
        "authorization_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=True),
        sa.Column("code_challenge", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorization_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_authorization_codes_code_hash")),
        schema="auth",
    )
    op.create_index(
        "ix_authorization_codes_expires_at", "authorization_codes", ["expires_at"], unique=False, schema="auth"
    )
    op.create_table(
        "clients",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "auth_method",
            sa.Enum(
                "none",
                "client_secret_basic",
                "client_secret_post",
                name="authmethod",
                native_enum=False,
                length=40,
                schema="auth",
            ),
            nullable=False,
        ),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("redirect_uris", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("post_logout_redirect_uris", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("grant_types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("first_party", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("client_id", name=op.f("uq_clients_client_id")),
        schema="auth",
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("user_id", "client_id", name="uq_consents_user_id_client_id"),
        schema="auth",
    )
    op.create_index("ix_consents_client_id", "consents", ["client_id"], unique=False, schema="auth")
    op.create_table(
        "credentials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("encoded", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials")),
        schema="auth",
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
        schema="auth",
    )
    op.create_index(
        "ix_dead_letters_unresolved",
        "dead_letters",
        ["died_at"],
        unique=False,
        schema="auth",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "external_identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_identities")),
        sa.UniqueConstraint("issuer", "subject", name="uq_external_identities_issuer_subject"),
        schema="auth",
    )
    op.create_index("ix_external_identities_user_id", "external_identities", ["user_id"], unique=False, schema="auth")
    op.create_table(
        "failure_counts",
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name=op.f("pk_failure_counts")),
        schema="auth",
    )
    op.create_index("ix_failure_counts_last_at", "failure_counts", ["last_at"], unique=False, schema="auth")
    op.create_table(
        "familiar_origins",
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name=op.f("pk_familiar_origins")),
        schema="auth",
    )
    op.create_index("ix_familiar_origins_until", "familiar_origins", ["until"], unique=False, schema="auth")
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
        schema="auth",
    )
    op.create_index("ix_idempotency_keys_started_at", "idempotency_keys", ["started_at"], unique=False, schema="auth")
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox")),
        schema="auth",
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"], unique=False, schema="auth")
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
        schema="auth",
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["position"],
        unique=False,
        schema="auth",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="auth",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_table(
        "pending_sign_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("code_verifier", sa.Text(), nullable=False),
        sa.Column("return_to", sa.Text(), nullable=False),
        sa.Column("link_to", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_sign_ins")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_pending_sign_ins_state_hash")),
        schema="auth",
    )
    op.create_index("ix_pending_sign_ins_expires_at", "pending_sign_ins", ["expires_at"], unique=False, schema="auth")
    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "platform", "organisation", "course", name="scopekind", native_enum=False, length=40, schema="auth"
            ),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_by", sa.Uuid(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(scope = 'platform') = (scope_id IS NULL)", name=op.f("ck_role_assignments_reach")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignments")),
        schema="auth",
    )
    op.create_index(
        "ix_role_assignments_role", "role_assignments", ["role", "scope", "scope_id"], unique=False, schema="auth"
    )
    op.create_index(
        "uq_role_assignments_holding",
        "role_assignments",
        ["user_id", "role", "scope", sa.literal_column("coalesce(scope_id, '00000000-0000-0000-0000-000000000000')")],
        unique=True,
        schema="auth",
    )
    op.create_table(
        "roles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("name", name=op.f("uq_roles_name")),
        schema="auth",
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "revoked_because",
            sa.Enum(
                "signed-out",
                "revoked",
                "password-changed",
                "deactivated",
                name="sessionend",
                native_enum=False,
                length=40,
                schema="auth",
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
        schema="auth",
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"], unique=False, schema="auth")
    op.create_index(
        "ix_sessions_user_id",
        "sessions",
        ["user_id"],
        unique=False,
        schema="auth",
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("sealed_jwk", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activates_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_keys_kid")),
        schema="auth",
    )
    op.create_table(
        "token_families",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handle_hash", sa.LargeBinary(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "revoked_because",
            sa.Enum(
                "code-replayed",
                "token-reused",
                "session-ended",
                name="familyend",
                native_enum=False,
                length=40,
                schema="auth",
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_families")),
        sa.UniqueConstraint("handle_hash", name=op.f("uq_token_families_handle_hash")),
        schema="auth",
    )
    op.create_index("ix_token_families_client_id", "token_families", ["client_id"], unique=False, schema="auth")
    op.create_index("ix_token_families_expires_at", "token_families", ["expires_at"], unique=False, schema="auth")
    op.create_index("ix_token_families_session_id", "token_families", ["session_id"], unique=False, schema="auth")
    migrations.install_jobs(op)


def downgrade() -> None:
    migrations.remove_jobs(op)
    op.drop_index("ix_token_families_session_id", table_name="token_families", schema="auth")
    op.drop_index("ix_token_families_expires_at", table_name="token_families", schema="auth")
    op.drop_index("ix_token_families_client_id", table_name="token_families", schema="auth")
    op.drop_table("token_families", schema="auth")
    op.drop_table("signing_keys", schema="auth")
    op.drop_index(
        "ix_sessions_user_id", table_name="sessions", schema="auth", postgresql_where=sa.text("revoked_at IS NULL")
    )
    op.drop_index("ix_sessions_expires_at", table_name="sessions", schema="auth")
    op.drop_table("sessions", schema="auth")
    op.drop_table("roles", schema="auth")
    op.drop_index("uq_role_assignments_holding", table_name="role_assignments", schema="auth")
    op.drop_index("ix_role_assignments_role", table_name="role_assignments", schema="auth")
    op.drop_table("role_assignments", schema="auth")
    op.drop_index("ix_pending_sign_ins_expires_at", table_name="pending_sign_ins", schema="auth")
    op.drop_table("pending_sign_ins", schema="auth")
    op.drop_index(
        "ix_outbox_published_at",
        table_name="outbox",
        schema="auth",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_outbox_pending", table_name="outbox", schema="auth", postgresql_where=sa.text("published_at IS NULL")
    )
    op.drop_table("outbox", schema="auth")
    op.drop_index("ix_inbox_handled_at", table_name="inbox", schema="auth")
    op.drop_table("inbox", schema="auth")
    op.drop_index("ix_idempotency_keys_started_at", table_name="idempotency_keys", schema="auth")
    op.drop_table("idempotency_keys", schema="auth")
    op.drop_index("ix_familiar_origins_until", table_name="familiar_origins", schema="auth")
    op.drop_table("familiar_origins", schema="auth")
    op.drop_index("ix_failure_counts_last_at", table_name="failure_counts", schema="auth")
    op.drop_table("failure_counts", schema="auth")
    op.drop_index("ix_external_identities_user_id", table_name="external_identities", schema="auth")
    op.drop_table("external_identities", schema="auth")
    op.drop_index(
        "ix_dead_letters_unresolved",
        table_name="dead_letters",
        schema="auth",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_table("dead_letters", schema="auth")
    op.drop_table("credentials", schema="auth")
    op.drop_index("ix_consents_client_id", table_name="consents", schema="auth")
    op.drop_table("consents", schema="auth")
    op.drop_table("clients", schema="auth")
    op.drop_index("ix_authorization_codes_expires_at", table_name="authorization_codes", schema="auth")
    op.drop_table("authorization_codes", schema="auth")
    op.drop_table("audit_head", schema="auth")
    op.drop_table("audit_entries", schema="auth")
