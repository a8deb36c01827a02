"""How routes get services."""

from typing import Annotated, cast

from fastapi import Depends, Request

from lyceum.identity.services.accounts import Accounts
from lyceum.identity.services.organising import Organising
from lyceum.identity.services.profiles import Profiles
from lyceum.identity.services.registering import Registering


async def get_registering(request: Request) -> Registering:
    return cast(Registering, request.app.state.container.registering())


async def get_profiles(request: Request) -> Profiles:
    return cast(Profiles, request.app.state.container.profiles())


async def get_accounts(request: Request) -> Accounts:
    return cast(Accounts, request.app.state.container.accounts())


async def get_organising(request: Request) -> Organising:
    return cast(Organising, request.app.state.container.organising())


RegisteringService = Annotated[Registering, Depends(get_registering)]
ProfilesService = Annotated[Profiles, Depends(get_profiles)]
AccountsService = Annotated[Accounts, Depends(get_accounts)]
OrganisingService = Annotated[Organising, Depends(get_organising)]
