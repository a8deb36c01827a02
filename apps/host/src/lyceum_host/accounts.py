"""`lyceum create-user`: an account without a verification mail, for the first administrator and for sample people."""

from typing import Annotated
from uuid import UUID

import typer

from lyceum.auth.ports import RoleAssignments
from lyceum.identity.ports import CredentialStore, UserDirectory, UserProvisioning
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.principal import ScopeKind
from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging


async def ensure_account(
    platform: Platform, *, email: str, display_name: str, password: str, roles: tuple[str, ...] = ()
) -> UUID:
    """The id of the account with this address; made, with this password, where there is none. Roles are added.

    Raises `PasswordRefused`, `ValidationFailed`, `RoleNotFound`.
    """
    person = await platform.port(UserDirectory).find_user_by_email(email=email)
    if person is None:
        person = await platform.port(UserProvisioning).provision_user(email=email, display_name=display_name)
        await platform.port(CredentialStore).set_password(
            user_id=person.id, password=password, email=email, display_name=display_name
        )
    for role in roles:
        await platform.port(RoleAssignments).assign(
            user_id=person.id, role=role, scope=ScopeKind.PLATFORM, scope_id=None, assigned_by=None
        )
    return person.id


def command(
    email: Annotated[str, typer.Argument(help="The e-mail address, taken as verified.")],
    name: Annotated[str, typer.Option(help="The name that others see.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Asked for when left out.")],
    role: Annotated[list[str] | None, typer.Option(help="A role on the whole platform; can be given again.")] = None,
) -> None:
    """Create an account, or give roles to the one that has this address."""
    settings = PlatformSettings()
    configure_logging(readable=True, level="ERROR")

    async def run(url: str) -> None:
        async with Platform(settings=settings, database_url=url, modules=installed_modules()) as platform:
            user_id = await ensure_account(
                platform, email=email, display_name=name, password=password, roles=tuple(role or ())
            )
            typer.echo(user_id)

    with process.database(settings) as url:
        try:
            process.run(run(url))
        except LyceumError as error:
            typer.echo(f"{error.code}: {error.detail} {error.extensions.get('errors', '')}", err=True)
            raise typer.Exit(1) from error
