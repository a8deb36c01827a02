"""How course is put together."""

from dependency_injector import containers, providers

from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.persistence.queries import SqlCourseQueries
from lyceum.course.persistence.unit_of_work import SqlCourseUnit
from lyceum.course.ports import ProblemIntake
from lyceum.course.services.authoring import Authoring
from lyceum.course.services.drafting import Drafting
from lyceum.course.services.enrolling import Enrolling
from lyceum.course.services.published_events import published
from lyceum.course.services.publishing import Publishing
from lyceum.course.services.records import Records
from lyceum.course.services.service import CourseDesk
from lyceum.course.services.studying import Studying
from lyceum.identity.ports import UserDirectory
from lyceum.runtime.module import ModuleResources


class CourseContainer(containers.DeclarativeContainer):
    resources = providers.Dependency(instance_of=ModuleResources)
    users = providers.Dependency(instance_of=UserDirectory)
    problems = providers.Dependency(instance_of=ProblemIntake)

    clock = resources.provided.clock
    units = providers.Factory(
        SqlCourseUnit,
        database=resources.provided.database,
        tables=resources.provided.tables,
        clock=clock,
        published=providers.Object(published),
        committed=resources.provided.committed,
    )
    queries = providers.Singleton(SqlCourseQueries, resources.provided.database)
    sanitiser = providers.Singleton(Nh3Sanitiser)

    authoring = providers.Singleton(
        Authoring, units=units.provider, queries=queries, users=users, sanitiser=sanitiser, clock=clock
    )
    drafting = providers.Singleton(Drafting, units=units.provider, sanitiser=sanitiser, clock=clock)
    publishing = providers.Singleton(Publishing, units=units.provider, clock=clock)
    enrolling = providers.Singleton(Enrolling, units=units.provider, clock=clock)
    studying = providers.Singleton(Studying, queries=queries, clock=clock)
    records = providers.Singleton(Records, units=units.provider, queries=queries)
    desk = providers.Singleton(CourseDesk, units=units.provider, queries=queries)
