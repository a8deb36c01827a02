"""The files of courses: uploading, listing, and addresses to read them."""

import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Protocol
from uuid import UUID

from lyceum.course.domain.assets import Asset, asset_key, asset_path
from lyceum.course.domain.assets import media_type as checked_media_type
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.ports import AssetNotFound, NotEnrolled, SignInForFile
from lyceum.course.schemas.internal import AssetView
from lyceum.course.services.authority import course_to_author, visible_course
from lyceum.course.services.objects import Objects
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import PermissionDenied, TooLarge, ValidationFailed
from lyceum.kernel.principal import Principal


class Addresses(Protocol):
    """Makes short-lived addresses for objects."""

    async def of(self, course_id: UUID, asset: Asset) -> str: ...


class Filing:
    def __init__(
        self,
        *,
        units: Callable[[], CourseUnit],
        objects: Objects,
        addresses: Addresses,
        clock: Clock,
        max_bytes: int,
    ) -> None:
        self._units = units
        self._objects = objects
        self._addresses = addresses
        self._clock = clock
        self._max_bytes = max_bytes

    async def upload(
        self, principal: Principal, course_id: UUID, path: str, *, media_type: str, content: AsyncIterator[bytes]
    ) -> AssetView:
        """Keep a file, in place of any with this path.

        Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `TooLarge`, `ValidationFailed`.
        """
        caller = principal.require_user()
        checked, kind = asset_path(path), checked_media_type(media_type)
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
        with tempfile.NamedTemporaryFile(prefix="lyceum-upload-") as file:
            digest, size = hashlib.sha256(), 0
            async for chunk in content:
                size += len(chunk)
                if size > self._max_bytes:
                    raise TooLarge(f"A file may have at most {self._max_bytes} bytes", limit=self._max_bytes)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            asset = Asset(
                path=checked,
                media_type=kind,
                size=size,
                sha256=digest.hexdigest(),
                uploaded_at=self._clock.now(),
                uploaded_by=caller,
            )
            key = asset_key(course_id, asset.sha256)
            if not await self._objects.exists(key):
                await self._objects.save(key, Path(file.name), kind)
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            await unit.assets.put(course_id, [asset])
            await unit.commit()
        return _view(asset)

    async def files(self, principal: Principal, course_id: UUID) -> list[AssetView]:
        """By path. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            return [_view(asset) for asset in await unit.assets.of_course(course_id)]

    async def address(self, principal: Principal, course_id: UUID, path: str) -> str:
        """A short-lived address of a file, for those who take or teach the course; of its image for all who see it.

        Raises `CourseNotFound`, `SignInForFile`, `NotEnrolled`, `AssetNotFound`.
        """
        async with self._units() as unit:
            course = await visible_course(unit, principal, course_id)
            if path != course.image:
                if principal.user_id is None:
                    raise SignInForFile()
                enrolment = await unit.enrolments.find(course_id, principal.user_id)
                if enrolment is None or not enrolment.opens_content:
                    await self._require_author(unit, principal, course_id)
            asset = await unit.assets.find(course_id, _known_path(path))
        if asset is None:
            raise AssetNotFound()
        return await self._addresses.of(course_id, asset)

    async def remove(self, principal: Principal, course_id: UUID, path: str) -> None:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `AssetNotFound`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            if not await unit.assets.remove(course_id, _known_path(path)):
                raise AssetNotFound()
            await unit.commit()

    async def _require_author(self, unit: CourseUnit, principal: Principal, course_id: UUID) -> None:
        try:
            await course_to_author(unit, principal, course_id)
        except PermissionDenied as error:
            raise NotEnrolled() from error


def _known_path(path: str) -> str:
    """Raises `AssetNotFound` for a path that no file can have."""
    try:
        return asset_path(path)
    except ValidationFailed as error:
        raise AssetNotFound() from error


def _view(asset: Asset) -> AssetView:
    return AssetView(
        path=asset.path,
        media_type=asset.media_type,
        size=asset.size,
        sha256=asset.sha256,
        uploaded_at=asset.uploaded_at,
    )
