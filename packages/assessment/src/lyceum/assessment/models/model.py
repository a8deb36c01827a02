"""The tables of assessment, and the imperative mapping of its aggregates."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Interval,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from lyceum.assessment.domain.attempt import (
    Answer,
    Attempt,
    AttemptState,
    CheckHistory,
    FrozenSection,
    Slot,
    SlotResult,
    SubmittedBy,
)
from lyceum.assessment.domain.bank import Bank, BankItem
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.quiz import Mode, Quiz, QuizContent
from lyceum.runtime.columns import Value, text_enum
from lyceum.runtime.database import module_metadata
from lyceum.runtime.events import event_tables

metadata = module_metadata("assessment")
tables = event_tables(metadata)
mapping = registry(metadata=metadata)


class Exactly(TypeDecorator[Fraction]):
    """A fraction as text such as `1/3`: numbers in SQL would round it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)


def _parent(table: str) -> ForeignKey:
    # Looked at when the transaction commits: what is new may come in any order.
    return ForeignKey(f"assessment.{table}.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")


banks = Table(
    "banks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("title", Text, nullable=False),
    Column("course_id", Uuid),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_banks_course_id", "course_id", "title", "id"),
)

items = Table(
    "items",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("bank_id", Uuid, _parent("banks"), nullable=False),
    Column("latest", Integer, nullable=False),
    Column("content", Value(TypeAdapter(Item)), nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_items_bank_id", "bank_id", "id"),
)

item_versions = Table(
    "item_versions",
    metadata,
    Column("item_id", Uuid, _parent("items"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

quizzes = Table(
    "quizzes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("course_id", Uuid),
    Column("content", Value(TypeAdapter(QuizContent)), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_quizzes_course_id", "course_id", "created_at", "id"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Uuid, primary_key=True),
    # No cascade: what a learner did outlives any tidying up.
    Column("quiz_id", Uuid, ForeignKey("assessment.quizzes.id"), nullable=False),
    Column("course_id", Uuid),
    Column("user_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("mode", text_enum(Mode), nullable=False),
    Column("seed", LargeBinary, nullable=False),
    Column("sections", Value(TypeAdapter(tuple[FrozenSection, ...])), nullable=False),
    Column("slots", Value(TypeAdapter(tuple[Slot, ...])), nullable=False),
    Column("check_limit", Integer),
    Column("pass_threshold", Exactly),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("grace", Interval, nullable=False),
    Column("state", text_enum(AttemptState), nullable=False),
    Column("answers", Value(TypeAdapter(Mapping[str, Answer])), nullable=False),
    Column("checks", Value(TypeAdapter(Mapping[str, CheckHistory])), nullable=False),
    Column("hints_taken", Value(TypeAdapter(Mapping[str, int])), nullable=False),
    Column("submitted_at", DateTime(timezone=True)),
    Column("submitted_by", text_enum(SubmittedBy)),
    Column("graded_at", DateTime(timezone=True)),
    Column("results", Value(TypeAdapter(Mapping[str, SlotResult])), nullable=False),
    Column("score", Exactly),
    Column("max_score", Exactly),
    Column("passed", Boolean),
    Column("version", Integer, nullable=False),
    Index("uq_attempts_quiz_id_user_id_number", "quiz_id", "user_id", "number", unique=True),
    Index(
        "uq_attempts_running",
        "quiz_id",
        "user_id",
        unique=True,
        postgresql_where=text("state = 'in_progress'"),
    ),
    Index("ix_attempts_expires_at", "expires_at", postgresql_where=text("state = 'in_progress'")),
    Index("ix_attempts_quiz_id", "quiz_id", "started_at", "id"),
)

intakes = Table(
    "intakes",
    metadata,
    Column("import_id", Uuid, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("receipt", JSONB, nullable=False),
    Column("quiz_id", Uuid),
    Column("bank_ids", ARRAY(Uuid), nullable=False),
)

for aggregate, table in ((Bank, banks), (BankItem, items), (Quiz, quizzes), (Attempt, attempts)):
    mapping.map_imperatively(aggregate, table, version_id_col=table.c.version)
