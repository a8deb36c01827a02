"""Addresses under which a browser may fetch one object for a while."""

import base64
import hashlib
import hmac
import math
import re
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable
from urllib.parse import quote, urlencode, urlsplit

import obstore
import orjson
from obstore.store import S3Store

from lyceum.kernel.clock import Clock
from lyceum.runtime.storage.port import check_description, check_key

MAX_NAME_LENGTH = 200

# An address stays the same for that long, so that browsers keep what they fetched and pages keep their ETag.
_ROUNDED_TO = timedelta(minutes=5)


@runtime_checkable
class SignedUrls(Protocol):
    """Makes such addresses. Whoever has one needs nothing else to fetch the object."""

    async def url(
        self, *, key: str, expires_in: timedelta, download_as: str | None = None, content_type: str | None = None
    ) -> str:
        """An address that works for `expires_in` and up to five minutes longer.

        With `download_as`, browsers save the object under that file name; without, they show what is safe to show.
        `content_type` stands in for the one that was stored. Whether there is such an object is not looked at.
        """
        ...


class FileUrls:
    """`SignedUrls` for `FilesApp`, which answers below `base`. Processes with the same secret know each other's."""

    def __init__(self, *, secret: bytes, clock: Clock, base: str = "/files") -> None:
        self._secret = hmac.digest(secret, b"lyceum.storage.signed-urls", hashlib.sha256)
        self._clock = clock
        self._base = base.rstrip("/")

    async def url(
        self, *, key: str, expires_in: timedelta, download_as: str | None = None, content_type: str | None = None
    ) -> str:
        check_key(key)
        if content_type is not None:
            check_description(content_type, {})
        name = file_name(download_as) if download_as is not None else None
        expires = _rounded(self._clock.now() + expires_in)
        query = {"expires": str(expires)}
        if name is not None:
            query["name"] = name
        if content_type is not None:
            query["type"] = content_type
        query["signature"] = self._sign(key, expires, name, content_type)
        return f"{self._base}/{quote(key)}?{urlencode(query)}"

    def key_of(self, path: str) -> str:
        """The key in the (decoded) path of such an address; empty for another path."""
        base = urlsplit(self._base).path + "/"
        return path.removeprefix(base) if path.startswith(base) else ""

    def verify(self, *, key: str, expires: int, name: str | None, content_type: str | None, signature: str) -> bool:
        """Whether the address is one of ours, untouched; not whether it still works."""
        expected = self._sign(key, expires, name, content_type)
        return hmac.compare_digest(expected.encode(), signature.encode())

    def _sign(self, key: str, expires: int, name: str | None, content_type: str | None) -> str:
        signed = orjson.dumps([key, expires, name, content_type])
        return base64.urlsafe_b64encode(hmac.digest(self._secret, signed, hashlib.sha256)).decode().rstrip("=")


class PresignedUrls:
    """`SignedUrls` that lead straight to S3.

    S3 is asked for what it can do without a further signature: where a file name or a content type is wanted, the
    address leads to `FilesApp`, which streams the object from S3.
    """

    def __init__(self, *, store: S3Store, files: FileUrls) -> None:
        self._store = store
        self._files = files

    async def url(
        self, *, key: str, expires_in: timedelta, download_as: str | None = None, content_type: str | None = None
    ) -> str:
        check_key(key)
        if download_as is not None or content_type is not None:
            return await self._files.url(
                key=key, expires_in=expires_in, download_as=download_as, content_type=content_type
            )
        return await obstore.sign_async(self._store, "GET", key, expires_in)


def file_name(name: str) -> str:
    """The name without what means something to a file system or a header; `file` where nothing is left."""
    cleaned = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]', "_", name).strip(" .")
    if len(cleaned) > MAX_NAME_LENGTH:
        stem, dot, extension = cleaned.rpartition(".")
        kept = f"{dot}{extension}" if stem and len(extension) <= 20 else ""
        cleaned = cleaned[: MAX_NAME_LENGTH - len(kept)] + kept
    return cleaned or "file"


def _rounded(moment: datetime) -> int:
    step = _ROUNDED_TO.total_seconds()
    return int(math.ceil(moment.astimezone(UTC).timestamp() / step) * step)
