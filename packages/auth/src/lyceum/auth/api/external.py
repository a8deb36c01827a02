"""Signing in with accounts elsewhere."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from lyceum.auth.api.dependencies import CallersBrowser, ExternalService, set_session_cookies
from lyceum.auth.domain.errors import (
    ExternalIdentityNotFound,
    ExternalSignInFailed,
    LastWayToSignIn,
    ProviderNotFound,
    SignInToLink,
)
from lyceum.auth.schemas.internal import ExternalIdentityView, ProviderView
from lyceum.kernel.errors import LyceumError, NotAuthenticated, Unavailable, ValidationFailed, VersionConflict
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, PageParams, problems

router = APIRouter(prefix="/api/v1", tags=["auth"])

BROWSER_COOKIE = "lyceum_external"
BROWSER_COOKIE_PATH = "/api/v1/external-sign-in"
BROWSER_COOKIE_SECONDS = 600
MAX_PARAMETERS = 50

Provider = Annotated[str, Path(max_length=40)]
_REDIRECT = {"description": "The browser goes on elsewhere.", "headers": {"Location": {"schema": {"type": "string"}}}}


@router.get("/external-providers", operation_id="list_external_providers")
async def list_external_providers(external: ExternalService) -> Page[ProviderView]:
    """Whom people may sign in with besides a password."""
    return Page(items=external.providers())


@router.get(
    "/external-sign-in/{provider}",
    operation_id="start_external_sign_in",
    status_code=303,
    response_class=Response,
    responses=problems(SignInToLink, ProviderNotFound, Unavailable, ValidationFailed) | {303: _REDIRECT},
)
async def start_external_sign_in(
    provider: Provider,
    principal: CurrentPrincipal,
    external: ExternalService,
    request: Request,
    return_to: Annotated[str, Query(max_length=2_000, description="The path of our page to go to afterwards.")] = "/",
    link: Annotated[bool, Query(description="Link the account to the caller's, who is signed in.")] = False,
) -> Response:
    """Send the browser to the provider."""
    departure = await external.start(principal, provider, return_to=return_to, link=link)
    response = RedirectResponse(departure.location, status_code=303, headers={"cache-control": "no-store"})
    response.set_cookie(
        BROWSER_COOKIE,
        departure.browser_secret,
        max_age=BROWSER_COOKIE_SECONDS,
        httponly=True,
        secure=not request.app.state.container.resources().settings.development,
        samesite="lax",
        path=BROWSER_COOKIE_PATH,
    )
    return response


@router.get(
    "/external-sign-in/{provider}/callback",
    operation_id="finish_external_sign_in",
    status_code=303,
    response_class=Response,
    responses=problems(ValidationFailed) | {303: _REDIRECT},
)
async def finish_external_sign_in(
    provider: Provider,
    principal: CurrentPrincipal,
    external: ExternalService,
    browser: CallersBrowser,
    request: Request,
) -> Response:
    """The provider sends the browser back here. On failure it goes on to the sign-in page, with the error's code."""
    try:
        try:
            parameters = parse_qsl(request.url.query, max_num_fields=MAX_PARAMETERS)
        except ValueError:
            raise ExternalSignInFailed() from None
        secret = request.cookies.get(BROWSER_COOKIE)
        arrival = await external.finish(principal, provider, parameters, secret=secret, browser=browser)
    except LyceumError as error:
        response = RedirectResponse(f"/sign-in?{urlencode({'error': error.code})}", status_code=303)
    else:
        response = RedirectResponse(arrival.return_to, status_code=303)
        if arrival.signed_in is not None:
            set_session_cookies(request, response, arrival.signed_in)
    response.headers["cache-control"] = "no-store"
    response.delete_cookie(BROWSER_COOKIE, path=BROWSER_COOKIE_PATH)
    return response


@router.get(
    "/external-identities",
    operation_id="list_external_identities",
    responses=problems(NotAuthenticated, ValidationFailed),
)
async def list_external_identities(
    principal: CurrentPrincipal, external: ExternalService, page: PageParams
) -> Page[ExternalIdentityView]:
    """The accounts elsewhere that the caller can sign in with."""
    return await external.identities(principal, page=page)


@router.delete(
    "/external-identities/{identity_id}",
    status_code=204,
    operation_id="unlink_external_identity",
    responses=problems(NotAuthenticated, ExternalIdentityNotFound, LastWayToSignIn, ValidationFailed, VersionConflict),
)
async def unlink_external_identity(identity_id: UUID, principal: CurrentPrincipal, external: ExternalService) -> None:
    """Unlink an account."""
    await external.unlink(principal, identity_id)
