"""`lyceum-worker`: relay events and run background jobs, without HTTP."""

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings


def main() -> None:
    """Work until SIGINT or SIGTERM."""
    settings = PlatformSettings()

    async def run(url: str) -> None:
        async with Platform(settings=settings, database_url=url, modules=installed_modules()) as platform:
            await process.work(platform)

    with process.observed(settings, "lyceum-worker"), process.database(settings) as url:
        process.run(run(url))
