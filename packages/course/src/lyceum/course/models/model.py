"""The tables of course, and the imperative mapping of its aggregates."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from lyceum.course.domain.content import BlockContent
from lyceum.course.domain.entities import Course, CourseExport, CourseImport, Draft, Enrolment, Node, TransferState
from lyceum.course.domain.importing import ArchiveFormat
from lyceum.course.domain.values import CourseState, EnrolmentState, InstructorRole, NodeVisibility
from lyceum.course.ports.structure import CompletionRule
from lyceum.runtime.columns import Value, text_enum
from lyceum.runtime.database import module_metadata
from lyceum.runtime.events import event_tables

metadata = module_metadata("course")
tables = event_tables(metadata)
mapping = registry(metadata=metadata)


class Ids(TypeDecorator[tuple[UUID, ...]]):
    """A tuple of ids, kept as an array."""

    impl = ARRAY(Uuid)
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[UUID, ...]:
        return tuple(value or ())


def _course_id(**options: Any) -> Column[UUID]:
    return Column("course_id", Uuid, _course(), **options)


def _course() -> ForeignKey:
    # Looked at when the transaction commits: a new course and what belongs to it may come in any order.
    return ForeignKey("course.courses.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")


courses = Table(
    "courses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid),
    Column("slug", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("description_html", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("image", Text),
    Column("licence", Text),
    Column("listed", Boolean, nullable=False),
    Column("state", text_enum(CourseState), nullable=False),
    Column("published_number", Integer),
    Column("latest_number", Integer, nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("created_by", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Index(
        "ix_courses_catalogue",
        text("published_at DESC"),
        text("id DESC"),
        postgresql_where=text("listed AND state = 'published'"),
    ),
    Index("ix_courses_title_trgm", "title", postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}),
    Index("ix_courses_created_at", "created_at", "id"),
)

instructors = Table(
    "instructors",
    metadata,
    _course_id(primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("role", text_enum(InstructorRole), nullable=False),
    Index("ix_instructors_user_id", "user_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Uuid, _course(), primary_key=True),
    Column("tree", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
)

nodes = Table(
    "nodes",
    metadata,
    Column("id", Uuid, primary_key=True),
    _course_id(nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text),
    Column("visibility", text_enum(NodeVisibility), nullable=False),
    Column("optional", Boolean, nullable=False),
    Column("graded", Boolean, nullable=False),
    Column("completion", Value(TypeAdapter(CompletionRule)), nullable=False),
    Column("requires", Ids, nullable=False),
    Column("available_from", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("content", Value(TypeAdapter(BlockContent))),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_nodes_course_id", "course_id"),
)

versions = Table(
    "versions",
    metadata,
    _course_id(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("structure", JSONB, nullable=False),
    Column("hashes", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("restored_from", Integer),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("published_by", Uuid, nullable=False),
)

version_blocks = Table(
    "version_blocks",
    metadata,
    _course_id(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("page_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("optional", Boolean, nullable=False),
    Column("content", JSONB, nullable=False),
    Index("ix_version_blocks_page_id", "course_id", "number", "page_id", "position"),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Uuid, primary_key=True),
    _course_id(nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("state", text_enum(EnrolmentState), nullable=False),
    Column("enrolled_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("completed_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Index("uq_enrolments_course_id_user_id", "course_id", "user_id", unique=True),
    Index("ix_enrolments_user_id", "user_id", "enrolled_at", "id"),
)

assets = Table(
    "assets",
    metadata,
    _course_id(primary_key=True),
    Column("path", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False),
    Column("uploaded_by", Uuid, nullable=False),
    Index("ix_assets_sha256", "sha256"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("course_id", Uuid, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("organisation_id", Uuid),
    Column("file_name", Text, nullable=False),
    Column("format", text_enum(ArchiveFormat)),
    Column("publish", Boolean, nullable=False),
    Column("state", text_enum(TransferState), nullable=False),
    Column("report", JSONB(none_as_null=True)),
    Column("problem", JSONB(none_as_null=True)),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Index("ix_imports_requested_by", "requested_by", "requested_at", "id"),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Uuid, primary_key=True),
    _course_id(nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("state", text_enum(TransferState), nullable=False),
    Column("content_hash", Text),
    Column("problem", JSONB(none_as_null=True)),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Index("ix_exports_course_id", "course_id", "requested_at"),
)

for aggregate, table in (
    (Course, courses),
    (Draft, drafts),
    (Node, nodes),
    (Enrolment, enrolments),
    (CourseImport, imports),
    (CourseExport, exports),
):
    mapping.map_imperatively(aggregate, table, version_id_col=table.c.version)
