"""`lyceum-standalone --module course`: one module as a service of its own."""

from importlib.metadata import version
from typing import Annotated

import typer

from lyceum.runtime import process
from lyceum.runtime.application import application
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.http import merge_openapi, module_app, openapi_bytes
from lyceum.runtime.http.edge import SESSION_COOKIE
from lyceum.runtime.live.ticket_route import NAME as LIVE
from lyceum.runtime.live.ticket_route import ticket_app
from lyceum.runtime.migrations import migrate
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import AccessLog


def run(
    module: Annotated[str, typer.Option(help="The module to serve.")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8001,
) -> None:
    """Serve one module: its API, its ports for the others, its events and jobs.

    `LYCEUM_REMOTE__<MODULE>` has the addresses of the modules that it needs, `LYCEUM_EVENT_PEERS__<NAME>` those of the
    processes that want its events, and `LYCEUM_SERVICE_TOKEN` is what they all share.
    """
    settings = PlatformSettings()
    specs = installed_modules()
    own = [spec for spec in specs if spec.name == module]
    if not own:
        raise typer.BadParameter(f"no such module; there are {', '.join(spec.name for spec in specs)}")

    async def serve(url: str) -> None:
        async with (
            Platform(settings=settings, database_url=url, modules=specs, only=[module]) as platform,
            process.working(platform),
        ):
            app = application(
                platform,
                access_log=AccessLog(readable=settings.development),
                openapi=openapi_bytes(
                    merge_openapi(
                        {module: module_app(module, own[0].routers, {}), LIVE: ticket_app()},
                        title=f"Lyceum {module}",
                        version=version(f"lyceum-{module}"),
                        session_cookie=SESSION_COOKIE,
                    )
                ),
            )
            await process.serve(app.asgi, host=host, port=port)

    with process.observed(settings, f"lyceum-{module}"), process.database(settings) as url:
        migrate(url, own, roles=settings.database_roles)
        process.run(serve(url))


def main() -> None:
    """The command."""
    typer.run(run)
