"""Dynamic client registration (RFC 7591, OpenID Connect Dynamic Client Registration 1.0)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lyceum.auth.domain.entities.client import AuthMethod, Client, GrantType
from lyceum.auth.domain.oauth_errors import InvalidClientMetadata, InvalidRedirectUri, InvalidScope
from lyceum.auth.domain.values.redirect_uris import MAX_URI_LENGTH, check_redirect_uri
from lyceum.auth.domain.values.scopes import EMAIL, OPENID, PROFILE, SCOPES, parse_scope, scope_text
from lyceum.auth.domain.values.tokens import fingerprint
from lyceum.kernel.ids import new_id

MAX_URIS = 10
DEFAULT_SCOPES = frozenset({OPENID, PROFILE, EMAIL})

Uris = Annotated[list[Annotated[str, Field(max_length=MAX_URI_LENGTH)]], Field(max_length=MAX_URIS)]


class ClientMetadata(BaseModel):
    """The metadata that we act on; a member that we don't know is ignored (RFC 7591 section 2), one that asks for
    something that we don't do is refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    redirect_uris: Annotated[Uris, Field(min_length=1)]
    post_logout_redirect_uris: Uris = []
    token_endpoint_auth_method: AuthMethod = AuthMethod.SECRET_BASIC
    grant_types: Annotated[list[GrantType], Field(max_length=len(GrantType))] = [GrantType.AUTHORIZATION_CODE]
    response_types: list[Literal["code"]] = Field(default=["code"], min_length=1, max_length=1)
    client_name: Annotated[str, Field(min_length=1, max_length=100)] = "Unnamed application"
    scope: str = scope_text(DEFAULT_SCOPES)
    subject_type: Literal["public"] = "public"
    id_token_signed_response_alg: Literal["RS256"] = "RS256"  # noqa: S105 - an algorithm


def read_client_metadata(document: Any) -> ClientMetadata:
    """The checked metadata in a registration request.

    Raises `InvalidRedirectUri` or `InvalidClientMetadata` (RFC 7591 section 3.2.2).
    """
    try:
        metadata = ClientMetadata.model_validate(document)
    except ValidationError as error:
        members = sorted({str(part["loc"][0]) for part in error.errors() if part["loc"]})
        if members and members[0] in ClientMetadata.model_fields and set(members) <= {"redirect_uris"}:
            raise InvalidRedirectUri("redirect_uris needs 1 to 10 URIs") from None
        raise InvalidClientMetadata(f"Not acceptable: {', '.join(members) or 'the document'}") from None
    if GrantType.AUTHORIZATION_CODE not in metadata.grant_types:
        raise InvalidClientMetadata("grant_types needs authorization_code")
    public = metadata.token_endpoint_auth_method is AuthMethod.NONE
    for uri in (*metadata.redirect_uris, *metadata.post_logout_redirect_uris):
        check_redirect_uri(uri, public=public)
    try:
        scopes = parse_scope(metadata.scope)
    except InvalidScope as error:
        raise InvalidClientMetadata(error.detail) from None
    if not scopes or not scopes <= SCOPES.keys():
        raise InvalidClientMetadata("scope has a value that is not supported")
    return metadata


def register(
    metadata: ClientMetadata,
    *,
    client_id: str,
    secret: str,
    now: datetime,
) -> Client:
    """The client, which is never a first-party one. A public client has no use for the secret and gets none."""
    public = metadata.token_endpoint_auth_method is AuthMethod.NONE
    return Client(
        id=new_id(),
        client_id=client_id,
        name=metadata.client_name,
        auth_method=metadata.token_endpoint_auth_method,
        secret_hash=None if public else fingerprint(secret),
        redirect_uris=tuple(dict.fromkeys(metadata.redirect_uris)),
        post_logout_redirect_uris=tuple(dict.fromkeys(metadata.post_logout_redirect_uris)),
        scopes=parse_scope(metadata.scope),
        grant_types=frozenset(metadata.grant_types),
        created_at=now,
    )


def client_information(client: Client, secret: str) -> dict[str, Any]:
    """The answer to a registration (RFC 7591 section 3.2.1): the only time that the secret is seen."""
    information: dict[str, Any] = {
        "client_id": client.client_id,
        "client_id_issued_at": int(client.created_at.timestamp()),
        "client_name": client.name,
        "redirect_uris": list(client.redirect_uris),
        "post_logout_redirect_uris": list(client.post_logout_redirect_uris),
        "token_endpoint_auth_method": client.auth_method.value,
        "grant_types": sorted(client.grant_types),
        "response_types": ["code"],
        "scope": scope_text(client.scopes),
        "subject_type": "public",
        "id_token_signed_response_alg": "RS256",
    }
    if not client.is_public:
        information |= {"client_secret": secret, "client_secret_expires_at": 0}
    return information
