"""From an archive to a course: everything that can be interrupted first, then one transaction."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from lyceum.course.domain import policies, values
from lyceum.course.domain.assembling import assemble
from lyceum.course.domain.assets import Asset
from lyceum.course.domain.entities import Course, CourseImport
from lyceum.course.domain.importing import (
    ArchiveFormat,
    CourseReader,
    ImportedAsset,
    ImportedCourse,
    LossItem,
    LossReport,
    Outcome,
    ProblemBlock,
    ReadCourse,
)
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import MAX_SUMMARY, InstructorRole
from lyceum.course.ports import DraftNotReady, ProblemIntake, ProblemReceipt
from lyceum.course.services.authoring import free_slug
from lyceum.course.services.publishing import Publishing
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal

IMPORT_JOB = "course.import"
PROBLEMS_AT_ONCE = 50
ASSETS_AT_ONCE = 8

Report = Callable[[str, int, int], Awaitable[None]]
"""Told how far the work is: stage, done, total."""


class Objects(Protocol):
    """What importing and exporting need of object storage."""

    async def save(self, key: str, content: Path | AsyncIterator[bytes], media_type: str) -> None:
        """Keep an object in place of any with this key."""
        ...

    async def adopt(self, platform_key: str, key: str) -> None:
        """Keep a copy of an object that is in the platform's storage under this full key. Raises `NotFound`."""
        ...

    async def fetch(self, key: str, destination: Path) -> None:
        """Raises `NotFound`."""
        ...

    async def exists(self, key: str) -> bool: ...

    async def remove(self, key: str) -> None:
        """No error where there is none."""
        ...


class Importing:
    """Doing the work again from the beginning, after whatever interruption, leads to the same course.

    Files are kept under the hash of their bytes and problems under import and source, both outside the transaction;
    then course, outline, nodes, files, version and the end of the import appear together, or not at all.
    """

    def __init__(
        self,
        *,
        units: Callable[[], CourseUnit],
        objects: Objects,
        reader: CourseReader,
        problems: ProblemIntake,
        publishing: Publishing,
        clock: Clock,
    ) -> None:
        self._units = units
        self._objects = objects
        self._reader = reader
        self._problems = problems
        self._publishing = publishing
        self._clock = clock

    async def request(
        self,
        principal: Principal,
        *,
        file_name: str,
        content: str | AsyncIterator[bytes],
        format: ArchiveFormat | None = None,
        publish: bool = False,
        organisation_id: UUID | None = None,
    ) -> CourseImport:
        """Keep the archive and enqueue the work. `content` is the archive, or its key in the platform's storage.

        Raises `NotAuthenticated`, `PermissionDenied`.
        """
        caller = principal.require_user()
        principal.require(policies.CREATE, organisation=organisation_id)
        request = CourseImport.request(
            import_id=new_id(),
            requested_by=caller,
            organisation_id=organisation_id,
            file_name=file_name,
            format=format,
            publish=publish,
            now=self._clock.now(),
        )
        if isinstance(content, str):
            await self._objects.adopt(content, request.archive_key)
        else:
            await self._objects.save(request.archive_key, content, "application/octet-stream")
        try:
            async with self._units() as unit:
                unit.imports.add(request)
                await unit.defer(IMPORT_JOB, import_id=str(request.id))
                await unit.commit()
        except BaseException:
            await self._objects.remove(request.archive_key)
            raise
        return request

    async def run(self, import_id: UUID, *, report: Report, last_attempt: bool) -> None:
        """The background half. Refused archives end the import as failed; other faults do so at the last attempt."""
        async with self._units() as unit:
            request = await unit.imports.get(import_id)
            if not request.ended:
                request.start()
                await unit.commit()
        if request.ended:
            await self._objects.remove(request.archive_key)
            return
        try:
            with tempfile.TemporaryDirectory(prefix="lyceum-import-") as folder:
                await self._import(request, Path(folder), report)
        except LyceumError as error:
            if error.status >= 500 and not last_attempt:
                raise
            await self._fail(request, error)
        except Exception:
            if last_attempt:
                await self._fail(request, LyceumError("The import failed for a reason of ours"))
            raise
        await self._objects.remove(request.archive_key)

    async def _import(self, request: CourseImport, folder: Path, report: Report) -> None:
        archive = folder / "archive"
        await self._objects.fetch(request.archive_key, archive)
        read = await self._read(archive, folder / "files", request.format, report)
        assets = await self._keep_assets(read.assets, request, report)
        receipts = await self._take_in_problems(read.course, request, report)
        await report("saving", 0, 1)
        await self._save(request, read, assets, receipts)
        await report("saving", 1, 1)

    async def _read(
        self,
        archive: Path,
        folder: Path,
        format: ArchiveFormat | None,
        report: Report,
    ) -> ReadCourse:
        """Reading keeps the processor busy, so it has a thread of its own; its progress comes back to the loop."""
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(folder.mkdir)
        latest: tuple[str, int, int] | None = None
        changed = asyncio.Event()

        def note(stage: str, done: int, total: int, /) -> None:
            nonlocal latest
            latest = (stage, done, total)
            loop.call_soon_threadsafe(changed.set)

        async def pass_on() -> None:
            while True:
                await changed.wait()
                changed.clear()
                if latest is not None:
                    await report(*latest)

        passing = asyncio.create_task(pass_on())
        try:
            return await asyncio.to_thread(self._reader.read, archive, folder=folder, format=format, progress=note)
        finally:
            passing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await passing

    async def _keep_assets(self, assets: Sequence[ImportedAsset], request: CourseImport, report: Report) -> list[Asset]:
        now = self._clock.now()
        kept: list[Asset] = []
        for start in range(0, len(assets), ASSETS_AT_ONCE):
            batch = assets[start : start + ASSETS_AT_ONCE]
            await asyncio.gather(*(self._keep(asset) for asset in batch))
            kept.extend(
                Asset(
                    path=asset.path,
                    media_type=asset.media_type,
                    size=asset.size,
                    sha256=asset.sha256,
                    uploaded_at=now,
                    uploaded_by=request.requested_by,
                )
                for asset in batch
            )
            await report("files", len(kept), len(assets))
        return kept

    async def _keep(self, asset: ImportedAsset) -> None:
        key = f"assets/{asset.sha256}"
        if not await self._objects.exists(key):
            await self._objects.save(key, _chunks(asset), asset.media_type)

    async def _take_in_problems(
        self, course: ImportedCourse, request: CourseImport, report: Report
    ) -> list[ProblemReceipt]:
        problems = [block.problem for block in course.blocks() if isinstance(block, ProblemBlock)]
        receipts: list[ProblemReceipt] = []
        for start in range(0, len(problems), PROBLEMS_AT_ONCE):
            batch = problems[start : start + PROBLEMS_AT_ONCE]
            receipts.extend(
                await self._problems.take_in(course_id=request.course_id, import_id=request.id, problems=batch)
            )
            await report("problems", len(receipts), len(problems))
        return receipts

    async def _save(
        self,
        request: CourseImport,
        read: ReadCourse,
        assets: Sequence[Asset],
        receipts: Sequence[ProblemReceipt],
    ) -> None:
        now = self._clock.now()
        quizzes = {receipt.source: receipt.quiz_id for receipt in receipts if receipt.quiz_id is not None}
        assembled = assemble(read.course, course_id=request.course_id, quizzes=quizzes, now=now)
        report = with_receipts(read.report, receipts)
        async with self._units() as unit:
            record = await unit.imports.get(request.id)
            if record.ended:
                return
            course = Course.create(
                course_id=request.course_id,
                title=read.course.title,
                slug=await free_slug(unit, read.course.title),
                language=_language(read.course),
                summary=read.course.summary[:MAX_SUMMARY],
                description_html=read.course.description_html,
                image=read.course.image,
                licence=read.course.licence,
                organisation_id=request.organisation_id,
                created_by=request.requested_by,
                now=now,
            )
            unit.courses.add(course)
            unit.drafts.add(assembled.draft)
            for node in assembled.nodes:
                unit.nodes.add(node)
            await unit.instructors.appoint(request.requested_by, course.id, InstructorRole.OWNER)
            await unit.assets.put(course.id, assets)
            if request.publish:
                nodes = {node.id: node for node in assembled.nodes}
                try:
                    await self._publishing.release(
                        unit, course, assembled.draft, nodes, by=request.requested_by, note="Imported"
                    )
                except DraftNotReady as error:
                    # The course is there to be mended; only publishing has to wait.
                    report = report.with_items([_not_published(request, error)])
            record.succeed(report=report.model_dump(mode="json"), format=read.format, now=now)
            await unit.commit()

    async def _fail(self, request: CourseImport, error: LyceumError) -> None:
        await self._problems.discard(import_id=request.id)
        async with self._units() as unit:
            record = await unit.imports.get(request.id)
            if not record.ended:
                record.fail(problem=problem_document(error), now=self._clock.now())
                await unit.commit()


