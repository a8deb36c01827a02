"""From an archive to a course: everything that can be interrupted first, then one transaction."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from lyceum.course.domain import policies, values
from lyceum.course.domain.assembling import Assembled, assemble
from lyceum.course.domain.assets import Asset, asset_key, assets_folder
from lyceum.course.domain.entities import Course, CourseImport, Draft, TransferState
from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    CourseReader,
    ImportedAsset,
    ImportedCourse,
    LossReport,
    ProblemBlock,
    ReadCourse,
    RefusalReason,
)
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import MAX_SUMMARY, InstructorRole
from lyceum.course.ports import DraftNotReady, ForeignProblem, ProblemIntake, ProblemReceipt
from lyceum.course.schemas.live import ImportEnded
from lyceum.course.services.authoring import free_slug, with_free_slug
from lyceum.course.services.fates import not_published, unmet_requirement, with_receipts
from lyceum.course.services.import_progress import told_from_a_thread
from lyceum.course.services.objects import Objects, Report
from lyceum.course.services.problem_documents import problem_document
from lyceum.course.services.publishing import Publishing
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError, ValidationFailed
from lyceum.kernel.ids import new_id
from lyceum.kernel.live import Live
from lyceum.kernel.principal import Principal

IMPORT_JOB = "course.import"
PROBLEMS_AT_ONCE = 50
CHARACTERS_AT_ONCE = 500_000
ASSETS_AT_ONCE = 8


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
        live: Live,
        clock: Clock,
    ) -> None:
        self._units = units
        self._objects = objects
        self._reader = reader
        self._problems = problems
        self._publishing = publishing
        self._live = live
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
        import_id: UUID | None = None,
    ) -> CourseImport:
        """Keep the archive and enqueue the work. `content` is the archive, or its key in the platform's storage.
        Of two requests under one `import_id`, one fails.

        Raises `NotAuthenticated`, `PermissionDenied`.
        """
        caller = principal.require_user()
        principal.require(policies.CREATE, organisation=organisation_id)
        request = CourseImport.request(
            import_id=import_id or new_id(),
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
            # The archive under a chosen id may be that of another request, which got through.
            if import_id is None:
                await self._objects.remove(request.archive_key)
            raise
        return request

    async def run(self, import_id: UUID, *, report: Report, last_attempt: bool) -> None:
        """The background half. What is wrong with the archive itself ends the import as failed at once; other faults
        are raised, so that the work is done again, and do so at the last attempt."""
        async with self._units() as unit:
            request = await unit.imports.get(import_id)
            if not request.ended:
                request.start()
                await unit.commit()
        if not request.ended:
            try:
                with tempfile.TemporaryDirectory(prefix="lyceum-import-") as folder:
                    await self._import(request, Path(folder), report)
            except (ArchiveRefused, ValidationFailed) as error:
                await self._fail(request, error)
            except Exception as error:
                if last_attempt:
                    ours = LyceumError("The import failed for a reason of ours")
                    await self._fail(request, error if isinstance(error, LyceumError) else ours)
                raise
        await self._clean_up(import_id)

    async def _import(self, request: CourseImport, folder: Path, report: Report) -> None:
        archive = folder / "archive"
        await self._objects.fetch(request.archive_key, archive)
        read = await self._read(archive, folder / "files", request.format, report)
        assets = await self._keep_assets(read.assets, request, report)
        receipts = await self._take_in_problems(read.course, request, report)
        await report("saving", 0, 1)
        await self._save(request, read, assets, receipts)  # which tells the end: no step may come behind it

    async def _read(
        self,
        archive: Path,
        folder: Path,
        format: ArchiveFormat | None,
        report: Report,
    ) -> ReadCourse:
        """Reading keeps the processor busy, so it has a thread of its own."""
        await asyncio.to_thread(folder.mkdir)
        async with told_from_a_thread(report) as note:
            return await asyncio.to_thread(self._reader.read, archive, folder=folder, format=format, progress=note)

    async def _keep_assets(self, assets: Sequence[ImportedAsset], request: CourseImport, report: Report) -> list[Asset]:
        now = self._clock.now()
        kept: list[Asset] = []
        for start in range(0, len(assets), ASSETS_AT_ONCE):
            batch = assets[start : start + ASSETS_AT_ONCE]
            await asyncio.gather(*(self._keep(request.course_id, asset) for asset in batch))
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

    async def _keep(self, course_id: UUID, asset: ImportedAsset) -> None:
        key = asset_key(course_id, asset.sha256)
        if not await self._objects.exists(key):
            await self._objects.save(key, _chunks(asset), asset.media_type)

    async def _take_in_problems(
        self, course: ImportedCourse, request: CourseImport, report: Report
    ) -> list[ProblemReceipt]:
        problems = [block.problem for block in course.blocks() if isinstance(block, ProblemBlock)]
        receipts: list[ProblemReceipt] = []
        for batch in _batches(problems):
            taken = await self._problems.take_in(
                course_id=request.course_id, import_id=request.id, problems=list(batch)
            )
            if [receipt.source for receipt in taken] != [problem.source for problem in batch]:
                raise RuntimeError("the problem intake did not give one receipt for each problem")
            receipts.extend(taken)
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
        try:
            assembled = assemble(read.course, course_id=request.course_id, quizzes=quizzes, now=now)
        except ValueError as error:  # pydantic's own
            raise ArchiveRefused(RefusalReason.INCONSISTENT, "The archive holds what no course can hold") from error
        report = with_receipts(read.report, receipts).with_items(
            unmet_requirement(source) for source in assembled.unmet
        )
        await with_free_slug(lambda: self._save_once(request, read, assembled, assets, report, now))

    async def _save_once(
        self,
        request: CourseImport,
        read: ReadCourse,
        assembled: Assembled,
        assets: Sequence[Asset],
        report: LossReport,
        now: datetime,
    ) -> None:
        """Raises `SlugTaken` when another course took the short name in the meantime."""
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
            draft = Draft(id=course.id, tree=assembled.draft.tree)
            nodes = {node.id: replace(node) for node in assembled.nodes}
            unit.courses.add(course)
            unit.drafts.add(draft)
            for node in nodes.values():
                unit.nodes.add(node)
            await unit.instructors.appoint(request.requested_by, course.id, InstructorRole.OWNER)
            await unit.assets.put(course.id, assets)
            if request.publish:
                try:
                    await self._publishing.release(unit, course, draft, nodes, by=request.requested_by, note="Imported")
                except DraftNotReady as error:
                    # The course is there to be mended; only publishing has to wait.
                    report = report.with_items([not_published(request, error)])
            record.succeed(report=report.model_dump(mode="json"), format=read.format, now=now)
            unit.after_commit(lambda: self._tell(ImportEnded(import_id=request.id, state="succeeded")))
            await unit.commit()

    async def _fail(self, request: CourseImport, error: LyceumError) -> None:
        async with self._units() as unit:
            record = await unit.imports.get(request.id)
            if not record.ended:  # the commit may have arrived although its answer did not
                record.fail(problem=problem_document(error), now=self._clock.now())
                unit.after_commit(lambda: self._tell(ImportEnded(import_id=request.id, state="failed")))
                await unit.commit()

    def _tell(self, message: ImportEnded) -> None:
        self._live.publish(f"imports/{message.import_id}", message)

    async def _clean_up(self, import_id: UUID) -> None:
        """After the end is recorded, so that whoever is interrupted here does only this again."""
        async with self._units() as unit:
            record = await unit.imports.get(import_id)
        if record.state is TransferState.FAILED:
            await self._problems.discard(import_id=record.id)
            await self._objects.remove_folder(assets_folder(record.course_id))
        await self._objects.remove(record.archive_key)


def _batches(problems: Sequence[ForeignProblem]) -> Iterator[list[ForeignProblem]]:
    """Few enough at once, in number and in size, for a call that may go over the network."""
    batch: list[ForeignProblem] = []
    size = 0
    for problem in problems:
        if batch and (len(batch) == PROBLEMS_AT_ONCE or size + len(problem.content) > CHARACTERS_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(problem)
        size += len(problem.content)
    if batch:
        yield batch


def _language(course: ImportedCourse) -> str:
    try:
        return values.language(course.language or "en")
    except LyceumError:
        return "en"


async def _chunks(asset: ImportedAsset) -> AsyncIterator[bytes]:
    with asset.open() as stream:
        while chunk := await asyncio.to_thread(stream.read, 1024 * 1024):
            yield chunk
