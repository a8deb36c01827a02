"""The tables of auth, and the imperative mapping of its aggregates."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from lyceum.auth.domain.entities import (
    AuthMethod,
    AuthorizationCode,
    Client,
    Consent,
    ExternalIdentity,
    FamilyEnd,
    GrantType,
    PasswordCredential,
    PendingSignIn,
    Role,
    RoleAssignment,
    Session,
    SessionEnd,
    SigningKey,
    TokenFamily,
)
from lyceum.kernel.principal import ScopeKind
from lyceum.runtime.columns import text_enum
from lyceum.runtime.database import module_metadata
from lyceum.runtime.events import event_tables

metadata = module_metadata("auth")
tables = event_tables(metadata)
mapping = registry(metadata=metadata)


class Texts(TypeDecorator[tuple[str, ...]]):
    """Texts in their order, kept as an array."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value or ())


class TextSet(TypeDecorator[frozenset[str]]):
    """A set of texts, kept as a sorted array."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, dialect: Dialect) -> Any:
        return None if value is None else sorted(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[str]:
        return frozenset(value or ())


class GrantTypes(TypeDecorator[frozenset[GrantType]]):
    """The grants of a client, kept as an array of their names."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: frozenset[GrantType] | None, dialect: Dialect) -> Any:
        return None if value is None else sorted(grant.value for grant in value)

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[GrantType]:
        return frozenset(GrantType(name) for name in value or ())


def _moment(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    _moment("started_at"),
    # A process of the version before writes none: its sessions start with a proof of who it is.
    Column("authenticated_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    _moment("last_seen_at"),
    _moment("expires_at"),
    Column("user_agent", Text, nullable=False),
    Column("network", Text, nullable=False),
    _moment("revoked_at", nullable=True),
    Column("revoked_because", text_enum(SessionEnd)),
    Column("version", Integer, nullable=False),
    Index("ix_sessions_user_id", "user_id", postgresql_where=text("revoked_at IS NULL")),
    Index("ix_sessions_expires_at", "expires_at"),
)

credentials = Table(
    "credentials",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("encoded", Text, nullable=False),
    _moment("changed_at"),
    Column("version", Integer, nullable=False),
)

failure_counts = Table(
    "failure_counts",
    metadata,
    Column("account", LargeBinary, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    _moment("first_at"),
    _moment("last_at"),
    Index("ix_failure_counts_last_at", "last_at"),
)

familiar_origins = Table(
    "familiar_origins",
    metadata,
    Column("account", LargeBinary, primary_key=True),
    Column("key", Text, primary_key=True),
    _moment("until"),
    Index("ix_familiar_origins_until", "until"),
)

clients = Table(
    "clients",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("auth_method", text_enum(AuthMethod), nullable=False),
    Column("secret_hash", LargeBinary),
    Column("redirect_uris", Texts, nullable=False),
    Column("post_logout_redirect_uris", Texts, nullable=False),
    Column("scopes", TextSet, nullable=False),
    Column("grant_types", GrantTypes, nullable=False),
    Column("first_party", Boolean, nullable=False),
    _moment("created_at"),
    Column("version", Integer, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("scopes", TextSet, nullable=False),
    _moment("given_at"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("user_id", "client_id", name="uq_consents_user_id_client_id"),
    Index("ix_consents_client_id", "client_id"),
)

authorization_codes = Table(
    "authorization_codes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("client_id", Text, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("scopes", TextSet, nullable=False),
    Column("nonce", Text),
    Column("code_challenge", Text, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    _moment("authenticated_at"),
    Column("family_id", Uuid, nullable=False),
    _moment("expires_at"),
    _moment("redeemed_at", nullable=True),
    Column("version", Integer, nullable=False),
    Index("ix_authorization_codes_expires_at", "expires_at"),
)

token_families = Table(
    "token_families",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("handle_hash", LargeBinary, nullable=False, unique=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    Column("scopes", TextSet, nullable=False),
    _moment("authenticated_at"),
    _moment("last_used_at"),
    _moment("expires_at"),
    _moment("revoked_at", nullable=True),
    Column("revoked_because", text_enum(FamilyEnd)),
    Column("version", Integer, nullable=False),
    Index("ix_token_families_session_id", "session_id"),
    Index("ix_token_families_client_id", "client_id"),
    Index("ix_token_families_expires_at", "expires_at"),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kid", Text, nullable=False, unique=True),
    Column("sealed_jwk", Text, nullable=False),
    _moment("created_at"),
    _moment("activates_at"),
    Column("version", Integer, nullable=False),
)

external_identities = Table(
    "external_identities",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    _moment("linked_at"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("issuer", "subject", name="uq_external_identities_issuer_subject"),
    Index("ix_external_identities_user_id", "user_id"),
)

pending_sign_ins = Table(
    "pending_sign_ins",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("provider", Text, nullable=False),
    Column("state_hash", LargeBinary, nullable=False, unique=True),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("code_verifier", Text, nullable=False),
    Column("return_to", Text, nullable=False),
    Column("link_to", Uuid),
    _moment("expires_at"),
    Column("version", Integer, nullable=False),
    Index("ix_pending_sign_ins_expires_at", "expires_at"),
)

roles = Table(
    "roles",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("permissions", TextSet, nullable=False),
    _moment("created_at"),
    Column("version", Integer, nullable=False),
)

role_assignments = Table(
    "role_assignments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("scope", text_enum(ScopeKind), nullable=False),
    Column("scope_id", Uuid),
    Column("assigned_by", Uuid),
    _moment("assigned_at"),
    Column("version", Integer, nullable=False),
    CheckConstraint("(scope = 'platform') = (scope_id IS NULL)", name="reach"),
    Index(
        "uq_role_assignments_holding",
        "user_id",
        "role",
        "scope",
        text("coalesce(scope_id, '00000000-0000-0000-0000-000000000000')"),
        unique=True,
    ),
    Index("ix_role_assignments_role", "role", "scope", "scope_id"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    _moment("recorded_at"),
    Column("actor", Uuid),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_audit_entries_actor_sequence", "actor", "sequence"),
    # For the beginnings of names as well, whatever the database's collation is.
    Index("ix_audit_entries_action", "action", "sequence", postgresql_ops={"action": "text_pattern_ops"}),
    Index("ix_audit_entries_recorded_at", "recorded_at"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("id = 1", name="single"),
)

for aggregate, table in (
    (Session, sessions),
    (PasswordCredential, credentials),
    (Client, clients),
    (Consent, consents),
    (AuthorizationCode, authorization_codes),
    (TokenFamily, token_families),
    (SigningKey, signing_keys),
    (ExternalIdentity, external_identities),
    (PendingSignIn, pending_sign_ins),
    (Role, roles),
    (RoleAssignment, role_assignments),
):
    mapping.map_imperatively(aggregate, table, version_id_col=table.c.version)
