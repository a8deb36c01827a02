"""The applications that people sign in to, and what people allow them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from lyceum.auth.api.dependencies import AuthorizingService, ClientsService, LoggingOutService
from lyceum.auth.domain.errors import (
    AuthorizationRequestInvalid,
    ClientNotFound,
    FirstPartyClient,
    LogoutRequestInvalid,
)
from lyceum.auth.schemas.internal import (
    ClientRequest,
    ClientView,
    ConsentDecision,
    ConsentOutcome,
    ConsentQuestion,
    NewClient,
    SignOutQuestion,
)
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, ValidationFailed, VersionConflict
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, PageParams, RecentProof, problems

router = APIRouter(prefix="/api/v1", tags=["auth"])

_REFUSALS = (NotAuthenticated, PermissionDenied, ValidationFailed)


@router.get("/clients", operation_id="list_clients", responses=problems(*_REFUSALS))
async def list_clients(principal: CurrentPrincipal, clients: ClientsService, page: PageParams) -> Page[ClientView]:
    """The registered applications; the platform's own are not among them."""
    return await clients.list(principal, page=page)


@router.post(
    "/clients", status_code=201, operation_id="add_client", dependencies=[RecentProof], responses=problems(*_REFUSALS)
)
async def add_client(client: ClientRequest, principal: CurrentPrincipal, clients: ClientsService) -> NewClient:
    """Register an application. Its secret is in this answer and nowhere else."""
    return await clients.add(principal, client)


@router.delete(
    "/clients/{client_id}",
    status_code=204,
    operation_id="remove_client",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, ClientNotFound, FirstPartyClient, VersionConflict),
)
async def remove_client(
    client_id: Annotated[str, Path(max_length=100)], principal: CurrentPrincipal, clients: ClientsService
) -> None:
    """Forget an application. Nobody can sign in to it any more."""
    await clients.remove(principal, client_id)


@router.get(
    "/consent",
    operation_id="get_consent_question",
    responses=problems(NotAuthenticated, AuthorizationRequestInvalid, ValidationFailed),
)
async def get_consent_question(
    principal: CurrentPrincipal,
    authorizing: AuthorizingService,
    request: Annotated[str, Query(min_length=1, max_length=8_000, description="The authorization request's query.")],
) -> ConsentQuestion:
    """What an application wants from the caller."""
    return await authorizing.question(principal, request)


@router.post(
    "/consent",
    operation_id="answer_consent_question",
    responses=problems(NotAuthenticated, AuthorizationRequestInvalid, ValidationFailed, VersionConflict),
)
async def answer_consent_question(
    decision: ConsentDecision, principal: CurrentPrincipal, authorizing: AuthorizingService
) -> ConsentOutcome:
    """Allow or refuse it. The browser then goes to `location`."""
    return await authorizing.answer_question(principal, decision.request, allow=decision.allow)


@router.get(
    "/sign-out",
    operation_id="get_sign_out_question",
    responses=problems(LogoutRequestInvalid, ValidationFailed),
)
async def get_sign_out_question(
    logging_out: LoggingOutService,
    request: Annotated[
        str, Query(min_length=1, max_length=8_000, description="What the end-session endpoint put into the address.")
    ],
) -> SignOutQuestion:
    """Which application wants the person to sign out, and where to go then. Asked after the session has ended, too."""
    return await logging_out.question(request)
