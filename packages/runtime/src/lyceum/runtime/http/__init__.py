"""HTTP as every module speaks it."""

from lyceum.runtime.http.credentials import CredentialCache, credentials_of
from lyceum.runtime.http.dispatch import At, PrefixDispatch, Prefixed, module_app
from lyceum.runtime.http.edge import Edge, EdgeOptions
from lyceum.runtime.http.etag import IfMatch, Precondition, etag, set_etag
from lyceum.runtime.http.lifespan import Lifespan
from lyceum.runtime.http.pagination import PageParams
from lyceum.runtime.http.principal import CurrentPrincipal
from lyceum.runtime.http.problems import Problem, problem_response, problems
from lyceum.runtime.http.public_cache import CachedResponse, CacheMark, MemoryPublicCache, PublicCache, cache_publicly

__all__ = [
    "At",
    "CacheMark",
    "CachedResponse",
    "CredentialCache",
    "CurrentPrincipal",
    "Edge",
    "EdgeOptions",
    "IfMatch",
    "Lifespan",
    "MemoryPublicCache",
    "PageParams",
    "Precondition",
    "PrefixDispatch",
    "Prefixed",
    "Problem",
    "PublicCache",
    "cache_publicly",
    "credentials_of",
    "etag",
    "module_app",
    "problem_response",
    "problems",
    "set_etag",
]
