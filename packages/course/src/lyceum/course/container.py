"""How course is put together."""

from dependency_injector import containers, providers

from lyceum.course.adapters.addresses import SignedAddresses
from lyceum.course.adapters.archive.writing import LyceumArchiveWriter
from lyceum.course.adapters.course_reader import ArchiveCourseReader
from lyceum.course.adapters.objects import StoredObjects
from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.persistence.queries import SqlCourseQueries
from lyceum.course.persistence.structures import kept_structures
from lyceum.course.persistence.transfer_queries import SqlTransferQueries
from lyceum.course.persistence.unit_of_work import SqlCourseUnit
from lyceum.course.ports import ProblemIntake
from lyceum.course.services.authoring import Authoring
from lyceum.course.services.drafting import Drafting
from lyceum.course.services.enrolling import Enrolling
from lyceum.course.services.exporting import Exporting
from lyceum.course.services.filing import Filing
from lyceum.course.services.import_desk import ImportDesk
from lyceum.course.services.importing import Importing
from lyceum.course.services.published_events import published
from lyceum.course.services.publishing import Publishing
from lyceum.course.services.records import Records
from lyceum.course.services.service import CourseDesk
from lyceum.course.services.studying import Studying
from lyceum.course.services.transfers import Transfers
from lyceum.course.settings import CourseSettings
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
    public_cache = resources.provided.public_cache
    structures = providers.Singleton(kept_structures, resources.provided.caches)
    queries = providers.Singleton(SqlCourseQueries, resources.provided.database, structures)
    sanitiser = providers.Singleton(Nh3Sanitiser)

    settings = providers.Singleton(CourseSettings)
    objects = providers.Singleton(StoredObjects, resources.provided.storage)
    reader = providers.Singleton(ArchiveCourseReader, sanitiser)
    writer = providers.Singleton(LyceumArchiveWriter)
    addresses = providers.Singleton(SignedAddresses, resources.provided.signed_urls)
    transfer_queries = providers.Singleton(
        SqlTransferQueries, resources.provided.database, resources.provided.signed_urls
    )

    authoring = providers.Singleton(
        Authoring, units=units.provider, queries=queries, users=users, sanitiser=sanitiser, clock=clock
    )
    drafting = providers.Singleton(Drafting, units=units.provider, sanitiser=sanitiser, clock=clock)
    publishing = providers.Singleton(Publishing, units=units.provider, clock=clock)
    enrolling = providers.Singleton(Enrolling, units=units.provider, users=users, clock=clock)
    studying = providers.Singleton(Studying, queries=queries, clock=clock)
    records = providers.Singleton(Records, units=units.provider, queries=queries)
    importing = providers.Singleton(
        Importing,
        units=units.provider,
        objects=objects,
        reader=reader,
        problems=problems,
        publishing=publishing,
        live=resources.provided.live,
        clock=clock,
    )
    exporting = providers.Singleton(
        Exporting, units=units.provider, objects=objects, writer=writer, problems=problems, clock=clock
    )
    transfers = providers.Singleton(Transfers, units=units.provider, queries=transfer_queries)
    filing = providers.Singleton(
        Filing,
        units=units.provider,
        objects=objects,
        addresses=addresses,
        clock=clock,
        max_bytes=settings.provided.max_asset_bytes,
    )
    import_desk = providers.Singleton(ImportDesk, importing=importing, queries=transfer_queries)
    desk = providers.Singleton(CourseDesk, units=units.provider, queries=queries)
