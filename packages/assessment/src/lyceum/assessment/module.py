"""Assessment as the apps see it."""

from collections.abc import Sequence
from typing import Any

from lyceum.assessment.api import ROUTERS
from lyceum.assessment.container import AssessmentContainer
from lyceum.assessment.models.model import metadata, tables
from lyceum.assessment.schemas.events import PUBLISHED
from lyceum.course.ports import CourseAccess, ProblemIntake
from lyceum.identity.ports import Accommodations
from lyceum.kernel.errors import ValidationFailed
from lyceum.runtime.jobs import JobContext, JobSpec
from lyceum.runtime.module import ModuleSpec


def jobs(container: Any) -> Sequence[JobSpec]:
    async def submit_overdue(context: JobContext) -> None:
        await container.attempting().submit_overdue()

    return (JobSpec(name="assessment.submit-overdue", run=submit_overdue, schedule="* * * * * */15"),)


module = ModuleSpec(
    name="assessment",
    container=AssessmentContainer,
    metadata=metadata,
    tables=tables,
    migrations="lyceum.assessment.migrations",
    provides={ProblemIntake: "intake"},
    requires={"courses": CourseAccess, "accommodations": Accommodations},
    errors=(ValidationFailed,),
    events=PUBLISHED,
    routers=ROUTERS,
    jobs=jobs,
)
