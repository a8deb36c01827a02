"""How a client says who it is at the token endpoint (RFC 6749 section 2.3)."""

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from lyceum.auth.domain.entities.client import AuthMethod
from lyceum.auth.domain.oauth_errors import InvalidClient, InvalidRequest
from lyceum.auth.domain.policies.authorization_requests import Parameters

MAX_CREDENTIAL_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """What a client presented. The service looks the client up and lets it `authenticate`."""

    client_id: str
    method: AuthMethod
    secret: str | None = field(default=None, repr=False)


def read_client_credentials(authorization: str | None, form: Parameters) -> ClientCredentials:
    """The credentials in the Authorization header or the form.

    Raises `InvalidRequest` for more than one way at once, and `InvalidClient` for none or for a broken header.
    """
    values = dict(form)
    client_id, secret = values.get("client_id"), values.get("client_secret")
    if authorization is None:
        if not client_id or len(client_id) > MAX_CREDENTIAL_LENGTH or len(secret or "") > MAX_CREDENTIAL_LENGTH:
            raise InvalidClient()
        method = AuthMethod.NONE if secret is None else AuthMethod.SECRET_POST
        return ClientCredentials(client_id, method, secret)
    credentials = _basic(authorization)
    if secret is not None or client_id not in (None, credentials.client_id):
        raise InvalidRequest("The client authenticates in more than one way")
    return credentials


def _basic(authorization: str) -> ClientCredentials:
    """RFC 6749 section 2.3.1: both parts are form-encoded before they go into HTTP Basic."""
    scheme, _, text = authorization.partition(" ")
    if scheme.lower() != "basic" or len(text) > 4 * MAX_CREDENTIAL_LENGTH:
        raise InvalidClient()
    try:
        pair = base64.b64decode(text.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise InvalidClient() from None
    client_id, colon, secret = pair.partition(":")
    if not colon or not client_id:
        raise InvalidClient()
    return ClientCredentials(unquote_plus(client_id), AuthMethod.SECRET_BASIC, unquote_plus(secret))
