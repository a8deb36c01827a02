"""What is in our tokens.

Access tokens follow RFC 9068, ID tokens OpenID Connect Core section 2. Both live five minutes: an access token is not
asked about in the database at every use, so this bounds what a lost one is worth; `sid` lets the edge refuse it sooner
when the session is revoked.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from lyceum.auth.domain.oauth_errors import InsufficientScope
from lyceum.auth.domain.values.scopes import EMAIL, OPENID, PROFILE, scope_text

TOKEN_LIFETIME = timedelta(minutes=5)
SIGNING_ALGORITHM = "RS256"
"""The one that every OpenID Connect relying party has to understand (Core section 15.1)."""


class TokenKind(StrEnum):
    """The `typ` header, which keeps one kind from being taken for the other (RFC 8725 section 3.11)."""

    ACCESS = "at+jwt"
    ID = "JWT"


def access_token_claims(
    *,
    issuer: str,
    audience: str,
    user_id: UUID,
    client_id: str,
    session_id: UUID,
    scopes: frozenset[str],
    authenticated_at: datetime,
    token_id: UUID,
    now: datetime,
) -> dict[str, Any]:
    """RFC 9068 section 2.2, with `sid`."""
    return {
        "iss": issuer,
        "sub": str(user_id),
        "aud": audience,
        "client_id": client_id,
        "scope": scope_text(scopes),
        "sid": str(session_id),
        "auth_time": _seconds(authenticated_at),
        "jti": str(token_id),
        "iat": _seconds(now),
        "exp": _seconds(now + TOKEN_LIFETIME),
    }


def id_token_claims(
    *,
    issuer: str,
    client_id: str,
    user_id: UUID,
    session_id: UUID,
    authenticated_at: datetime,
    nonce: str | None,
    access_token: str,
    now: datetime,
) -> dict[str, Any]:
    """OpenID Connect Core sections 2 and 3.1.3.6; on a refresh the nonce is left out (section 12.2).

    Who the person is, the userinfo endpoint tells: an ID token is no place for personal data, it ends up in logs as a
    logout hint.
    """
    claims = {
        "iss": issuer,
        "sub": str(user_id),
        "aud": client_id,
        "sid": str(session_id),
        "auth_time": _seconds(authenticated_at),
        "at_hash": at_hash(access_token),
        "iat": _seconds(now),
        "exp": _seconds(now + TOKEN_LIFETIME),
    }
    return claims if nonce is None else claims | {"nonce": nonce}


def at_hash(access_token: str) -> str:
    """The left half of the access token's SHA-256, as our algorithm wants it (OpenID Connect Core section 3.1.3.6)."""
    digest = hashlib.sha256(access_token.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def userinfo_claims(
    *,
    user_id: UUID,
    scopes: frozenset[str],
    name: str,
    locale: str,
    time_zone: str,
    email: str,
) -> dict[str, Any]:
    """What the scopes let a client know of a person (OpenID Connect Core sections 5.1 and 5.4).

    Every address here was verified before the account was made.
    Raises `InsufficientScope` without `openid` (section 5.3).
    """
    if OPENID not in scopes:
        raise InsufficientScope()
    claims: dict[str, Any] = {"sub": str(user_id)}
    if PROFILE in scopes:
        claims |= {"name": name, "locale": locale, "zoneinfo": time_zone}
    if EMAIL in scopes:
        claims |= {"email": email, "email_verified": True}
    return claims


def token_response(
    *, access_token: str, scopes: frozenset[str], id_token: str | None, refresh_token: str | None
) -> Mapping[str, str | int]:
    """RFC 6749 section 5.1 and OpenID Connect Core section 3.1.3.3. To be sent with `Cache-Control: no-store`."""
    response: dict[str, str | int] = {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LIFETIME.total_seconds()),
        "scope": scope_text(scopes),
    }
    if id_token is not None:
        response["id_token"] = id_token
    if refresh_token is not None:
        response["refresh_token"] = refresh_token
    return response


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
