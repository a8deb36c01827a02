"""The provider's description of itself (OpenID Connect Discovery section 3, RFC 8414)."""

from typing import Any

from lyceum.auth.domain.entities.client import AuthMethod, GrantType
from lyceum.auth.domain.policies.tokens import SIGNING_ALGORITHM
from lyceum.auth.domain.values.authorization_request import Prompt
from lyceum.auth.domain.values.scopes import SCOPES

AUTHORIZATION_PATH = "/oauth/authorize"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
USERINFO_PATH = "/oauth/userinfo"
JWKS_PATH = "/oauth/jwks"
LOGOUT_PATH = "/oauth/logout"
REGISTRATION_PATH = "/oauth/register"


def provider_metadata(issuer: str, *, registration_open: bool) -> dict[str, Any]:
    """The discovery document. `issuer` is our origin, without a slash at the end; `registration_open` says whether
    clients may register themselves (RFC 7591)."""
    metadata: dict[str, Any] = {
        "issuer": issuer,
        "authorization_endpoint": issuer + AUTHORIZATION_PATH,
        "token_endpoint": issuer + TOKEN_PATH,
        "userinfo_endpoint": issuer + USERINFO_PATH,
        "jwks_uri": issuer + JWKS_PATH,
        "end_session_endpoint": issuer + LOGOUT_PATH,
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [grant.value for grant in GrantType],
        "token_endpoint_auth_methods_supported": [method.value for method in AuthMethod],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [SIGNING_ALGORITHM],
        "prompt_values_supported": [prompt.value for prompt in Prompt],
        "claims_supported": [
            *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid"),
            *("name", "locale", "zoneinfo", "email", "email_verified"),
        ],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "authorization_response_iss_parameter_supported": True,
    }
    if registration_open:
        metadata["registration_endpoint"] = issuer + REGISTRATION_PATH
    return metadata
