"""How routes get services, and what they need of the request and its cookies."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Request, Response

from lyceum.auth.services.auditing import Auditing
from lyceum.auth.services.authorizing import Authorizing
from lyceum.auth.services.clients import Clients
from lyceum.auth.services.external_signing_in import ExternalSigningIn
from lyceum.auth.services.granting import Granting
from lyceum.auth.services.logging_out import LoggingOut
from lyceum.auth.services.passwords import Passwords
from lyceum.auth.services.roles import Roles
from lyceum.auth.services.signing_in import Browser, SignedIn, SigningIn
from lyceum.auth.services.signing_keys import SigningKeys
from lyceum.runtime.http import credentials_of
from lyceum.runtime.http.edge import SESSION_COOKIE

DEVICE_COOKIE = "lyceum_device"
DEVICE_COOKIE_SECONDS = 365 * 24 * 3600
MAX_COOKIE_LENGTH = 200


async def get_signing_in(request: Request) -> SigningIn:
    return cast(SigningIn, request.app.state.container.signing_in())


async def get_passwords(request: Request) -> Passwords:
    return cast(Passwords, request.app.state.container.passwords())


async def get_roles(request: Request) -> Roles:
    return cast(Roles, request.app.state.container.roles())


async def get_auditing(request: Request) -> Auditing:
    return cast(Auditing, request.app.state.container.auditing())


async def get_clients(request: Request) -> Clients:
    return cast(Clients, request.app.state.container.clients())


async def get_authorizing(request: Request) -> Authorizing:
    return cast(Authorizing, request.app.state.container.authorizing())


async def get_granting(request: Request) -> Granting:
    return cast(Granting, request.app.state.container.granting())


async def get_logging_out(request: Request) -> LoggingOut:
    return cast(LoggingOut, request.app.state.container.logging_out())


async def get_signing_keys(request: Request) -> SigningKeys:
    return cast(SigningKeys, request.app.state.container.signing_keys())


async def get_external_signing_in(request: Request) -> ExternalSigningIn:
    return cast(ExternalSigningIn, request.app.state.container.external_signing_in())


async def get_browser(request: Request) -> Browser:
    device = request.cookies.get(DEVICE_COOKIE)
    return Browser(
        address=request.client.host if request.client else "",
        user_agent=_storable(request.headers.get("user-agent", "")),
        device=device if device and len(device) <= MAX_COOKIE_LENGTH else None,
    )


SigningInService = Annotated[SigningIn, Depends(get_signing_in)]
PasswordsService = Annotated[Passwords, Depends(get_passwords)]
RolesService = Annotated[Roles, Depends(get_roles)]
AuditingService = Annotated[Auditing, Depends(get_auditing)]
ClientsService = Annotated[Clients, Depends(get_clients)]
AuthorizingService = Annotated[Authorizing, Depends(get_authorizing)]
GrantingService = Annotated[Granting, Depends(get_granting)]
LoggingOutService = Annotated[LoggingOut, Depends(get_logging_out)]
SigningKeysService = Annotated[SigningKeys, Depends(get_signing_keys)]
ExternalService = Annotated[ExternalSigningIn, Depends(get_external_signing_in)]
CallersBrowser = Annotated[Browser, Depends(get_browser)]


def session_token(request: Request) -> str | None:
    """The secret in the session cookie."""
    return request.cookies.get(SESSION_COOKIE)


def set_session_cookies(request: Request, response: Response, signed_in: SignedIn) -> None:
    """Give the browser its session, and the token by which it is known as this account's device."""
    secure = not request.app.state.container.resources().settings.development
    lifetime = request.app.state.container.lifetime().absolute
    for name, value, seconds in (
        (SESSION_COOKIE, signed_in.session_token, int(lifetime.total_seconds())),
        (DEVICE_COOKIE, signed_in.device_token, DEVICE_COOKIE_SECONDS),
    ):
        response.set_cookie(name, value, max_age=seconds, httponly=True, secure=secure, samesite="lax", path="/")


def drop_session_cookie(request: Request, response: Response) -> None:
    secure = not request.app.state.container.resources().settings.development
    response.delete_cookie(SESSION_COOKIE, httponly=True, secure=secure, samesite="lax", path="/")


def forget_credentials(request: Request, user_id: UUID | None) -> None:
    """Let the edge of this process look this person's credentials up again; everybody's for null."""
    cache = credentials_of(request)
    if cache is None:
        return
    if user_id is None:
        cache.forget_all()
    else:
        cache.forget_user(user_id)


def _storable(text: str) -> str:
    """The header without what the database can't keep."""
    return text.replace("\0", "")
