"""The endpoints of OAuth and OpenID Connect. Discovery describes them; they are not in the OpenAPI document.

The edge gives these paths no principal: the token endpoint has clients for callers, and the others look at the session
cookie only in ways that a foreign page can't abuse.
"""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from lyceum.auth.api.dependencies import (
    AuthorizingService,
    ClientsService,
    GrantingService,
    LoggingOutService,
    SigningKeysService,
    drop_session_cookie,
    forget_credentials,
    session_token,
)
from lyceum.auth.domain.errors import AuthorizationRequestInvalid, LogoutRequestInvalid
from lyceum.auth.domain.oauth_errors import (
    InvalidClient,
    InvalidClientMetadata,
    InvalidRequest,
    InvalidToken,
    OAuthError,
)
from lyceum.auth.domain.policies.authorization_requests import Parameters
from lyceum.auth.domain.policies.discovery import (
    AUTHORIZATION_PATH,
    JWKS_PATH,
    LOGOUT_PATH,
    REGISTRATION_PATH,
    TOKEN_PATH,
    USERINFO_PATH,
    provider_metadata,
)
from lyceum.kernel.errors import LyceumError
from lyceum.runtime.http import cache_publicly

router = APIRouter(include_in_schema=False)

FORM = "application/x-www-form-urlencoded"
MAX_PARAMETERS = 50
METADATA_SECONDS = 300
NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}


@router.get("/.well-known/openid-configuration", operation_id="openid_configuration")
async def openid_configuration(request: Request) -> Response:
    """OpenID Connect Discovery section 4."""
    container = request.app.state.container
    cache_publicly(request, max_age=METADATA_SECONDS)
    metadata = provider_metadata(container.issuer(), registration_open=container.settings().registration_open)
    return JSONResponse(metadata, headers={"access-control-allow-origin": "*"})


@router.get(JWKS_PATH, operation_id="oauth_jwks")
async def jwks(request: Request, keys: SigningKeysService) -> Response:
    """RFC 7517 section 5."""
    ring = await keys.ring()
    cache_publicly(request, max_age=METADATA_SECONDS)
    return JSONResponse(ring.jwks(), headers={"access-control-allow-origin": "*"})


@router.get(AUTHORIZATION_PATH, operation_id="oauth_authorize")
async def authorize(request: Request, authorizing: AuthorizingService) -> Response:
    """OpenID Connect Core section 3.1.2."""
    location = await authorizing.authorize(_query(request, AuthorizationRequestInvalid), session_token(request))
    return _redirect(location)


@router.post(AUTHORIZATION_PATH, operation_id="oauth_authorize_by_form")
async def authorize_by_form(request: Request, authorizing: AuthorizingService) -> Response:
    """The same with a form (OpenID Connect Core section 3.1.2.1). From another site it comes without our cookie."""
    parameters = await _form(request, AuthorizationRequestInvalid)
    return _redirect(await authorizing.authorize(parameters, session_token(request)))


@router.post(TOKEN_PATH, operation_id="oauth_token")
async def token(request: Request, granting: GrantingService) -> Response:
    """RFC 6749 section 3.2."""

    async def answer() -> Response:
        form = await _form(request, InvalidRequest)
        tokens = await granting.tokens(request.headers.get("authorization"), form)
        return JSONResponse(dict(tokens), headers=NO_STORE)

    return await _answered(request, answer)


@router.get(USERINFO_PATH, operation_id="oauth_userinfo")
@router.post(USERINFO_PATH, operation_id="oauth_userinfo_by_post")
async def userinfo(request: Request, granting: GrantingService) -> Response:
    """OpenID Connect Core section 5.3."""

    async def answer() -> Response:
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise InvalidToken("Send the access token in the Authorization header")
        return JSONResponse(await granting.userinfo(credentials.strip()), headers=NO_STORE)

    return await _answered(request, answer)


@router.get(LOGOUT_PATH, operation_id="oauth_logout")
async def logout(request: Request, logging_out: LoggingOutService) -> Response:
    """OpenID Connect RP-Initiated Logout section 2."""
    return await _log_out(request, logging_out, _query(request, LogoutRequestInvalid))


@router.post(LOGOUT_PATH, operation_id="oauth_logout_by_form")
async def logout_by_form(request: Request, logging_out: LoggingOutService) -> Response:
    """The same with a form."""
    return await _log_out(request, logging_out, await _form(request, LogoutRequestInvalid))


@router.post(REGISTRATION_PATH, operation_id="oauth_register")
async def register(request: Request, clients: ClientsService) -> Response:
    """RFC 7591 section 3, where the operator allows it."""

    async def answer() -> Response:
        try:
            document = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise InvalidClientMetadata("The body is not JSON") from None
        return JSONResponse(await clients.register_openly(document), status_code=201, headers=NO_STORE)

    return await _answered(request, answer)


async def _log_out(request: Request, logging_out: LoggingOutService, parameters: Parameters) -> Response:
    outcome = await logging_out.log_out(parameters, session_token(request))
    response = _redirect(outcome.location)
    if outcome.user_id is not None:
        drop_session_cookie(request, response)
        forget_credentials(request, outcome.user_id)
    return response


async def _answered(request: Request, answer: Callable[[], Awaitable[Response]]) -> Response:
    """The answer, or the error as RFC 6749 section 5.2 and RFC 6750 section 3 want it."""
    try:
        return await answer()
    except OAuthError as error:
        headers = dict(NO_STORE)
        if isinstance(error, InvalidClient) and "authorization" in request.headers:
            headers["www-authenticate"] = 'Basic realm="lyceum"'
        elif not isinstance(error, InvalidClient) and error.status in (401, 403):
            headers["www-authenticate"] = f'Bearer realm="lyceum", error="{error.error}"'
        return JSONResponse(error.document(), status_code=error.status, headers=headers)


def _redirect(location: str) -> Response:
    return RedirectResponse(location, status_code=303, headers=NO_STORE | {"referrer-policy": "no-referrer"})


def _query(request: Request, kind: type[LyceumError]) -> Parameters:
    return _parameters(request.url.query, kind)


async def _form(request: Request, kind: type[LyceumError]) -> Parameters:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise kind(f"Send the parameters as {FORM}")
    try:
        text = (await request.body()).decode()
    except UnicodeDecodeError:
        raise kind("The form is not UTF-8") from None
    return _parameters(text, kind)


def _parameters(text: str, kind: type[LyceumError]) -> Parameters:
    """The parameters in their order; those without a value count as left out (RFC 6749 section 3.1)."""
    try:
        return parse_qsl(text, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        raise kind("Too many parameters") from None
