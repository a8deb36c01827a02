"""Values: compared by content, never changed."""

from lyceum.auth.domain.values.authorization_request import AuthorizationRequest, Prompt
from lyceum.auth.domain.values.external import ExternalClaims, ExternalProvider
from lyceum.auth.domain.values.networks import UNKNOWN_NETWORK, Origin, network_of
from lyceum.auth.domain.values.pkce import challenge_of, is_code_challenge, verifies
from lyceum.auth.domain.values.reach import PLATFORM, Reach
from lyceum.auth.domain.values.redirect_uris import check_redirect_uri, matches_registered, with_query
from lyceum.auth.domain.values.scopes import (
    API,
    EMAIL,
    OFFLINE_ACCESS,
    OPENID,
    PROFILE,
    SCOPES,
    parse_scope,
    scope_text,
)
from lyceum.auth.domain.values.tokens import TOKEN_BYTES, csrf_token, fingerprint, opaque_token, same

__all__ = [
    "API",
    "EMAIL",
    "OFFLINE_ACCESS",
    "OPENID",
    "PLATFORM",
    "PROFILE",
    "SCOPES",
    "TOKEN_BYTES",
    "UNKNOWN_NETWORK",
    "AuthorizationRequest",
    "ExternalClaims",
    "ExternalProvider",
    "Origin",
    "Prompt",
    "Reach",
    "challenge_of",
    "check_redirect_uri",
    "csrf_token",
    "fingerprint",
    "is_code_challenge",
    "matches_registered",
    "network_of",
    "opaque_token",
    "parse_scope",
    "same",
    "scope_text",
    "verifies",
    "with_query",
]
