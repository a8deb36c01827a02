"""How routes get services."""

from collections.abc import Awaitable, Callable
from typing import Annotated, cast

from fastapi import Depends, Request

from lyceum.course.domain.queries import CourseQueries
from lyceum.course.domain.tags import CATALOGUE_TAG
from lyceum.course.services.authoring import Authoring
from lyceum.course.services.drafting import Drafting
from lyceum.course.services.enrolling import Enrolling
from lyceum.course.services.exporting import Exporting
from lyceum.course.services.filing import Filing
from lyceum.course.services.importing import Importing
from lyceum.course.services.publishing import Publishing
from lyceum.course.services.records import Records
from lyceum.course.services.studying import Studying
from lyceum.course.services.transfers import Transfers
from lyceum.runtime.http import PublicCache


async def get_authoring(request: Request) -> Authoring:
    return cast(Authoring, request.app.state.container.authoring())


async def get_drafting(request: Request) -> Drafting:
    return cast(Drafting, request.app.state.container.drafting())


async def get_publishing(request: Request) -> Publishing:
    return cast(Publishing, request.app.state.container.publishing())


async def get_enrolling(request: Request) -> Enrolling:
    return cast(Enrolling, request.app.state.container.enrolling())


async def get_studying(request: Request) -> Studying:
    return cast(Studying, request.app.state.container.studying())


async def get_records(request: Request) -> Records:
    return cast(Records, request.app.state.container.records())


async def get_importing(request: Request) -> Importing:
    return cast(Importing, request.app.state.container.importing())


async def get_exporting(request: Request) -> Exporting:
    return cast(Exporting, request.app.state.container.exporting())


async def get_transfers(request: Request) -> Transfers:
    return cast(Transfers, request.app.state.container.transfers())


async def get_filing(request: Request) -> Filing:
    return cast(Filing, request.app.state.container.filing())


async def get_queries(request: Request) -> CourseQueries:
    return cast(CourseQueries, request.app.state.container.queries())


async def get_catalogue_change(request: Request) -> Callable[[], Awaitable[None]]:
    cache = cast(PublicCache, request.app.state.container.public_cache())

    async def forget_pages() -> None:
        await cache.invalidate(CATALOGUE_TAG)

    return forget_pages


AuthoringService = Annotated[Authoring, Depends(get_authoring)]
DraftingService = Annotated[Drafting, Depends(get_drafting)]
PublishingService = Annotated[Publishing, Depends(get_publishing)]
EnrollingService = Annotated[Enrolling, Depends(get_enrolling)]
StudyingService = Annotated[Studying, Depends(get_studying)]
RecordsService = Annotated[Records, Depends(get_records)]
ImportingService = Annotated[Importing, Depends(get_importing)]
ExportingService = Annotated[Exporting, Depends(get_exporting)]
TransfersService = Annotated[Transfers, Depends(get_transfers)]
FilingService = Annotated[Filing, Depends(get_filing)]
PublicQueries = Annotated[CourseQueries, Depends(get_queries)]
CatalogueChange = Annotated[Callable[[], Awaitable[None]], Depends(get_catalogue_change)]
"""Called after what the catalogue shows has changed. An event says so too, but later than the answer: whoever publishes
a course and looks for it then must find it. And for a new description there is no event."""
