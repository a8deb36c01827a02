"""Serving objects to whoever has a signed address (see `signed_urls`)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import ClassVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError, PermissionDenied, Unavailable
from lyceum.runtime.http.problems import problem_response
from lyceum.runtime.storage.port import InvalidKey, ObjectHead, ObjectStorage, RangeNotSatisfiable, check_key
from lyceum.runtime.storage.signed_urls import FileUrls

# What browsers show without running anything that is inside.
_SHOWN = re.compile(
    r"image/(png|jpeg|gif|webp|avif|bmp|x-icon)|(audio|video)/[a-z0-9.+-]+|application/pdf|text/(plain|vtt)"
)
# Safe as the source of an image, but a document with scripts when opened by itself.
_ONLY_EMBEDDED = "image/svg+xml"
_UNTOLD = "application/octet-stream"

_LONGEST_CACHING = timedelta(hours=1)


class LinkInvalid(PermissionDenied):
    code: ClassVar[str] = "storage.link-invalid"
    title: ClassVar[str] = "This link is not valid"


class LinkExpired(PermissionDenied):
    code: ClassVar[str] = "storage.link-expired"
    title: ClassVar[str] = "This link has expired"


class FilesApp:
    """An ASGI app for `GET` and `HEAD` of the addresses that `FileUrls` makes. It sees whole paths, as ASGI has them.

    Answers ranges (one at a time), `If-None-Match` and `If-Range`. What was uploaded can never act as a page, script or
    style of this origin: only harmless types are shown, all else is saved as a file.
    """

    def __init__(self, *, storage: ObjectStorage, urls: FileUrls, clock: Clock) -> None:
        self._storage = storage
        self._urls = urls
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            if request.method not in ("GET", "HEAD"):
                response = Response(status_code=405, headers={"allow": "GET, HEAD"})
            else:
                response = await self._answer(request)
        except RangeNotSatisfiable as error:
            response = problem_response(error, {"content-range": f"bytes */{error.extensions['size']}"})
        except LyceumError as error:
            response = problem_response(error, {"cache-control": "no-store"})
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        key = self._urls.key_of(request.scope["path"])
        name, content_type, expires_at = self._checked(key, request.query_params)
        head = await self._storage.head(key=key)
        headers = _headers(head, content_type or head.content_type, name)
        left = min(expires_at - self._clock.now(), _LONGEST_CACHING)
        headers["cache-control"] = f"private, max-age={int(left.total_seconds())}"
        if _matches(request.headers.get("if-none-match"), headers["etag"]):
            kept = {name: headers[name] for name in ("etag", "cache-control", "last-modified")}
            return Response(status_code=304, headers=kept)
        start, end, partial = _range(request, headers["etag"], head.size)
        headers["content-length"] = str(end - start)
        if partial:
            headers["content-range"] = f"bytes {start}-{end - 1}/{head.size}"
        status = 206 if partial else 200
        if request.method == "HEAD" or start == end:
            return Response(status_code=status, headers=headers)
        stored = await self._storage.get(key=key, start=start, end=end)
        if stored.head.etag != head.etag:
            raise Unavailable("The file is being replaced")
        return StreamingResponse(stored.chunks, status_code=status, headers=headers)

    def _checked(self, key: str, query: Mapping[str, str]) -> tuple[str | None, str | None, datetime]:
        name, content_type = query.get("name"), query.get("type")
        try:
            check_key(key)
            expires = int(query.get("expires", ""))
            expires_at = datetime.fromtimestamp(expires, UTC)
        except (InvalidKey, ValueError, OverflowError, OSError) as error:
            raise LinkInvalid() from error
        signature = query.get("signature", "")
        if not self._urls.verify(key=key, expires=expires, name=name, content_type=content_type, signature=signature):
            raise LinkInvalid()
        if expires_at <= self._clock.now():
            raise LinkExpired()
        return name, content_type, expires_at


def _headers(head: ObjectHead, content_type: str, name: str | None) -> dict[str, str]:
    essence = content_type.partition(";")[0].strip().lower()
    shown = _SHOWN.fullmatch(essence) is not None
    # Chrome shows no PDF in a sandbox; it runs a PDF's scripts apart from the page's origin anyway.
    policy = "frame-ancestors 'self'" if essence == "application/pdf" else "default-src 'none'; sandbox"
    headers = {
        "content-type": content_type if shown or essence == _ONLY_EMBEDDED else _UNTOLD,
        "content-disposition": _disposition(name, inline=shown and name is None),
        "etag": f'"{head.etag}"',
        "last-modified": format_datetime(head.modified_at.astimezone(UTC), usegmt=True),
        "accept-ranges": "bytes",
        "x-content-type-options": "nosniff",
        "content-security-policy": policy,
        "cross-origin-resource-policy": "same-site",
        "referrer-policy": "no-referrer",
    }
    if essence == "text/plain" and "charset" not in content_type:
        headers["content-type"] = "text/plain; charset=utf-8"
    return headers


def _disposition(name: str | None, *, inline: bool) -> str:
    """RFC 6266: a plain name for old clients, the real one in UTF-8."""
    kind = "inline" if inline else "attachment"
    if name is None:
        return kind
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _matches(condition: str | None, etag: str) -> bool:
    if condition is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in condition.split(",")]
    return "*" in tags or etag in tags


def _range(request: Request, etag: str, size: int) -> tuple[int, int, bool]:
    """The bytes asked for, from start to end (exclusive), and whether it is a part.

    Several ranges at once, and what is not understood, get the whole (RFC 9110, section 14.2). Raises
    `RangeNotSatisfiable`.
    """
    asked = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("range", "").strip())
    if_range = request.headers.get("if-range")
    if asked is None or asked[0] == "bytes=-" or (if_range is not None and if_range.strip() != etag):
        return 0, size, False
    first, last = asked[1], asked[2]
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return 0, size, False
    if start >= size or start == end:
        raise RangeNotSatisfiable(size=size)
    return start, end, True
