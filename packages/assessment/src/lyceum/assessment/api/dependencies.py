"""How routes get services."""

from typing import Annotated, cast

from fastapi import Depends, Request

from lyceum.assessment.services.attempting import Attempting
from lyceum.assessment.services.authoring import Authoring


async def get_attempting(request: Request) -> Attempting:
    return cast(Attempting, request.app.state.container.attempting())


async def get_authoring(request: Request) -> Authoring:
    return cast(Authoring, request.app.state.container.authoring())


AttemptingService = Annotated[Attempting, Depends(get_attempting)]
AuthoringService = Annotated[Authoring, Depends(get_authoring)]
