"""Course as the apps see it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lyceum.course.api import ROUTERS
from lyceum.course.consumers import course, progress
from lyceum.course.container import CourseContainer
from lyceum.course.domain.policies import PERMISSIONS
from lyceum.course.models.model import metadata, tables
from lyceum.course.ports import (
    CourseAccess,
    CourseImports,
    CourseNotFound,
    CourseStructures,
    ImportNotFound,
    NotPublished,
    ProblemIntake,
)
from lyceum.course.schemas.events import PUBLISHED
from lyceum.course.schemas.live import ImportEnded, ImportMoved
from lyceum.course.services.exporting import EXPORT_JOB
from lyceum.course.services.importing import IMPORT_JOB
from lyceum.course.settings import CourseSettings
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.principal import Principal
from lyceum.runtime.events import Subscription
from lyceum.runtime.jobs import JobContext, JobSpec
from lyceum.runtime.live import Topic
from lyceum.runtime.module import ModuleSpec


def subscriptions(container: Any) -> Sequence[Subscription[Any]]:
    return (*progress.subscriptions(container.enrolling()), *course.subscriptions(container.public_cache()))


def jobs(container: Any) -> Sequence[JobSpec]:
    async def import_course(context: JobContext, *, import_id: str) -> None:
        async def report(stage: str, done: int, total: int) -> None:
            if await context.progress(stage=stage, done=done, total=total):
                moved = ImportMoved(import_id=UUID(import_id), stage=stage, done=done, total=total)
                container.resources().live.publish(f"imports/{import_id}", moved)

        await container.importing().run(UUID(import_id), report=report, last_attempt=context.last_attempt)

    async def export_course(context: JobContext, *, export_id: str) -> None:
        async def report(stage: str, done: int, total: int) -> None:
            await context.progress(stage=stage, done=done, total=total)

        await container.exporting().run(UUID(export_id), report=report, last_attempt=context.last_attempt)

    return (JobSpec(name=IMPORT_JOB, run=import_course), JobSpec(name=EXPORT_JOB, run=export_course))


async def may_watch_import(container: Any, principal: Principal, import_id: UUID) -> None:
    await container.transfers().one_import(principal, import_id)


settings = CourseSettings()

module = ModuleSpec(
    name="course",
    container=CourseContainer,
    metadata=metadata,
    tables=tables,
    migrations="lyceum.course.migrations",
    permissions=PERMISSIONS,
    provides={CourseStructures: "desk", CourseAccess: "desk", CourseImports: "import_desk"},
    requires={"users": UserDirectory, "problems": ProblemIntake},
    errors=(CourseNotFound, NotPublished, ImportNotFound),
    events=PUBLISHED,
    routers=ROUTERS,
    body_limits={
        "/api/v1/imports": settings.max_archive_bytes,
        "/api/v1/courses/{course_id}/assets": settings.max_asset_bytes,
    },
    topics=(Topic(pattern="imports/{import_id}", authorise=may_watch_import, messages=(ImportMoved, ImportEnded)),),
    subscriptions=subscriptions,
    jobs=jobs,
)
