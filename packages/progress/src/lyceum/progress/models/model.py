"""The tables of progress, and the imperative mapping of its aggregates."""

from sqlalchemy import ARRAY, CheckConstraint, Column, DateTime, Enum, Index, Integer, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry

from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.domain.values import EnrolmentState
from lyceum.progress.models.columns import NumberSet, StructureDocument
from lyceum.runtime.database import module_metadata
from lyceum.runtime.events import event_tables

metadata = module_metadata("progress")
tables = event_tables(metadata)
mapping = registry(metadata=metadata)

courses = Table(
    "courses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("structure", StructureDocument, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("blocks", ARRAY(Uuid), nullable=False),
    Column("version", Integer, nullable=False),
)

# One row has all that is known of a learner in a course: it is read with one look-up, a heartbeat is one small update,
# and whoever updates it sees what everybody before did. No index has a column that heartbeats change, and pages keep
# room for the next version of a row, so that those updates touch no index.
learners = Table(
    "learners",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("course_id", Uuid, primary_key=True),
    Column(
        "state",
        Enum(
            EnrolmentState,
            native_enum=False,
            length=20,
            values_callable=lambda members: [member.value for member in members],
        ),
        nullable=False,
    ),
    Column("enrolled_at", DateTime(timezone=True), nullable=False),
    Column("active_at", DateTime(timezone=True), nullable=False),
    Column("viewed", NumberSet, nullable=False),
    Column("results", JSONB, nullable=False),
    Column("position_node", Uuid),
    Column("position_seconds", Integer),
    Column("position_at", DateTime(timezone=True)),
    Column("completed_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    CheckConstraint("(position_node IS NULL) = (position_at IS NULL)", name="position"),
    Index("ix_learners_course_id", "course_id", "enrolled_at", "user_id"),
    postgresql_with={"fillfactor": 80},
)

mapping.map_imperatively(PublishedCourse, courses, version_id_col=courses.c.version)
mapping.map_imperatively(CourseProgress, learners, version_id_col=learners.c.version)
