"""Course's read models: rows straight to DTOs or to bytes."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

import orjson
from sqlalchemy import Select, Text, Uuid, and_, bindparam, false, or_, select, true, tuple_
from sqlalchemy.sql import ColumnElement

from lyceum.course.domain.queries import CourseFacts
from lyceum.course.domain.tags import structure_tag
from lyceum.course.domain.values import CourseState
from lyceum.course.domain.versions import PublishedBlock
from lyceum.course.models.model import courses, enrolments, instructors, version_blocks, versions
from lyceum.course.persistence.cursors import moment_and_id, version_number
from lyceum.course.persistence.structures import LIFETIME
from lyceum.course.ports import CourseStructure, EnrolmentSummary
from lyceum.course.schemas.internal import CourseView, EnrolmentView, MyEnrolment, VersionView
from lyceum.kernel.pagination import Page, PageRequest, encode_cursor
from lyceum.runtime.cache import Cache, CacheMark, kept
from lyceum.runtime.database import Database

_CARD = (
    courses.c.id,
    courses.c.slug,
    courses.c.title,
    courses.c.summary,
    courses.c.language,
    courses.c.image,
    courses.c.organisation_id,
    courses.c.published_at,
)
_CATALOGUE = (
    select(*_CARD)
    .where(courses.c.listed, courses.c.state == CourseState.PUBLISHED)
    .order_by(courses.c.published_at.desc(), courses.c.id.desc())
    .limit(bindparam("most"))
)
_CATALOGUE_AFTER = _CATALOGUE.where(
    tuple_(courses.c.published_at, courses.c.id) < tuple_(bindparam("after_time"), bindparam("after_id", type_=Uuid))
)
# The page that everybody sees first, and those after it, go straight to the driver. The state is a literal, so that the
# server always sees that the index of the catalogue fits.
_CARDS = """
SELECT id, slug, title, summary, language, image, organisation_id, published_at FROM course.courses
WHERE listed AND state = 'published' {after} ORDER BY published_at DESC, id DESC LIMIT $1
"""
_ALL_CARDS = _CARDS.format(after="")
_ALL_CARDS_AFTER = _CARDS.format(after="AND (published_at, id) < ($2, $3)")
_COURSE_PAGE = select(*_CARD, courses.c.description_html, courses.c.licence).where(
    courses.c.slug == bindparam("slug"), courses.c.state == CourseState.PUBLISHED
)
_FACTS = (
    select(
        courses.c.id,
        courses.c.slug,
        courses.c.organisation_id,
        courses.c.state,
        courses.c.published_number.label("number"),
        courses.c.published_at,
        instructors.c.role.label("instructor_role"),
        enrolments.c.state.label("enrolment_state"),
    )
    .select_from(courses)
    .outerjoin(
        instructors,
        and_(instructors.c.course_id == courses.c.id, instructors.c.user_id == bindparam("user", type_=Uuid)),
    )
    .outerjoin(
        enrolments,
        and_(enrolments.c.course_id == courses.c.id, enrolments.c.user_id == bindparam("user", type_=Uuid)),
    )
    .where(courses.c.id == bindparam("course", type_=Uuid))
)
_THIS_VERSION = and_(versions.c.course_id == bindparam("course", type_=Uuid), versions.c.number == bindparam("number"))
_STRUCTURE = select(versions.c.structure.cast(Text)).where(_THIS_VERSION)
_BLOCKS = (
    select(version_blocks)
    .where(
        version_blocks.c.course_id == bindparam("course", type_=Uuid),
        version_blocks.c.number == bindparam("number"),
        version_blocks.c.page_id == bindparam("page", type_=Uuid),
    )
    .order_by(version_blocks.c.position)
)
_VERSIONS = (
    select(
        versions.c.number,
        versions.c.title,
        versions.c.content_hash,
        versions.c.note,
        versions.c.restored_from,
        versions.c.published_at,
        versions.c.published_by,
        courses.c.published_number,
    )
    .join(courses, courses.c.id == versions.c.course_id)
    .where(versions.c.course_id == bindparam("course", type_=Uuid))
    .order_by(versions.c.number.desc())
)
_ENROLMENT = select(enrolments).where(
    enrolments.c.user_id == bindparam("user", type_=Uuid), enrolments.c.course_id == bindparam("course", type_=Uuid)
)
_MY_ENROLMENTS = (
    select(enrolments, courses.c.slug, courses.c.title, courses.c.image)
    .join(courses, courses.c.id == enrolments.c.course_id)
    .where(enrolments.c.user_id == bindparam("user", type_=Uuid))
    .order_by(enrolments.c.enrolled_at.desc(), enrolments.c.id.desc())
)
_COURSE_ENROLMENTS = (
    select(enrolments)
    .where(enrolments.c.course_id == bindparam("course", type_=Uuid))
    .order_by(enrolments.c.enrolled_at.desc(), enrolments.c.id.desc())
)


class SqlCourseQueries:
    def __init__(self, database: Database, structures: Cache[bytes]) -> None:
        self._database = database
        self._structures = structures

    async def catalogue(
        self, *, page: PageRequest, text: str | None, language: str | None, organisation: UUID | None
    ) -> bytes:
        after = moment_and_id(page.cursor) if page.cursor else ()
        rows: Sequence[Any]
        if text or language or organisation:
            rows = await self._found_cards(page.limit + 1, after, text, language, organisation)
        else:
            rows = await self._database.fetch(_ALL_CARDS_AFTER if after else _ALL_CARDS, page.limit + 1, *after)
        shown = rows[: page.limit]
        cursor = None
        if len(rows) > page.limit:
            cursor = encode_cursor(shown[-1][-1].isoformat(), shown[-1][0])
        items = [
            {
                "id": str(course_id),
                "slug": slug,
                "title": title,
                "summary": summary,
                "language": tongue,
                "image": image_address(course_id, image),
                "organisation_id": organisation_id and str(organisation_id),
                "published_at": published_at,
            }
            for course_id, slug, title, summary, tongue, image, organisation_id, published_at in shown
        ]
        return orjson.dumps({"items": items, "next_cursor": cursor}, option=orjson.OPT_UTC_Z)

    async def catalogue_course(self, slug: str) -> dict[str, Any] | None:
        rows = await self._rows(_COURSE_PAGE, {"slug": slug})
        if not rows:
            return None
        return {**rows[0], "image": image_address(rows[0]["id"], rows[0]["image"]), "open_for_enrolment": True}

    async def authored(
        self,
        *,
        page: PageRequest,
        user_id: UUID,
        everything: bool,
        organisations: frozenset[UUID],
        ids: frozenset[UUID],
    ) -> Page[CourseView]:
        table = courses
        own = select(instructors.c.course_id).where(instructors.c.user_id == user_id)
        mine: ColumnElement[bool] = or_(
            true() if everything else false(),
            table.c.id.in_(own),
            table.c.organisation_id.in_(organisations) if organisations else false(),
            table.c.id.in_(ids) if ids else false(),
        )
        statement = select(table).where(mine).order_by(table.c.created_at.desc(), table.c.id.desc())
        if page.cursor:
            keys = moment_and_id(page.cursor)
            statement = statement.where(tuple_(table.c.created_at, table.c.id) < keys)
        rows = await self._rows(statement.limit(page.limit + 1), {})
        items = [CourseView.model_validate({**row, "state": row["state"].value}) for row in rows[: page.limit]]
        last = items[-1] if len(rows) > page.limit else None
        return Page(items=items, next_cursor=last and encode_cursor(last.created_at.isoformat(), last.id))

    async def facts(self, course_id: UUID, user_id: UUID | None) -> CourseFacts | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(_FACTS, {"course": course_id, "user": user_id})).one_or_none()
        return None if row is None else CourseFacts(**row._mapping)

    async def structure(self, course_id: UUID, number: int) -> CourseStructure | None:
        found = await self.structure_json(course_id, number)
        return None if found is None else CourseStructure.model_validate_json(found)

    async def structure_json(self, course_id: UUID, number: int) -> bytes | None:
        # A version never changes. It has a tag for the day when the database is put back to an earlier state, and
        # another version gets the number.
        mark = CacheMark(LIFETIME, (structure_tag(course_id),))
        key = b"%b/%d" % (course_id.bytes, number)
        return await kept(self._structures, key, mark, lambda: self._read_structure(course_id, number))

    async def _read_structure(self, course_id: UUID, number: int) -> bytes | None:
        async with self._database.reading() as connection:
            found = await connection.execute(_STRUCTURE, {"course": course_id, "number": number})
            text: str | None = found.scalar_one_or_none()
        return None if text is None else text.encode()

    async def page_blocks(self, course_id: UUID, number: int, page_id: UUID) -> list[PublishedBlock]:
        rows = await self._rows(_BLOCKS, {"course": course_id, "number": number, "page": page_id})
        return [PublishedBlock.model_validate(row) for row in rows]

    async def versions(self, course_id: UUID, *, page: PageRequest) -> Page[VersionView]:
        statement = _VERSIONS
        if page.cursor:
            statement = statement.where(versions.c.number < version_number(page.cursor))
        rows = await self._rows(statement.limit(page.limit + 1), {"course": course_id})
        items = [
            VersionView.model_validate({**row, "current": row["number"] == row["published_number"]})
            for row in rows[: page.limit]
        ]
        last = items[-1] if len(rows) > page.limit else None
        return Page(items=items, next_cursor=last and encode_cursor(last.number))

    async def enrolment(self, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None:
        rows = await self._rows(_ENROLMENT, {"user": user_id, "course": course_id})
        return EnrolmentSummary.model_validate({**rows[0], "state": rows[0]["state"].value}) if rows else None

    async def my_enrolments(self, user_id: UUID, *, page: PageRequest) -> Page[MyEnrolment]:
        rows = await self._latest_first(_MY_ENROLMENTS, {"user": user_id}, page)
        items = [
            MyEnrolment.model_validate({**row, "image": image_address(row["course_id"], row["image"])})
            for row in rows[: page.limit]
        ]
        return Page(items=items, next_cursor=_after(rows, page))

    async def course_enrolments(self, course_id: UUID, *, page: PageRequest) -> Page[EnrolmentView]:
        rows = await self._latest_first(_COURSE_ENROLMENTS, {"course": course_id}, page)
        items = [EnrolmentView.model_validate(row) for row in rows[: page.limit]]
        return Page(items=items, next_cursor=_after(rows, page))

    async def _latest_first(
        self, statement: Select[Any], parameters: Mapping[str, Any], page: PageRequest
    ) -> Sequence[Mapping[str, Any]]:
        if page.cursor:
            keys = moment_and_id(page.cursor)
            statement = statement.where(tuple_(enrolments.c.enrolled_at, enrolments.c.id) < keys)
        rows = await self._rows(statement.limit(page.limit + 1), parameters)
        return [{**row, "state": row["state"].value} for row in rows]

    async def _found_cards(
        self, most: int, after: Sequence[Any], text: str | None, language: str | None, organisation: UUID | None
    ) -> Sequence[Any]:
        statement = _CATALOGUE
        parameters: dict[str, Any] = {"most": most}
        if after:
            statement = _CATALOGUE_AFTER
            parameters |= {"after_time": after[0], "after_id": after[1]}
        if text:
            pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            statement = statement.where(or_(courses.c.title.ilike(pattern), courses.c.summary.ilike(pattern)))
        if language:
            statement = statement.where(courses.c.language == language)
        if organisation:
            statement = statement.where(courses.c.organisation_id == organisation)
        async with self._database.reading() as connection:
            return (await connection.execute(statement, parameters)).all()

    async def _rows(self, statement: Select[Any], parameters: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        async with self._database.reading() as connection:
            return [dict(row) for row in (await connection.execute(statement, parameters)).mappings()]


def image_address(course_id: UUID, path: str | None) -> str | None:
    """Where a browser finds the image of a course."""
    return None if path is None else f"/api/v1/courses/{course_id}/assets/{quote(path)}"


def _after(rows: Sequence[Mapping[str, Any]], page: PageRequest) -> str | None:
    if len(rows) <= page.limit:
        return None
    last = rows[page.limit - 1]
    return encode_cursor(last["enrolled_at"].isoformat(), last["id"])