def with_receipts(report: LossReport, receipts: Sequence[ProblemReceipt]) -> LossReport:
    """The report with what became of the problems and of the items in them."""
    items: list[LossItem] = []
    for receipt in receipts:
        outcomes = [Outcome(outcome.outcome) for outcome in receipt.outcomes]
        lost = [outcome for outcome in receipt.outcomes if outcome.outcome != "imported"]
        reason = "; ".join(dict.fromkeys(outcome.reason for outcome in lost if outcome.reason))
        if receipt.quiz_id is None:
            report = report.with_fate(
                kind="problem",
                source=receipt.source,
                outcome=Outcome.DROPPED,
                reason=reason or "Nothing of it was kept",
            )
        elif any(outcome is not Outcome.IMPORTED for outcome in outcomes):
            report = report.with_fate(kind="problem", source=receipt.source, outcome=Outcome.CHANGED, reason=reason)
        items.extend(
            LossItem(source=each.source, kind=each.kind, outcome=Outcome(each.outcome), reason=each.reason)
            for each in receipt.outcomes
        )
    return report.with_items(items)


def problem_document(error: LyceumError) -> dict[str, Any]:
    """The error as it would be told over HTTP (RFC 9457)."""
    extensions: Mapping[str, Any] = error.extensions
    return {
        **extensions,
        "type": f"urn:lyceum:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
    }


def _not_published(request: CourseImport, error: DraftNotReady) -> LossItem:
    details = "; ".join(str(finding["detail"]) for finding in error.extensions.get("findings", []))
    return LossItem(
        source=str(request.course_id),
        kind="course",
        outcome=Outcome.CHANGED,
        reason=f"Kept as a draft: {details}",
    )


def _language(course: ImportedCourse) -> str:
    try:
        return values.language(course.language or "en")
    except LyceumError:
        return "en"


async def _chunks(asset: ImportedAsset) -> AsyncIterator[bytes]:
    with asset.open() as stream:
        while chunk := await asyncio.to_thread(stream.read, 1024 * 1024):
            yield chunk
