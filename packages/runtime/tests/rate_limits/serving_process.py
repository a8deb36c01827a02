"""A platform without modules: `serving_process.py PORT REDIS_URL FOLDER REQUESTS_OF_STRANGERS_PER_MINUTE`."""

import io
import sys
from pathlib import Path

from lyceum.kernel.authentication import Authentication
from lyceum.runtime import process
from lyceum.runtime.application import application
from lyceum.runtime.composition import Platform
from lyceum.runtime.rate_limits import Rate, RateLimitSettings
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import AccessLog, configure_logging


class Nobody:
    async def authenticate(self, *, session: str | None, bearer: str | None) -> None:
        return None


async def main(port: int, redis_url: str, folder: Path, most: int) -> None:
    settings = PlatformSettings(data_dir=folder)
    async with Platform(
        settings=settings,
        database_url="postgresql://nobody@localhost/nothing",
        modules=(),
        ports={Authentication: Nobody()},
        redis_url=redis_url,
    ) as platform:
        app = application(
            platform,
            access_log=AccessLog(io.BytesIO()),
            openapi=b"{}",
            limits=RateLimitSettings(anonymous=Rate(most, 60)),
        )
        await process.serve(app.asgi, host="127.0.0.1", port=port)


configure_logging(readable=False)
process.run(main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
