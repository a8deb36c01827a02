"""How progress is put together."""

from dependency_injector import containers, providers

from lyceum.course.ports import CourseAccess, CourseStructures
from lyceum.identity.ports import UserDirectory
from lyceum.progress.consumers.assessment import AssessmentEvents
from lyceum.progress.consumers.course import CourseEvents
from lyceum.progress.persistence.queries import SqlProgressQueries
from lyceum.progress.persistence.study_log import SqlStudyLog
from lyceum.progress.persistence.unit_of_work import SqlProgressUnit
from lyceum.progress.services.announcing import Announcing
from lyceum.progress.services.catching_up import CatchingUp
from lyceum.progress.services.completing import Completing
from lyceum.progress.services.outline_pages import OutlinePages
from lyceum.progress.services.outlines import Outlines
from lyceum.progress.services.published_events import published
from lyceum.progress.services.reading import Reading
from lyceum.progress.services.recording import Recording
from lyceum.progress.services.service import Reader
from lyceum.progress.services.studying import Studying
from lyceum.runtime.module import ModuleResources


class ProgressContainer(containers.DeclarativeContainer):
    resources = providers.Dependency(instance_of=ModuleResources)
    structures = providers.Dependency(instance_of=CourseStructures)
    access = providers.Dependency(instance_of=CourseAccess)
    people = providers.Dependency(instance_of=UserDirectory)

    units = providers.Factory(
        SqlProgressUnit,
        database=resources.provided.database,
        tables=resources.provided.tables,
        clock=resources.provided.clock,
        published=providers.Object(published),
        committed=resources.provided.committed,
    )
    queries = providers.Singleton(SqlProgressQueries, resources.provided.database)
    log = providers.Singleton(SqlStudyLog, resources.provided.database)
    outlines = providers.Singleton(Outlines, queries=queries)
    pages = providers.Singleton(OutlinePages)

    catching_up = providers.Singleton(
        CatchingUp,
        units=units.provider,
        queries=queries,
        outlines=outlines,
        structures=structures,
        access=access,
    )
    announcing = providers.Singleton(Announcing, resources.provided.live)
    completing = providers.Singleton(
        Completing,
        units=units.provider,
        queries=queries,
        outlines=outlines,
        announcing=announcing,
        clock=resources.provided.clock,
    )
    studying = providers.Singleton(
        Studying,
        log=log,
        catching_up=catching_up,
        outlines=outlines,
        completing=completing,
        clock=resources.provided.clock,
    )
    reading = providers.Singleton(
        Reading,
        queries=queries,
        outlines=outlines,
        pages=pages,
        catching_up=catching_up,
        completing=completing,
        access=access,
        people=people,
        clock=resources.provided.clock,
    )
    recording = providers.Singleton(
        Recording, queries=queries, catching_up=catching_up, announcing=announcing, clock=resources.provided.clock
    )
    reader = providers.Singleton(Reader, queries=queries, outlines=outlines, clock=resources.provided.clock)
    course_events = providers.Singleton(CourseEvents, recording)
    assessment_events = providers.Singleton(AssessmentEvents, recording)
