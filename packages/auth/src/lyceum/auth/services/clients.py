"""The applications that people sign in to."""

from collections.abc import Callable
from typing import Any

from lyceum.auth.domain.entities import AuthMethod, Client, GrantType
from lyceum.auth.domain.errors import ClientNotFound, FirstPartyClient
from lyceum.auth.domain.oauth_errors import InvalidRequest, OAuthError
from lyceum.auth.domain.policies.client_registration import (
    client_information,
    read_client_metadata,
    register,
)
from lyceum.auth.domain.policies.permissions import MANAGE_CLIENTS
from lyceum.auth.domain.queries import AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.scopes import SCOPES, scope_text
from lyceum.auth.schemas.internal import ClientRequest, ClientView, NewClient
from lyceum.auth.services.auditing import note
from lyceum.auth.services.randomness import new_token
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import NotFound, ValidationFailed
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal

WEB_CLIENT = "lyceum-web"
CALLBACK_PATH = "/auth/callback"
CLIENT_ID_LENGTH = 22


class Clients:
    """The platform's own client is computed and needs no row: its addresses follow the platform's."""

    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        issuer: str,
        registration_open: bool,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._registration_open = registration_open
        self._clock = clock
        self._web = Client(
            id=new_id(),
            client_id=WEB_CLIENT,
            name="Lyceum",
            auth_method=AuthMethod.NONE,
            # Native apps listen on the loopback interface, on whatever port the system gives them (RFC 8252).
            redirect_uris=(
                issuer + CALLBACK_PATH,
                f"http://127.0.0.1{CALLBACK_PATH}",
                f"http://[::1]{CALLBACK_PATH}",
            ),
            post_logout_redirect_uris=(issuer, f"{issuer}/"),
            scopes=frozenset(SCOPES),
            grant_types=frozenset(GrantType),
            first_party=True,
            created_at=clock.now(),
        )

    async def find(self, unit: AuthUnit, client_id: str | None) -> Client | None:
        """The client with this id, the platform's own included."""
        if client_id == WEB_CLIENT:
            return self._web
        if client_id is None or "\0" in client_id:
            return None
        return await unit.clients.find(client_id)

    async def list(self, principal: Principal, *, page: PageRequest) -> Page[ClientView]:
        """The registered clients. Raises `NotAuthenticated`, `PermissionDenied`."""
        principal.require(MANAGE_CLIENTS)
        return await self._queries.clients(page=page)

    async def add(self, principal: Principal, request: ClientRequest) -> NewClient:
        """Register a client. Raises `NotAuthenticated`, `PermissionDenied`, and `ValidationFailed` for a redirect URI
        that a client can't have."""
        principal.require(MANAGE_CLIENTS)
        grants = [GrantType.AUTHORIZATION_CODE] + ([GrantType.REFRESH_TOKEN] if request.refresh_tokens else [])
        document = {
            "client_name": request.name,
            "redirect_uris": request.redirect_uris,
            "post_logout_redirect_uris": request.post_logout_redirect_uris,
            "token_endpoint_auth_method": request.auth_method,
            "grant_types": grants,
            "scope": scope_text(frozenset(request.scopes)),
        }
        try:
            client, secret = await self._register(document, principal)
        except OAuthError as error:
            raise ValidationFailed(
                error.detail, errors=[{"pointer": "/redirect_uris", "detail": error.detail}]
            ) from None
        return NewClient(**_view(client).model_dump(), client_secret=None if client.is_public else secret)

    async def remove(self, principal: Principal, client_id: str) -> None:
        """Forget a client; its refresh tokens are worth nothing from then on.

        Raises `NotAuthenticated`, `PermissionDenied`, `FirstPartyClient`, `ClientNotFound`.
        """
        principal.require(MANAGE_CLIENTS)
        if client_id == WEB_CLIENT:
            raise FirstPartyClient()
        async with self._units() as unit:
            client = await self.find(unit, client_id)
            if client is None:
                raise ClientNotFound()
            await unit.clients.remove(client)
            await self._note(unit, "removed", client, principal)
            await unit.commit()

    async def register_openly(self, document: Any) -> dict[str, Any]:
        """Dynamic registration (RFC 7591). Raises `NotFound` where the operator does not allow it, and
        `InvalidRedirectUri` or `InvalidClientMetadata`."""
        if not self._registration_open:
            raise NotFound()
        client, secret = await self._register(document, None)
        return client_information(client, secret)

    async def _register(self, document: Any, principal: Principal | None) -> tuple[Client, str]:
        metadata = read_client_metadata(document)
        if "\0" in metadata.client_name:
            raise InvalidRequest("client_name has a character that it can't have")
        secret = new_token()
        client = register(metadata, client_id=new_token()[:CLIENT_ID_LENGTH], secret=secret, now=self._clock.now())
        async with self._units() as unit:
            unit.clients.add(client)
            await self._note(unit, "registered", client, principal)
            await unit.commit()
        return client, secret

    async def _note(self, unit: AuthUnit, verb: str, client: Client, principal: Principal | None) -> None:
        await note(
            unit,
            actor=None if principal is None else principal.user_id,
            action=f"auth.client.{verb}",
            target=f"client:{client.client_id}",
            details={"name": client.name, "redirect_uris": list(client.redirect_uris)},
            now=self._clock.now(),
        )


def _view(client: Client) -> ClientView:
    return ClientView(
        client_id=client.client_id,
        name=client.name,
        auth_method=client.auth_method.value,
        redirect_uris=list(client.redirect_uris),
        post_logout_redirect_uris=list(client.post_logout_redirect_uris),
        scopes=sorted(client.scopes),
        refresh_tokens=GrantType.REFRESH_TOKEN in client.grant_types,
        created_at=client.created_at,
    )
