"""HTTP as every module speaks it."""

from lyceum.runtime.http.api_docs import ApiDocs
from lyceum.runtime.http.client import internal_client
from lyceum.runtime.http.credentials import CredentialCache, credentials_of
from lyceum.runtime.http.dispatch import At, PrefixDispatch, Prefixed, module_app
from lyceum.runtime.http.edge import Edge, EdgeOptions
from lyceum.runtime.http.etag import IfMatch, Precondition, etag, set_etag
from lyceum.runtime.http.idempotency import IdempotencyStore, IdempotentRoute
from lyceum.runtime.http.lifespan import Lifespan
from lyceum.runtime.http.moments import Moment
from lyceum.runtime.http.openapi import merge_openapi, openapi_bytes
from lyceum.runtime.http.pagination import PageParams
from lyceum.runtime.http.principal import CurrentPrincipal
from lyceum.runtime.http.problems import Problem, problem_response, problems
from lyceum.runtime.http.proxy import ReverseProxy
from lyceum.runtime.http.public_cache import CachedResponse, PublicCache, cache_publicly, public_cache
from lyceum.runtime.http.remote import remote_port, serve_ports
from lyceum.runtime.http.static_site import FrontEnd, StaticSite
from lyceum.runtime.http.step_up import RecentProof, StepUpRequired

__all__ = [
    "ApiDocs",
    "At",
    "CachedResponse",
    "CredentialCache",
    "CurrentPrincipal",
    "Edge",
    "EdgeOptions",
    "FrontEnd",
    "IdempotencyStore",
    "IdempotentRoute",
    "IfMatch",
    "Lifespan",
    "Moment",
    "PageParams",
    "Precondition",
    "PrefixDispatch",
    "Prefixed",
    "Problem",
    "PublicCache",
    "RecentProof",
    "ReverseProxy",
    "StaticSite",
    "StepUpRequired",
    "cache_publicly",
    "credentials_of",
    "etag",
    "internal_client",
    "merge_openapi",
    "module_app",
    "openapi_bytes",
    "problem_response",
    "problems",
    "public_cache",
    "remote_port",
    "serve_ports",
    "set_etag",
]
