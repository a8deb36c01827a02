"""Progress as the apps see it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lyceum.course.ports import CourseAccess, CourseStructures
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.principal import Principal
from lyceum.progress.api import ROUTERS
from lyceum.progress.container import ProgressContainer
from lyceum.progress.domain.policies import PERMISSIONS
from lyceum.progress.models.model import metadata, tables
from lyceum.progress.ports import CourseProgressReader
from lyceum.progress.schemas.events import PUBLISHED
from lyceum.progress.schemas.live import ProgressChanged
from lyceum.progress.services.completing import SETTLE_COURSE
from lyceum.runtime.events import Subscription
from lyceum.runtime.jobs import JobContext, JobSpec
from lyceum.runtime.live import Topic
from lyceum.runtime.module import ModuleSpec


def subscriptions(container: Any) -> Sequence[Subscription[Any]]:
    return (*container.course_events().subscriptions(), *container.assessment_events().subscriptions())


def jobs(container: Any) -> Sequence[JobSpec]:
    async def settle_course(context: JobContext, *, course_id: str) -> None:
        await container.completing().settle_course(UUID(course_id))

    async def settle_all(context: JobContext) -> None:
        await container.completing().settle_all()

    return (
        JobSpec(name=SETTLE_COURSE, run=settle_course),
        JobSpec(name="progress.settle-all", run=settle_all, schedule="41 2 * * *"),
    )


async def may_watch(container: Any, principal: Principal, course_id: UUID) -> None:
    await container.reading().watch(principal, course_id)


module = ModuleSpec(
    name="progress",
    container=ProgressContainer,
    metadata=metadata,
    tables=tables,
    migrations="lyceum.progress.migrations",
    permissions=PERMISSIONS,
    provides={CourseProgressReader: "reader"},
    requires={"structures": CourseStructures, "access": CourseAccess, "people": UserDirectory},
    events=PUBLISHED,
    routers=ROUTERS,
    topics=(Topic(pattern="progress/{course_id}", authorise=may_watch, messages=(ProgressChanged,), personal=True),),
    subscriptions=subscriptions,
    jobs=jobs,
)
