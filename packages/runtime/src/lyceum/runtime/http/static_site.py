"""Built front ends: files that never change under their name, and a page that answers every other address."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

from starlette.types import Receive, Scope, Send

from lyceum.kernel.errors import NotFound
from lyceum.runtime.http.problems import problem_response

_INDEX = "index.html"
# Files here have a hash of their content in their name: another content gets another name.
_HASHED = "assets/"
_IMMUTABLE = b"public, max-age=31536000, immutable"
# Kept, but asked about each time: these names stay when the content changes.
_ASK_AGAIN = b"no-cache"
# Smallest first. The ending is that of the file which the build puts beside the plain one.
_ENCODINGS = ((b"br", ".br"), (b"gzip", ".gz"))
_FILE_NAME = re.compile(r"\.[A-Za-z0-9]{2,5}$")
# Systems disagree about these, and a script of another type is not run.
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """A build in `folder`, served below `prefix`, which begins and ends with a slash: `/admin/`."""

    prefix: str
    folder: Path


@dataclass(frozen=True, slots=True)
class _Body:
    encoding: bytes | None
    etag: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class _File:
    headers: tuple[tuple[bytes, bytes], ...]
    bodies: tuple[_Body, ...]
    """As it is sent compressed, smallest first; the plain one is the last."""


class StaticSite:
    """An ASGI application over builds. It reads them once: what is not there at the start cannot be asked for later,
    whatever the path looks like. `policy` is the Content-Security-Policy of the pages.

    An address without a file gets the page of the front end it belongs to, which knows its own addresses; one that can
    only mean a file gets 404. Raises `ValueError` for a folder without a page.
    """

    def __init__(self, front_ends: Iterable[FrontEnd], *, policy: str) -> None:
        self._files: dict[str, _File] = {}
        # The longest prefix decides.
        self._prefixes: list[str] = []
        for one in sorted(front_ends, key=lambda one: len(one.prefix), reverse=True):
            self._prefixes.append(one.prefix)
            found = dict(_read(one.folder, policy))
            if _INDEX not in found:
                raise ValueError(f"{one.folder} has no {_INDEX}")
            self._files |= {one.prefix + name: file for name, file in found.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "not-found"})
            return
        path: str = scope["path"]
        if path + "/" in self._prefixes:
            await _redirect(path + "/", scope, send)
            return
        headers = dict(scope["headers"])
        file = self._files.get(path) or self._page(path, headers.get(b"accept", b""))
        if file is None:
            await problem_response(NotFound())(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD"):
            await send(_start(405, [(b"allow", b"GET, HEAD")]))
            await send({"type": "http.response.body", "body": b""})
        else:
            await _send(file, headers, send, with_body=scope["method"] == "GET")

    def _page(self, path: str, accept: bytes) -> _File | None:
        prefix = next((one for one in self._prefixes if path.startswith(one)), None)
        if prefix is None or path.startswith(prefix + _HASHED):
            return None
        if _FILE_NAME.search(path) and b"text/html" not in accept:
            return None
        return self._files[prefix + _INDEX]


def _read(folder: Path, policy: str) -> Iterator[tuple[str, _File]]:
    root = folder.resolve()
    endings = tuple(ending for _, ending in _ENCODINGS)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        # What begins with a dot is the build's own affair; links could lead anywhere.
        if name.endswith(endings) or any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        if path.is_file() and path.resolve() == path:
            yield name, _file(path, name, policy)


def _file(path: Path, name: str, policy: str) -> _File:
    kind = _TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("image/svg+xml", "application/json", "application/manifest+json")
    headers = [
        (b"content-type", (f"{kind}; charset=utf-8" if text else kind).encode()),
        (b"cache-control", _IMMUTABLE if name.startswith(_HASHED) else _ASK_AGAIN),
        (b"vary", b"accept-encoding"),
    ]
    if kind == "text/html":
        headers.append((b"content-security-policy", policy.encode()))
    plain = path.read_bytes()
    digest = blake2b(plain, digest_size=12).hexdigest()
    bodies = [
        _Body(encoding, f'"{digest}-{encoding.decode()}"'.encode(), compressed.read_bytes())
        for encoding, ending in _ENCODINGS
        if (compressed := path.with_name(path.name + ending)).is_file()
    ]
    return _File(tuple(headers), (*bodies, _Body(None, f'"{digest}"'.encode(), plain)))


async def _send(file: _File, asked: dict[bytes, bytes], send: Send, *, with_body: bool) -> None:
    accepted = _accepted(asked.get(b"accept-encoding", b""))
    body = next(one for one in file.bodies if one.encoding is None or one.encoding in accepted)
    headers = [*file.headers, (b"etag", body.etag)]
    if _has(asked.get(b"if-none-match"), file):
        await send(_start(304, [pair for pair in headers if pair[0] != b"content-type"]))
        await send({"type": "http.response.body", "body": b""})
        return
    if body.encoding is not None:
        headers.append((b"content-encoding", body.encoding))
    headers.append((b"content-length", b"%d" % len(body.content)))
    await send(_start(200, headers))
    await send({"type": "http.response.body", "body": body.content if with_body else b""})


async def _redirect(to: str, scope: Scope, send: Send) -> None:
    query: bytes = scope["query_string"]
    location = to.encode() + (b"?" + query if query else b"")
    await send(_start(308, [(b"location", location), (b"content-length", b"0")]))
    await send({"type": "http.response.body", "body": b""})


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> dict[str, object]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _accepted(header: bytes) -> frozenset[bytes]:
    """The encodings that a client takes (RFC 9110, 12.5.3); those with a weight of nothing are refused ones."""
    found = set()
    for part in header.lower().split(b","):
        name, _, weight = part.partition(b";")
        if weight.replace(b" ", b"").rstrip(b"0") not in (b"q=", b"q=0."):
            found.add(name.strip())
    return frozenset(found)


def _has(if_none_match: bytes | None, file: _File) -> bool:
    """Whether the client has this content, however it was compressed (weak comparison, RFC 9110, 13.1.2)."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
    return b"*" in tags or any(body.etag in tags for body in file.bodies)
