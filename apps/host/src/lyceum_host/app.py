"""The host's application: every module that is installed, behind one address."""

from collections.abc import Iterable
from importlib.resources import files

from lyceum.runtime.application import Application, application
from lyceum.runtime.composition import Platform
from lyceum.runtime.http import merge_openapi, module_app, openapi_bytes
from lyceum.runtime.http.edge import SESSION_COOKIE
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.rate_limits import RateLimitSettings
from lyceum.runtime.telemetry import AccessLog
from lyceum_host.front_ends import site

API_VERSION = "1.0.0"
OPENAPI = files("lyceum_host") / "openapi.json"


def create_app(platform: Platform) -> Application:
    """The platform over HTTP, with the front ends that are built.

    The OpenAPI document comes from the file that `lyceum openapi --write` keeps current.
    """
    return application(
        platform,
        access_log=AccessLog(readable=platform.settings.development),
        openapi=OPENAPI.read_bytes(),
        default=site(),
        limits=RateLimitSettings(),
    )


def openapi_document(modules: Iterable[ModuleSpec]) -> bytes:
    """The document as the routes have it now: sorted keys, stable operation ids."""
    document = merge_openapi(
        {spec.name: module_app(spec.name, spec.routers, {}) for spec in modules},
        title="Lyceum",
        version=API_VERSION,
        session_cookie=SESSION_COOKIE,
        description="Courses from authoring to certificate. Errors are problem documents (RFC 9457) with stable codes.",
    )
    return openapi_bytes(document)
