"""The tables that every module has beside its own: for its events, and for requests that may come twice."""

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB


@dataclass(frozen=True)
class EventTables:
    """Outbox: events to hand on. Inbox: events already handled. Dead letters: events that could not be."""

    outbox: Table
    inbox: Table
    dead_letters: Table
    idempotency_keys: Table


def event_tables(metadata: MetaData) -> EventTables:
    """Declare the tables in a module's metadata."""
    outbox = Table(
        "outbox",
        metadata,
        Column("position", BigInteger, Identity(always=True), primary_key=True),
        Column("id", Uuid, nullable=False),
        Column("type", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("time", DateTime(timezone=True), nullable=False),
        Column("traceparent", Text),
        Column("data", JSONB, nullable=False),
        Column("published_at", DateTime(timezone=True)),
        Index("ix_outbox_pending", "position", postgresql_where=text("published_at IS NULL")),
        Index("ix_outbox_published_at", "published_at", postgresql_where=text("published_at IS NOT NULL")),
    )
    inbox = Table(
        "inbox",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        Column("type", Text, nullable=False),
        Column("handled_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
        Index("ix_inbox_handled_at", "handled_at"),
    )
    dead_letters = Table(
        "dead_letters",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        Column("producer", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("envelope", JSONB, nullable=False),
        Column("cause", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("position", Text),
        Column("died_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
        Column("resolved_at", DateTime(timezone=True)),
        Index("ix_dead_letters_unresolved", "died_at", postgresql_where=text("resolved_at IS NULL")),
    )
    idempotency_keys = Table(
        "idempotency_keys",
        metadata,
        Column("owner", Text, primary_key=True),
        Column("route", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("request_hash", LargeBinary, nullable=False),
        Column("token", Uuid, nullable=False),
        Column("started_at", DateTime(timezone=True), nullable=False),
        Column("status", Integer),
        Column("headers", JSONB),
        Column("body", LargeBinary),
        Index("ix_idempotency_keys_started_at", "started_at"),
    )
    return EventTables(outbox, inbox, dead_letters, idempotency_keys)
