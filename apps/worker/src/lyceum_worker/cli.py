"""`lyceum-worker`: relay events and run background jobs, without HTTP."""

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging


def main() -> None:
    """Work until SIGINT or SIGTERM."""
    settings = PlatformSettings()
    configure_logging(readable=settings.development)

    async def run(url: str) -> None:
        async with (
            Platform(settings=settings, database_url=url, modules=installed_modules()) as platform,
            process.working(platform),
        ):
            await process.until_stopped()

    with process.database(settings) as url:
        process.run(run(url))
