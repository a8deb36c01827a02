"""How assessment is put together."""

from dependency_injector import containers, providers

from lyceum.assessment.adapters.importing import READERS
from lyceum.assessment.adapters.sanitising import sanitise_html
from lyceum.assessment.persistence.unit_of_work import SqlAssessmentUnit
from lyceum.assessment.services.attempting import Attempting
from lyceum.assessment.services.authoring import Authoring
from lyceum.assessment.services.published_events import published
from lyceum.assessment.services.service import Intake
from lyceum.course.ports import CourseAccess
from lyceum.identity.ports import Accommodations
from lyceum.runtime.module import ModuleResources


class AssessmentContainer(containers.DeclarativeContainer):
    resources = providers.Dependency(instance_of=ModuleResources)
    courses = providers.Dependency(instance_of=CourseAccess)
    accommodations = providers.Dependency(instance_of=Accommodations)

    clock = resources.provided.clock
    units = providers.Factory(
        SqlAssessmentUnit,
        database=resources.provided.database,
        tables=resources.provided.tables,
        clock=clock,
        published=providers.Object(published),
        committed=resources.provided.committed,
    )
    sanitise = providers.Object(sanitise_html)

    attempting = providers.Singleton(
        Attempting, units=units.provider, courses=courses, accommodations=accommodations, clock=clock
    )
    authoring = providers.Singleton(Authoring, units=units.provider, courses=courses, sanitise=sanitise, clock=clock)
    intake = providers.Singleton(
        Intake, units=units.provider, readers=providers.Object(READERS), sanitise=sanitise, clock=clock
    )
