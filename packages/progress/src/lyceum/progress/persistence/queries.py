"""Progress's read models: rows straight to values."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, select, tuple_

from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.progress.domain.entities import PublishedCourse
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import EnrolmentState, Facts, Position, Standing
from lyceum.progress.models.model import courses, learners
from lyceum.progress.persistence.driver import STANDING_COLUMNS, first_row, standing
from lyceum.runtime.database import Database

STANDING = f"SELECT {STANDING_COLUMNS} FROM progress.learners WHERE user_id = $1 AND course_id = $2"  # noqa: S608 - made of constants
_COURSES = select(courses.c.id, courses.c.structure, courses.c.published_at, courses.c.blocks, courses.c.version).where(
    courses.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
)
_COURSE_IDS = select(courses.c.id).order_by(courses.c.id)
_STANDINGS = select(learners, courses.c.version.label("revision"))
_COURSES_OF = (
    _STANDINGS.join(courses, courses.c.id == learners.c.course_id)
    .where(learners.c.user_id == bindparam("user", type_=Uuid))
    .order_by(learners.c.enrolled_at.desc(), learners.c.course_id.desc())
)
_LEARNERS_OF = (
    _STANDINGS.outerjoin(courses, courses.c.id == learners.c.course_id)
    .where(learners.c.course_id == bindparam("course", type_=Uuid))
    .order_by(learners.c.enrolled_at, learners.c.user_id)
)
_UNFINISHED = _LEARNERS_OF.where(learners.c.state == EnrolmentState.ACTIVE, learners.c.completed_at.is_(None))


class SqlProgressQueries:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def outlines(self, course_ids: Sequence[UUID]) -> list[Outline]:
        return [_course(row).outline() for row in await self._rows(_COURSES, {"ids": list(course_ids)})]

    async def standing(self, user_id: UUID, course_id: UUID) -> Standing | None:
        row = await first_row(self._database, STANDING, user_id, course_id)
        return None if row is None else standing(row)

    async def courses_of(self, user_id: UUID, *, page: PageRequest) -> Page[Standing]:
        statement = _COURSES_OF
        if page.cursor:
            keys = _keys(page.cursor)
            statement = statement.where(tuple_(learners.c.enrolled_at, learners.c.course_id) < keys)
        rows = await self._rows(statement.limit(page.limit + 1), {"user": user_id})
        return _page(rows, page, "course_id")

    async def learners_of(self, course_id: UUID, *, page: PageRequest) -> Page[Standing]:
        return await self._learners(_LEARNERS_OF, course_id, page)

    async def unfinished(self, course_id: UUID, *, page: PageRequest) -> Page[Standing]:
        return await self._learners(_UNFINISHED, course_id, page)

    async def course_ids(self) -> list[UUID]:
        return [row.id for row in await self._rows(_COURSE_IDS, {})]

    async def _learners(self, statement: Select[Any], course_id: UUID, page: PageRequest) -> Page[Standing]:
        if page.cursor:
            keys = _keys(page.cursor)
            statement = statement.where(tuple_(learners.c.enrolled_at, learners.c.user_id) > keys)
        rows = await self._rows(statement.limit(page.limit + 1), {"course": course_id})
        return _page(rows, page, "user_id")

    async def _rows(self, statement: Select[Any], parameters: Mapping[str, Any]) -> Sequence[Any]:
        async with self._database.reading() as connection:
            result = await connection.execute(statement, parameters)
            return list(result.all())


def _keys(cursor: str) -> tuple[datetime, UUID]:
    moment, key = decode_cursor(cursor, datetime, UUID)
    try:
        return moment.astimezone(UTC), key
    except OverflowError as error:
        # The first and last hours of the calendar do not exist in UTC for every offset.
        raise ValidationFailed(errors=[{"pointer": "/cursor", "detail": "not a cursor of this listing"}]) from error


def _course(row: Any) -> PublishedCourse:
    course = PublishedCourse(id=row.id, structure=row.structure, published_at=row.published_at, blocks=row.blocks)
    course.version = row.version
    return course


def _standing(row: Any) -> Standing:
    return Standing(
        user_id=row.user_id,
        course_id=row.course_id,
        state=row.state,
        enrolled_at=row.enrolled_at,
        active_at=row.active_at,
        facts=Facts(row.viewed, row.results),
        position=None
        if row.position_node is None
        else Position(row.position_node, row.position_seconds, row.position_at),
        completed_at=row.completed_at,
        revision=row.revision,
    )


def _page(rows: Sequence[Any], page: PageRequest, key: str) -> Page[Standing]:
    items = [_standing(row) for row in rows[: page.limit]]
    last = items[-1] if len(rows) > page.limit else None
    return Page(items=items, next_cursor=last and encode_cursor(last.enrolled_at.isoformat(), getattr(last, key)))
