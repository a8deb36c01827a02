"""Errors of the OAuth and OpenID Connect endpoints, with the codes of the standards.

Their body is not problem+json but the JSON object of RFC 6749 section 5.2, or the query of a redirect (section
4.1.2.1).
"""

from typing import ClassVar

from lyceum.kernel.errors import LyceumError


class OAuthError(LyceumError):
    """Base. `error` is the registered code; the detail goes out as `error_description`, in ASCII."""

    code = "auth.oauth"
    status = 400
    error: ClassVar[str]

    def document(self) -> dict[str, str]:
        """The response body of RFC 6749 section 5.2."""
        return {"error": self.error, "error_description": self.detail}


class InvalidRequest(OAuthError):
    error = "invalid_request"
    title = "The request is malformed"


class InvalidClient(OAuthError):
    """RFC 6749 section 5.2: 401, with `WWW-Authenticate` where the client used the Authorization header."""

    error = "invalid_client"
    title = "The client could not be authenticated"
    status = 401


class InvalidGrant(OAuthError):
    """Says the same for an unknown, used, expired or revoked code or token, or another client's."""

    error = "invalid_grant"
    title = "The code or refresh token is not valid"


class GrantReplayed(InvalidGrant):
    """The code or refresh token was used before: somebody else may have it, so the family has to be revoked
    (RFC 6749 section 4.1.2, RFC 9700 section 4.14.2). The caller is told no more than `invalid_grant`."""


class UnauthorizedClient(OAuthError):
    error = "unauthorized_client"
    title = "The client may not use this grant"


class UnsupportedGrantType(OAuthError):
    error = "unsupported_grant_type"
    title = "This grant type is not supported"


class InvalidScope(OAuthError):
    error = "invalid_scope"
    title = "No requested scope can be granted"


class UnsupportedResponseType(OAuthError):
    error = "unsupported_response_type"
    title = "Only response_type=code is supported"


class AccessDenied(OAuthError):
    error = "access_denied"
    title = "The person said no"


class LoginRequired(OAuthError):
    """OpenID Connect Core section 3.1.2.6."""

    error = "login_required"
    title = "The person has to sign in"


class ConsentRequired(OAuthError):
    error = "consent_required"
    title = "The person has to consent"


class RequestNotSupported(OAuthError):
    error = "request_not_supported"
    title = "The request parameter is not supported"


class RequestUriNotSupported(OAuthError):
    error = "request_uri_not_supported"
    title = "The request_uri parameter is not supported"


class InvalidRedirectUri(OAuthError):
    """RFC 7591 section 3.2.2."""

    error = "invalid_redirect_uri"
    title = "A redirect URI is not allowed"


class InvalidClientMetadata(OAuthError):
    """RFC 7591 section 3.2.2."""

    error = "invalid_client_metadata"
    title = "The client metadata is not valid"


class InvalidToken(OAuthError):
    """RFC 6750 section 3.1: the access token is expired, revoked, malformed or not for us."""

    error = "invalid_token"
    title = "The access token is not valid"
    status = 401


class InsufficientScope(OAuthError):
    """RFC 6750 section 3.1."""

    error = "insufficient_scope"
    title = "The access token lacks the needed scope"
    status = 403
