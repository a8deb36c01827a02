"""The OpenAPI document, and Swagger UI to read it. All assets are local: they come with the package fastapi-offline."""

from hashlib import blake2b
from importlib.resources import files

from starlette.types import Receive, Scope, Send

from lyceum.kernel.errors import NotFound
from lyceum.runtime.http.problems import problem_response

DOCUMENT_PATH = "/api/openapi.json"
DOCS_PATH = "/api/docs"

# Swagger UI puts style attributes on its elements and draws its icons from data: URLs; scripts come from us alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lyceum API</title>
<link rel="stylesheet" href="{DOCS_PATH}/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="api"></div>
<script src="{DOCS_PATH}/swagger-ui-bundle.js"></script>
<script src="{DOCS_PATH}/start.js"></script>
</body>
</html>
"""
_START = f"""SwaggerUIBundle({{
  url: "{DOCUMENT_PATH}",
  dom_id: "#api",
  deepLinking: true,
  displayOperationId: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
}});
"""


class ApiDocs:
    """An ASGI application with the document as prebuilt bytes and the pages to read it."""

    prefixes = (DOCUMENT_PATH, DOCS_PATH)

    def __init__(self, document: bytes) -> None:
        assets = files("fastapi_offline") / "static"
        self._files: dict[str, tuple[bytes, bytes, bytes]] = {}
        self._add(DOCUMENT_PATH, "application/json", document)
        self._add(DOCS_PATH, "text/html; charset=utf-8", _PAGE.encode())
        self._add(f"{DOCS_PATH}/start.js", "text/javascript; charset=utf-8", _START.encode())
        for name, kind in (("swagger-ui.css", "text/css"), ("swagger-ui-bundle.js", "text/javascript")):
            self._add(f"{DOCS_PATH}/{name}", f"{kind}; charset=utf-8", (assets / name).read_bytes())

    def _add(self, path: str, content_type: str, body: bytes) -> None:
        etag = b'"' + blake2b(body, digest_size=12).hexdigest().encode() + b'"'
        self._files[path] = (content_type.encode(), etag, body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        scope["route_template"] = path if path in self._files else DOCS_PATH
        found = self._files.get(path) if scope["method"] in ("GET", "HEAD") else None
        if found is None:
            await problem_response(NotFound())(scope, receive, send)
            return
        content_type, etag, body = found
        headers = [
            (b"etag", etag),
            (b"cache-control", b"no-cache"),
            (b"content-security-policy", _POLICY.encode()),
        ]
        if dict(scope["headers"]).get(b"if-none-match") == etag:
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        headers += [(b"content-type", content_type), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
