"""Short-lived addresses for the files of courses."""

from datetime import timedelta

from lyceum.course.domain.assets import Asset, stored_key
from lyceum.runtime.storage import SignedUrls

LIFETIME = timedelta(minutes=15)


class SignedAddresses:
    def __init__(self, urls: SignedUrls) -> None:
        self._urls = urls

    async def of(self, asset: Asset) -> str:
        return await self._urls.url(
            key=stored_key(asset.object_key), expires_in=LIFETIME, content_type=asset.media_type
        )
