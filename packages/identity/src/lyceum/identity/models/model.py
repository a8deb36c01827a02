"""The tables of identity, and the imperative mapping of its aggregates."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import CITEXT
from sqlalchemy.orm import registry

from lyceum.identity.domain.entities import Group, Organisation, Registration, User
from lyceum.identity.domain.values import ProfileVisibility, UserStatus
from lyceum.runtime.columns import text_enum
from lyceum.runtime.database import module_metadata
from lyceum.runtime.events import event_tables

metadata = module_metadata("identity")
tables = event_tables(metadata)
mapping = registry(metadata=metadata)


registrations = Table(
    "registrations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, unique=True),
    Column("email", CITEXT, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("verified_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Index("ix_registrations_email", "email", "requested_at"),
    Index("ix_registrations_expires_at", "expires_at", postgresql_where=text("verified_at IS NULL")),
)

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", CITEXT, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("bio", Text, nullable=False),
    Column("visibility", text_enum(ProfileVisibility), nullable=False),
    Column("locale", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("status", text_enum(UserStatus), nullable=False),
    Column("extra_time_factor", Numeric(4, 2), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("extra_time_factor BETWEEN 1 AND 5", name="extra_time_factor"),
    Index("ix_users_created_at", "created_at", "id"),
    Index("ix_users_email_trgm", text("(email::text) gin_trgm_ops"), postgresql_using="gin"),
    Index(
        "ix_users_display_name_trgm",
        "display_name",
        postgresql_using="gin",
        postgresql_ops={"display_name": "gin_trgm_ops"},
    ),
)

organisations = Table(
    "organisations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_organisations_name", "name", "id"),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey("identity.organisations.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_groups_organisation_id", "organisation_id", "name", "id"),
)

organisation_members = Table(
    "organisation_members",
    metadata,
    Column("organisation_id", Uuid, ForeignKey("identity.organisations.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("identity.users.id", ondelete="CASCADE"), primary_key=True),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    Index("ix_organisation_members_user_id", "user_id"),
)

group_members = Table(
    "group_members",
    metadata,
    Column("group_id", Uuid, ForeignKey("identity.groups.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("identity.users.id", ondelete="CASCADE"), primary_key=True),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    Index("ix_group_members_user_id", "user_id"),
)

for aggregate, table in (
    (Registration, registrations),
    (User, users),
    (Organisation, organisations),
    (Group, groups),
):
    mapping.map_imperatively(aggregate, table, version_id_col=table.c.version)
