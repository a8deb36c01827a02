"""Keyset pages over HTTP: `?limit=…&cursor=…`."""

from typing import Annotated

from fastapi import Depends, Query

from lyceum.kernel.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, PageRequest

# A cursor holds a sort key; no sort key of ours comes near this many characters.
MAX_CURSOR_LENGTH = 1024


async def page_params(
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE, description="At most so many items.")] = DEFAULT_PAGE_SIZE,
    cursor: Annotated[
        str | None,
        Query(max_length=MAX_CURSOR_LENGTH, description="`next_cursor` of the page before; left out for the first."),
    ] = None,
) -> PageRequest:
    """Which page a listing is asked for."""
    return PageRequest(limit=limit, cursor=cursor)


PageParams = Annotated[PageRequest, Depends(page_params)]
"""A route parameter of this type takes `limit` (1 to 100, default 20) and `cursor` from the query."""
