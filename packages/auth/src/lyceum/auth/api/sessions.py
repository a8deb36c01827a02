"""Browser sessions."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from lyceum.auth.api.dependencies import (
    CallersBrowser,
    SigningInService,
    drop_session_cookie,
    forget_credentials,
    session_token,
    set_session_cookies,
)
from lyceum.auth.domain.errors import SessionNotFound, SignInFailed, SignInLocked, WrongPassword
from lyceum.auth.schemas.internal import (
    EffectivePermissions,
    HeldPermissions,
    SessionInfo,
    SessionView,
    SignInRequest,
    StepUpRequest,
)
from lyceum.kernel.errors import NotAuthenticated, Unavailable, ValidationFailed, VersionConflict
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, PageParams, problems

router = APIRouter(prefix="/api/v1", tags=["auth"])


@router.post(
    "/session",
    operation_id="sign_in",
    responses=problems(SignInFailed, SignInLocked, Unavailable, ValidationFailed, VersionConflict),
)
async def sign_in(
    credentials: SignInRequest,
    signing_in: SigningInService,
    browser: CallersBrowser,
    request: Request,
    response: Response,
) -> SessionInfo:
    """Sign in with e-mail address and password. The session is in the cookie `lyceum_session`."""
    signed_in = await signing_in.sign_in(email=credentials.email, password=credentials.password, browser=browser)
    set_session_cookies(request, response, signed_in)
    response.headers["cache-control"] = "no-store"
    return signed_in.info


@router.get("/session", operation_id="get_session", responses=problems(NotAuthenticated))
async def get_session(
    principal: CurrentPrincipal, signing_in: SigningInService, request: Request, response: Response
) -> SessionInfo:
    """Who is signed in with this browser, and the CSRF token of the session."""
    response.headers["cache-control"] = "no-store"
    return await signing_in.current(principal, session_token(request))


@router.post(
    "/session/step-up",
    operation_id="step_up",
    responses=problems(
        NotAuthenticated, SignInLocked, Unavailable, ValidationFailed, VersionConflict, SessionNotFound, WrongPassword
    ),
)
async def step_up(
    proof: StepUpRequest,
    principal: CurrentPrincipal,
    signing_in: SigningInService,
    browser: CallersBrowser,
    request: Request,
    response: Response,
) -> SessionInfo:
    """Prove once more who it is, for what needs a recent sign-in. The session gets another cookie and CSRF token."""
    signed_in = await signing_in.step_up(principal, password=proof.password, browser=browser)
    set_session_cookies(request, response, signed_in)
    forget_credentials(request, principal.user_id)
    response.headers["cache-control"] = "no-store"
    return signed_in.info


@router.get("/session/permissions", operation_id="list_own_permissions", responses=problems(NotAuthenticated))
async def list_own_permissions(principal: CurrentPrincipal, response: Response) -> EffectivePermissions:
    """What the caller may do, and where; by a browser's session or a bearer token."""
    principal.require_user()
    response.headers["cache-control"] = "no-store"
    return EffectivePermissions(
        grants=[
            HeldPermissions(scope=grant.scope, scope_id=grant.scope_id, permissions=sorted(grant.permissions))
            for grant in principal.grants
        ]
    )


@router.delete(
    "/session", status_code=204, operation_id="sign_out", responses=problems(NotAuthenticated, VersionConflict)
)
async def sign_out(
    principal: CurrentPrincipal, signing_in: SigningInService, request: Request, response: Response
) -> None:
    """Sign out. The applications that were signed in to with this session lose their tokens."""
    await signing_in.sign_out(principal)
    drop_session_cookie(request, response)
    forget_credentials(request, principal.user_id)


@router.get("/sessions", operation_id="list_sessions", responses=problems(NotAuthenticated, ValidationFailed))
async def list_sessions(
    principal: CurrentPrincipal, signing_in: SigningInService, page: PageParams
) -> Page[SessionView]:
    """Where the caller is signed in, the newest sign-in first."""
    return await signing_in.sessions(principal, page=page)


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    operation_id="revoke_session",
    responses=problems(NotAuthenticated, SessionNotFound, ValidationFailed, VersionConflict),
)
async def revoke_session(
    session_id: UUID, principal: CurrentPrincipal, signing_in: SigningInService, request: Request
) -> None:
    """End one of the caller's sessions, with the tokens that came from it."""
    await signing_in.revoke(principal, session_id)
    forget_credentials(request, principal.user_id)
