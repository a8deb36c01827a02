"""The caller, as the edge found it."""

from typing import Annotated, Any, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.principal import Principal


async def current_principal(request: Request) -> Principal:
    """The principal of this request. The edge always sets one; a route without an edge is a mistake and fails."""
    return cast(Principal, request.scope["principal"])


CurrentPrincipal = Annotated[Principal, Depends(current_principal)]
"""A route parameter of this type is the caller; anonymous without credentials."""


def wants_sign_in(route: BaseRoute) -> bool:
    """Whether the route is for signed-in callers alone: it declares `NotAuthenticated` among its problems.

    A route that asks for a session only sometimes declares an error of its own, with a code of its own.
    """
    if not isinstance(route, APIRoute):
        return False
    declared: Any = route.responses.get(401, {})
    return NotAuthenticated.code in declared.get("x-problem-codes", ())


def refuse_strangers(scope: Scope) -> None:
    """Raises `NotAuthenticated` for an anonymous caller."""
    cast(Principal, scope["principal"]).require_user()


def for_signed_in(app: ASGIApp) -> ASGIApp:
    """The application for signed-in callers: others are refused before anything they sent is looked at."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        refuse_strangers(scope)
        await app(scope, receive, send)

    return guarded
