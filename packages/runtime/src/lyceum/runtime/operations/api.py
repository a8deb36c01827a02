"""`/api/v1/events`: outboxes, dead letters and replay."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Query, Request

from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, ValidationFailed
from lyceum.runtime.events.letters import Choice, DeadLetterDetail
from lyceum.runtime.http.dispatch import module_app
from lyceum.runtime.http.moments import Moment
from lyceum.runtime.http.pagination import PageParams
from lyceum.runtime.http.principal import CurrentPrincipal
from lyceum.runtime.http.problems import problems
from lyceum.runtime.http.step_up import RecentProof
from lyceum.runtime.operations.service import DeadLetterNotFound, EventOperations, ModuleNotFound
from lyceum.runtime.operations.views import (
    DeadLetterPage,
    EventsOverview,
    EventType,
    ModuleName,
    OutboxPage,
    ReplayReport,
    ReplayRequest,
)

NAME = "platform"
router = APIRouter(prefix="/api/v1/events")

_REFUSALS = (NotAuthenticated, PermissionDenied)


async def get_operations(request: Request) -> EventOperations:
    return cast(EventOperations, request.app.state.operations)


Operations = Annotated[EventOperations, Depends(get_operations)]
ByType = Annotated[EventType | None, Query(alias="type", description="Only events of this wire type.")]


@router.get("/modules", operation_id="list_event_backlogs", responses=problems(*_REFUSALS))
async def list_event_backlogs(principal: CurrentPrincipal, operations: Operations) -> EventsOverview:
    """How many events of each module wait to be handed on, and how many it could not handle."""
    return await operations.overview(principal)


@router.get(
    "/outbox",
    operation_id="list_outbox_events",
    responses=problems(*_REFUSALS, ModuleNotFound, ValidationFailed),
)
async def list_outbox_events(
    principal: CurrentPrincipal,
    operations: Operations,
    page: PageParams,
    module: Annotated[ModuleName, Query(description="The module that recorded them.")],
    event_type: ByType = None,
    since: Annotated[Moment | None, Query(description="Only what happened then or later.")] = None,
    until: Annotated[Moment | None, Query(description="Only what happened before.")] = None,
    waiting: Annotated[bool, Query(description="Only what is not handed on yet.")] = False,
) -> OutboxPage:
    """The events that a module recorded, the latest first."""
    return await operations.outbox(
        principal, module, event_type=event_type, since=since, until=until, waiting=waiting, page=page
    )


@router.get(
    "/dead-letters",
    operation_id="list_dead_letters",
    responses=problems(*_REFUSALS, ModuleNotFound, ValidationFailed),
)
async def list_dead_letters(
    principal: CurrentPrincipal,
    operations: Operations,
    page: PageParams,
    module: Annotated[ModuleName | None, Query(description="Only what this module could not handle.")] = None,
    event_type: ByType = None,
    since: Annotated[Moment | None, Query(description="Only those that died then or later.")] = None,
    until: Annotated[Moment | None, Query(description="Only those that died before.")] = None,
) -> DeadLetterPage:
    """The events that modules could not handle, the latest first."""
    choice = Choice(event_type=event_type, since=since, until=until)
    return await operations.dead_letters(principal, choice, module=module, page=page)


@router.get(
    "/dead-letters/{module}/{event_id}",
    operation_id="get_dead_letter",
    responses=problems(*_REFUSALS, ModuleNotFound, DeadLetterNotFound, ValidationFailed),
)
async def get_dead_letter(
    module: ModuleName, event_id: UUID, principal: CurrentPrincipal, operations: Operations
) -> DeadLetterDetail:
    """What a module could not handle: the event as it came, why, and how often it was tried."""
    return await operations.dead_letter(principal, module, event_id)


@router.post(
    "/replays",
    operation_id="replay_dead_letters",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, ModuleNotFound, ValidationFailed),
)
async def replay_dead_letters(
    replay: ReplayRequest, principal: CurrentPrincipal, operations: Operations
) -> ReplayReport:
    """Have dead letters handled again; none has its effect twice. What takes too long is left for another replay."""
    return await operations.replay(principal, replay)


def operations_app(operations: EventOperations | None = None, clock: Clock | None = None) -> FastAPI:
    """The routes as an application; without anything, for documentation alone."""
    return module_app(NAME, [router], {"operations": operations, "clock": clock})
