"""The host's application: every module that is installed, behind one address."""

from collections.abc import Iterable, Mapping
from importlib.resources import files

from fastapi import FastAPI

from lyceum.runtime.application import Application, application
from lyceum.runtime.composition import Platform
from lyceum.runtime.http import merge_openapi, module_app, openapi_bytes
from lyceum.runtime.http.edge import SESSION_COOKIE
from lyceum.runtime.live.ticket_route import NAME as LIVE
from lyceum.runtime.live.ticket_route import ticket_app
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.operations import NAME as OPERATIONS
from lyceum.runtime.operations import operations_app
from lyceum.runtime.rate_limits import RateLimitSettings
from lyceum.runtime.telemetry import AccessLog
from lyceum_host.front_ends import site
from lyceum_host.operations import event_operations

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
        beside=beside(platform),
    )


def beside(platform: Platform) -> Mapping[str, FastAPI]:
    """What the host serves that belongs to no module."""
    return {OPERATIONS: operations_app(event_operations(platform), platform.clock)}


def openapi_document(modules: Iterable[ModuleSpec]) -> bytes:
    """The document as the routes have it now: sorted keys, stable operation ids."""
    document = merge_openapi(
        {spec.name: module_app(spec.name, spec.routers, {}) for spec in modules}
        | {LIVE: ticket_app(), OPERATIONS: operations_app()},
        title="Lyceum",
        version=API_VERSION,
        session_cookie=SESSION_COOKIE,
        description="Courses from authoring to certificate. Errors are problem documents (RFC 9457) with stable codes.",
    )
    return openapi_bytes(document)
