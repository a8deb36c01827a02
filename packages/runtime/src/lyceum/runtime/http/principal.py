"""The caller, as the edge found it."""

from typing import Annotated, cast

from fastapi import Depends, Request

from lyceum.kernel.principal import Principal


async def current_principal(request: Request) -> Principal:
    """The principal of this request. The edge always sets one; a route without an edge is a mistake and fails."""
    return cast(Principal, request.scope["principal"])


CurrentPrincipal = Annotated[Principal, Depends(current_principal)]
"""A route parameter of this type is the caller; anonymous without credentials."""
