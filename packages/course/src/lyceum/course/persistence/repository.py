"""The repositories on SQLAlchemy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ForUpdateArg

from lyceum.course.domain.assets import Asset
from lyceum.course.domain.entities import Course, CourseExport, CourseImport, Draft, Enrolment, Node
from lyceum.course.domain.values import InstructorRole
from lyceum.course.domain.versions import CourseVersion, PublishedBlock
from lyceum.course.models import model
from lyceum.course.ports import CourseNotFound, ExportNotFound, ImportNotFound, NodeNotFound, VersionNotFound
from lyceum.course.ports.structure import CourseStructure


class SqlCourses:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, course_id: UUID) -> Course:
        course = await self._session.get(Course, course_id)
        if course is None:
            raise CourseNotFound()
        return course

    async def slug_taken(self, slug: str) -> bool:
        return (await self._session.execute(select(exists().where(model.courses.c.slug == slug)))).scalar_one()

    def add(self, course: Course) -> None:
        self._session.add(course)


class SqlInstructors:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._table = model.instructors

    async def role_of(self, user_id: UUID, course_id: UUID) -> InstructorRole | None:
        table = self._table
        found = await self._session.execute(
            select(table.c.role).where(table.c.user_id == user_id, table.c.course_id == course_id)
        )
        return found.scalar_one_or_none()

    async def of_course(self, course_id: UUID, *, to_change: bool = False) -> Mapping[UUID, InstructorRole]:
        table = self._table
        statement = select(table.c.user_id, table.c.role).where(table.c.course_id == course_id)
        statement = statement.order_by(table.c.user_id)
        rows = await self._session.execute(statement.with_for_update() if to_change else statement)
        return {row.user_id: row.role for row in rows}

    async def appoint(self, user_id: UUID, course_id: UUID, role: InstructorRole) -> None:
        table = self._table
        await self._session.execute(
            postgresql.insert(table)
            .values(user_id=user_id, course_id=course_id, role=role)
            .on_conflict_do_update(index_elements=[table.c.course_id, table.c.user_id], set_={"role": role})
        )

    async def dismiss(self, user_id: UUID, course_id: UUID) -> None:
        table = self._table
        await self._session.execute(delete(table).where(table.c.user_id == user_id, table.c.course_id == course_id))


class SqlDrafts:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, course_id: UUID) -> Draft:
        return await self._locked(course_id, ForUpdateArg(read=True))

    async def get_to_change(self, course_id: UUID) -> Draft:
        return await self._locked(course_id, ForUpdateArg(key_share=True))

    async def _locked(self, course_id: UUID, lock: ForUpdateArg) -> Draft:
        draft = await self._session.get(Draft, course_id, with_for_update=lock)
        if draft is None:
            raise CourseNotFound()
        return draft

    def add(self, draft: Draft) -> None:
        self._session.add(draft)


class SqlNodes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, course_id: UUID, node_id: UUID) -> Node:
        node = await self._session.get(Node, node_id)
        if node is None or node.course_id != course_id:
            raise NodeNotFound()
        return node

    async def of_course(self, course_id: UUID) -> Mapping[UUID, Node]:
        found = await self._session.execute(select(Node).where(model.nodes.c.course_id == course_id))
        return {node.id: node for node in found.scalars()}

    def add(self, node: Node) -> None:
        self._session.add(node)

    async def remove(self, course_id: UUID, node_ids: Iterable[UUID]) -> None:
        table = model.nodes
        await self._session.execute(delete(table).where(table.c.course_id == course_id, table.c.id.in_(list(node_ids))))


class SqlVersions:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, course_id: UUID, number: int) -> CourseVersion:
        table, blocks = model.versions, model.version_blocks
        found = await self._session.execute(
            select(table).where(table.c.course_id == course_id, table.c.number == number)
        )
        row = found.mappings().one_or_none()
        if row is None:
            raise VersionNotFound()
        held = await self._session.execute(
            select(blocks)
            .where(blocks.c.course_id == course_id, blocks.c.number == number)
            .order_by(blocks.c.page_id, blocks.c.position)
        )
        return CourseVersion(
            **{
                **row,
                "structure": CourseStructure.model_validate(row["structure"]),
                "blocks": tuple(_block(block) for block in held.mappings()),
            }
        )

    async def add(self, version: CourseVersion) -> None:
        await self._session.execute(
            insert(model.versions).values(
                course_id=version.course_id,
                number=version.number,
                title=version.title,
                content_hash=version.content_hash,
                structure=version.structure.model_dump(mode="json"),
                hashes=dict(version.hashes),
                note=version.note,
                restored_from=version.restored_from,
                published_at=version.published_at,
                published_by=version.published_by,
            )
        )
        rows = [
            {**block.model_dump(exclude={"content"}), "content": block.content.model_dump(mode="json")}
            | {"course_id": version.course_id, "number": version.number}
            for block in version.blocks
        ]
        if rows:
            await self._session.execute(insert(model.version_blocks), rows)


class SqlAssets:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._table = model.assets

    async def find(self, course_id: UUID, path: str) -> Asset | None:
        table = self._table
        found = await self._session.execute(select(table).where(table.c.course_id == course_id, table.c.path == path))
        row = found.mappings().one_or_none()
        return _asset(row) if row else None

    async def of_course(self, course_id: UUID) -> Sequence[Asset]:
        table = self._table
        found = await self._session.execute(select(table).where(table.c.course_id == course_id).order_by(table.c.path))
        return [_asset(row) for row in found.mappings()]

    async def put(self, course_id: UUID, assets: Iterable[Asset]) -> None:
        table = self._table
        statement = postgresql.insert(table)
        fields = ("media_type", "size", "sha256", "uploaded_at", "uploaded_by")
        statement = statement.on_conflict_do_update(
            index_elements=[table.c.course_id, table.c.path],
            set_={field: statement.excluded[field] for field in fields},
        )
        rows = [
            {"course_id": course_id, "path": asset.path, **{field: getattr(asset, field) for field in fields}}
            for asset in assets
        ]
        if rows:
            await self._session.execute(statement, rows)

    async def remove(self, course_id: UUID, path: str) -> bool:
        table = self._table
        removed = await self._session.execute(
            delete(table).where(table.c.course_id == course_id, table.c.path == path).returning(table.c.path)
        )
        return removed.scalar_one_or_none() is not None


class SqlEnrolments:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, course_id: UUID, user_id: UUID) -> Enrolment | None:
        table = model.enrolments
        found = await self._session.execute(
            select(Enrolment).where(table.c.course_id == course_id, table.c.user_id == user_id)
        )
        return found.scalar_one_or_none()

    def add(self, enrolment: Enrolment) -> None:
        self._session.add(enrolment)


class SqlImports:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, import_id: UUID) -> CourseImport:
        found = await self._session.get(CourseImport, import_id)
        if found is None:
            raise ImportNotFound()
        return found

    def add(self, request: CourseImport) -> None:
        self._session.add(request)


class SqlExports:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, export_id: UUID) -> CourseExport:
        found = await self._session.get(CourseExport, export_id)
        if found is None:
            raise ExportNotFound()
        return found

    def add(self, request: CourseExport) -> None:
        self._session.add(request)


def _block(row: Mapping[Any, Any]) -> PublishedBlock:
    return PublishedBlock.model_validate({name: row[name] for name in PublishedBlock.model_fields})


def _asset(row: Mapping[Any, Any]) -> Asset:
    return Asset(
        path=row["path"],
        media_type=row["media_type"],
        size=row["size"],
        sha256=row["sha256"],
        uploaded_at=row["uploaded_at"],
        uploaded_by=row["uploaded_by"],
    )
