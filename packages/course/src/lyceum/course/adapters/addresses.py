"""Short-lived addresses for the files of courses."""

from datetime import timedelta
from uuid import UUID

from lyceum.course.domain.assets import Asset, asset_key, stored_key
from lyceum.runtime.storage import SignedUrls

LIFETIME = timedelta(minutes=15)


class SignedAddresses:
    def __init__(self, urls: SignedUrls) -> None:
        self._urls = urls

    async def of(self, course_id: UUID, asset: Asset) -> str:
        key = stored_key(asset_key(course_id, asset.sha256))
        return await self._urls.url(key=key, expires_in=LIFETIME, content_type=asset.media_type)
