"""How routes get services."""

from typing import Annotated, cast

from fastapi import Depends, Request

from lyceum.progress.services.reading import Reading
from lyceum.progress.services.studying import Studying


async def get_reading(request: Request) -> Reading:
    return cast(Reading, request.app.state.container.reading())


async def get_studying(request: Request) -> Studying:
    return cast(Studying, request.app.state.container.studying())


ReadingService = Annotated[Reading, Depends(get_reading)]
StudyingService = Annotated[Studying, Depends(get_studying)]
