"""The `lyceum` command."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging
from lyceum_host import accounts, events, imports, up
from lyceum_host.app import OPENAPI, create_app, openapi_document
from lyceum_host.doctor import examine

main = typer.Typer(name="lyceum", help="The Lyceum learning platform.", no_args_is_help=True, add_completion=False)
main.add_typer(events.commands, name="events", help="Look at events and bring dead ones back.")
main.command("up")(up.command)
main.command("create-user")(accounts.command)
main.command("import-course")(imports.command)

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)]


@main.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API. Events and jobs are a worker's: run one beside it."""
    settings = PlatformSettings()

    async def run(url: str) -> None:
        async with Platform(settings=settings, database_url=url, modules=installed_modules()) as platform:
            await process.serve(create_app(platform).asgi, host=host, port=port)

    with process.observed(settings, "lyceum-host"), process.database(settings) as url:
        process.run(run(url))


@main.command()
def worker() -> None:
    """Relay events and run background jobs."""
    settings = PlatformSettings()

    async def run(url: str) -> None:
        async with Platform(settings=settings, database_url=url, modules=installed_modules()) as platform:
            await process.work(platform)

    with process.observed(settings, "lyceum-host"), process.database(settings) as url:
        process.run(run(url))


@main.command()
def migrate() -> None:
    """Bring the database schemas of all modules up to date."""
    settings = PlatformSettings()
    configure_logging(readable=True)
    with process.database(settings) as url:
        process.migrated(url, installed_modules(), settings)
    typer.echo("The schemas are up to date.")


@main.command()
def openapi(
    write: Annotated[bool, typer.Option(help="Replace the stored document, which the host serves.")] = False,
    check: Annotated[bool, typer.Option(help="Fail when the stored document is not current.")] = False,
) -> None:
    """Print the OpenAPI document of the API."""
    document = openapi_document(installed_modules())
    if write:
        Path(str(OPENAPI)).write_bytes(document)
    elif check:
        if OPENAPI.read_bytes() != document:
            typer.echo("The stored OpenAPI document is not current: run `lyceum openapi --write`.", err=True)
            raise typer.Exit(1)
    else:
        sys.stdout.buffer.write(document)


@main.command()
def doctor() -> None:
    """Look at the settings, the database and the schemas, and say what is wrong."""
    settings = PlatformSettings()
    configure_logging(readable=True)
    with process.database(settings) as url:
        findings = asyncio.run(examine(settings, url))
    for finding in findings:
        typer.echo(f"{'ok ' if finding.good else 'BAD'}  {finding.what}: {finding.detail}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)
