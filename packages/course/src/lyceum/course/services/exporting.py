"""From a draft to an archive that imports as the same course."""

import asyncio
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from lyceum.course.domain.assembling import disassemble
from lyceum.course.domain.assets import Asset, asset_key
from lyceum.course.domain.content import Problem
from lyceum.course.domain.entities import Course, CourseExport, Node
from lyceum.course.domain.importing import CourseWriter, ImportedAsset, ImportedCourse
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.ports import ForeignProblem, ProblemIntake
from lyceum.course.services.authority import course_to_author
from lyceum.course.services.importing import PROBLEMS_AT_ONCE
from lyceum.course.services.objects import Objects, Report
from lyceum.course.services.problem_documents import problem_document
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.principal import Principal

EXPORT_JOB = "course.export"


class Exporting:
    def __init__(
        self,
        *,
        units: Callable[[], CourseUnit],
        objects: Objects,
        writer: CourseWriter,
        problems: ProblemIntake,
        clock: Clock,
    ) -> None:
        self._units = units
        self._objects = objects
        self._writer = writer
        self._problems = problems
        self._clock = clock

    async def request(self, principal: Principal, course_id: UUID) -> CourseExport:
        """Enqueue the work. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
        caller = principal.require_user()
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            request = CourseExport.request(course_id=course_id, requested_by=caller, now=self._clock.now())
            unit.exports.add(request)
            await unit.defer(EXPORT_JOB, export_id=str(request.id))
            await unit.commit()
        return request

    async def run(self, export_id: UUID, *, report: Report, last_attempt: bool) -> None:
        """The background half."""
        async with self._units() as unit:
            request = await unit.exports.get(export_id)
            if request.ended:
                return
            request.start()
            await unit.commit()
        try:
            content_hash = await self._export(request, report)
        except Exception as error:
            if last_attempt:
                await self._objects.remove(request.archive_key)
                ours = LyceumError("The export failed for a reason of ours")
                await self._end(request, problem=error if isinstance(error, LyceumError) else ours)
            raise
        await self._end(request, content_hash=content_hash)

    async def _export(self, request: CourseExport, report: Report) -> str:
        async with self._units() as unit:
            course = await unit.courses.get(request.course_id)
            draft = await unit.drafts.get(request.course_id)
            nodes = await unit.nodes.of_course(request.course_id)
            assets = await unit.assets.of_course(request.course_id)
        problems = await self._give_out(request.course_id, nodes.values(), report)
        described = disassemble(_described(course), draft=draft, nodes=nodes, problems=problems)
        with tempfile.TemporaryDirectory(prefix="lyceum-export-") as folder:
            files = await self._fetch(request.course_id, assets, Path(folder), report)
            archive = Path(folder) / "archive"
            content_hash = await asyncio.to_thread(self._writer.write, described, files, archive)
            await self._objects.save(request.archive_key, archive, "application/zip")
        return content_hash

    async def _give_out(self, course_id: UUID, nodes: Iterable[Node], report: Report) -> dict[UUID, ForeignProblem]:
        wanted = [node.content.quiz_id for node in nodes if isinstance(node.content, Problem) and node.content.quiz_id]
        found: dict[UUID, ForeignProblem] = {}
        for start in range(0, len(wanted), PROBLEMS_AT_ONCE):
            batch = wanted[start : start + PROBLEMS_AT_ONCE]
            given = await self._problems.give_out(course_id=course_id, quiz_ids=batch)
            found.update({UUID(problem.source): problem for problem in given})
            await report("problems", start + len(batch), len(wanted))
        return found

    async def _fetch(
        self, course_id: UUID, assets: Iterable[Asset], folder: Path, report: Report
    ) -> list[ImportedAsset]:
        listed = list(assets)
        digests = sorted({asset.sha256 for asset in listed})
        for number, digest in enumerate(digests, 1):
            await self._objects.fetch(asset_key(course_id, digest), folder / digest)
            await report("files", number, len(digests))
        return [
            ImportedAsset(
                path=asset.path,
                media_type=asset.media_type,
                size=asset.size,
                sha256=asset.sha256,
                open=partial(_open, folder / asset.sha256),
            )
            for asset in listed
        ]

    async def _end(
        self, request: CourseExport, *, content_hash: str | None = None, problem: LyceumError | None = None
    ) -> None:
        now = self._clock.now()
        async with self._units() as unit:
            record = await unit.exports.get(request.id)
            if record.ended:
                return
            if problem is not None:
                record.fail(problem=problem_document(problem), now=now)
            elif content_hash is not None:
                record.succeed(content_hash=content_hash, now=now)
            await unit.commit()


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _described(course: Course) -> ImportedCourse:
    return ImportedCourse(
        title=course.title,
        language=course.language,
        summary=course.summary,
        description_html=course.description_html,
        licence=course.licence,
        image=course.image,
    )
