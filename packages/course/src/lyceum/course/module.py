"""Course as the apps see it."""

from collections.abc import Sequence
from typing import Any

from lyceum.course.api import ROUTERS
from lyceum.course.consumers import progress
from lyceum.course.container import CourseContainer
from lyceum.course.domain.policies import PERMISSIONS
from lyceum.course.models.model import metadata, tables
from lyceum.course.ports import CourseAccess, CourseNotFound, CourseStructures, NotPublished, ProblemIntake
from lyceum.course.schemas.events import PUBLISHED
from lyceum.identity.ports import UserDirectory
from lyceum.runtime.events import Subscription
from lyceum.runtime.module import ModuleSpec


def subscriptions(container: Any) -> Sequence[Subscription[Any]]:
    return progress.subscriptions(container.enrolling())


module = ModuleSpec(
    name="course",
    container=CourseContainer,
    metadata=metadata,
    tables=tables,
    migrations="lyceum.course.migrations",
    permissions=PERMISSIONS,
    provides={CourseStructures: "desk", CourseAccess: "desk"},
    requires={"users": UserDirectory, "problems": ProblemIntake},
    errors=(CourseNotFound, NotPublished),
    events=PUBLISHED,
    routers=ROUTERS,
    subscriptions=subscriptions,
)
