"""Domain errors. Each says one fact, carries a stable code, and maps to one HTTP status (RFC 9110).

A module derives its own errors from these kinds and sets `code`, `title`; what a client needs to act on the error
goes into keyword arguments and comes out as extension members of the problem+json document (RFC 9457).
"""

from typing import Any, ClassVar


class LyceumError(Exception):
    """The base of all errors that callers are meant to see."""

    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"
    status: ClassVar[int] = 500

    def __init__(self, detail: str = "", **extensions: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.extensions = extensions


class ValidationFailed(LyceumError):
    """The input breaks a rule. `errors` in the extensions lists `{"pointer": "/field", "detail": "…"}`."""

    code = "validation-failed"
    title = "The input is not valid"
    status = 422


class NotAuthenticated(LyceumError):
    code = "not-authenticated"
    title = "Sign in first"
    status = 401


class PermissionDenied(LyceumError):
    """The caller is known and may not do this."""

    code = "permission-denied"
    title = "You may not do this"
    status = 403


class NotFound(LyceumError):
    """Nothing is there, or the caller may not know that something is."""

    code = "not-found"
    title = "Not found"
    status = 404


class Conflict(LyceumError):
    """The request does not fit the present state of the thing."""

    code = "conflict"
    title = "The request conflicts with the present state"
    status = 409


class VersionConflict(Conflict):
    """Somebody changed the aggregate since the caller read it. Extensions: `expected`, `actual` (integers)."""

    code = "version-conflict"
    title = "It was changed in the meantime"


class PreconditionFailed(LyceumError):
    """`If-Match` names a version that is no longer the current one."""

    code = "precondition-failed"
    title = "The given version is not the current one"
    status = 412


class PreconditionRequired(LyceumError):
    """This write needs `If-Match` (RFC 6585)."""

    code = "precondition-required"
    title = "Say which version you change, with If-Match"
    status = 428


class TooLarge(LyceumError):
    code = "too-large"
    title = "The input is too large"
    status = 413


class UnsupportedMediaType(LyceumError):
    code = "unsupported-media-type"
    title = "This media type is not supported here"
    status = 415


class TooManyRequests(LyceumError):
    """Extension `retry_after`: seconds."""

    code = "too-many-requests"
    title = "Too many requests"
    status = 429


class Unavailable(LyceumError):
    """A part that this needs is away for now; trying again later may work."""

    code = "unavailable"
    title = "Not available right now"
    status = 503
