"""`Idempotency-Key`: a write that a client sends again takes effect once, and gets the first answer again.

After draft-ietf-httpapi-idempotency-key-header. A router opts in with `APIRouter(route_class=IdempotentRoute)`: its
POST routes then honour the header, and the module's application has the store in its state as `idempotency`.
"""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from hashlib import blake2b
from typing import Annotated, Any, Protocol, runtime_checkable
from uuid import UUID

from fastapi import Depends, Header
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from lyceum.kernel.errors import Conflict, LyceumError, TooManyRequests, ValidationFailed
from lyceum.runtime.http.problems import problem_response

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

HEADER = "Idempotency-Key"
REPLAYED = "idempotency-replayed"
MAX_KEY_LENGTH = 255

# The draft makes the key a string of RFC 8941, in quotes; most clients leave the quotes out.
_KEY = re.compile(r'"([\x21\x23-\x5b\x5d-\x7e]{1,253})"|([\x21\x23-\x5b\x5d-\x7e]{1,255})')
# Larger answers than this are not worth keeping; such a request runs again.
MAX_STORED_BYTES = 256 * 1024
# Not the outcome of the work, and likely to change without the client asking for something else.
_NOT_STORED = frozenset({401, 403, 429})


class IdempotencyKeyReused(LyceumError):
    """The key came before, with another request."""

    code = "idempotency-key-reused"
    title = "This Idempotency-Key was used for another request"
    status = 422


class IdempotencyKeyInUse(Conflict):
    """A request with this key is still running; ask again later."""

    code = "idempotency-key-in-use"
    title = "A request with this Idempotency-Key is running"


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """An answer to give again. Headers are what the route set, not what the edge adds."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotentRequest:
    """What identifies a request: the client's key within its owner and route. The hash tells whether it is the same."""

    key: str
    owner: str
    route: str
    request_hash: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run the request. `token` tells this run from one that took over after the lease ended."""

    request: IdempotentRequest
    token: UUID


@runtime_checkable
class IdempotencyStore(Protocol):
    """Remembers requests and their answers.

    A claim that is neither finished nor abandoned (the process died) ends after the store's lease; answers are kept for
    the store's retention. `lyceum.testing.idempotency` has the suite that every store passes.
    """

    async def begin(self, request: IdempotentRequest) -> Claim | StoredResponse:
        """A claim for a new key, the stored answer for a finished one.

        Raises `IdempotencyKeyReused` if the hash is another one, `IdempotencyKeyInUse` while a claim holds.
        """
        ...

    async def finish(self, claim: Claim, response: StoredResponse) -> None:
        """Store the answer. Without effect if the claim has been taken over."""
        ...

    async def abandon(self, claim: Claim) -> None:
        """Forget the request, so that it can be sent again. Without effect if the claim has been taken over."""
        ...


async def idempotency_key(
    value: Annotated[
        str | None,
        Header(
            alias=HEADER,
            max_length=MAX_KEY_LENGTH,
            description="A value of the client's own (a UUID, say). Sent again with it, the request takes effect once.",
        ),
    ] = None,
) -> None:
    """Documents the header; `IdempotentRoute` reads it before the route runs."""


class IdempotentRoute(APIRoute):
    """A route whose POST honours `Idempotency-Key`. Answers up to 499 are kept, answers of 500 and more are not."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if "POST" in (options.get("methods") or ()):
            options["dependencies"] = [*(options.get("dependencies") or ()), Depends(idempotency_key)]
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        return self.once(super().get_route_handler())

    def once(self, handle: Handler) -> Handler:
        """The same handler, running once for each key."""

        async def handle_once(request: Request) -> Response:
            sent = request.headers.get(HEADER)
            if sent is None or request.method != "POST":
                return await handle(request)
            return await _once(request, _key(sent), self.path_format, handle)

        return handle_once


async def _once(request: Request, key: str, route: str, handle: Handler) -> Response:
    store: IdempotencyStore = request.app.state.idempotency
    principal = request.scope["principal"]
    found = await store.begin(
        IdempotentRequest(
            key=key,
            owner=str(principal.user_id) if principal.is_authenticated else "anonymous",
            route=route,
            request_hash=await _request_hash(request),
        )
    )
    if isinstance(found, StoredResponse):
        return Response(found.body, found.status, {**dict(found.headers), REPLAYED: "true"})
    try:
        try:
            response = await handle(request)
        except LyceumError as error:
            if error.status >= 500 or isinstance(error, TooManyRequests):
                raise
            response = problem_response(error)
    except BaseException:
        await store.abandon(found)
        raise
    body = getattr(response, "body", None)
    storable = response.status_code < 500 and response.status_code not in _NOT_STORED
    if storable and isinstance(body, bytes) and len(body) <= MAX_STORED_BYTES:
        headers = tuple((name, value) for name, value in response.headers.items() if name != "content-length")
        await store.finish(found, StoredResponse(response.status_code, headers, body))
    else:
        await store.abandon(found)
    return response


async def _request_hash(request: Request) -> bytes:
    digest = blake2b(digest_size=32)
    for part in (request.url.path, request.url.query, request.headers.get("content-type", "")):
        digest.update(part.encode() + b"\0")
    digest.update(await request.body())
    return digest.digest()


def _key(sent: str) -> str:
    match = _KEY.fullmatch(sent)
    if match is None:
        detail = f"use 1 to {MAX_KEY_LENGTH} visible ASCII characters, without quotes inside"
        raise ValidationFailed(
            f"{HEADER} is not understood: {detail}",
            errors=[{"pointer": f"/{HEADER}", "detail": detail, "in": "header"}],
        )
    return match[1] or match[2]
