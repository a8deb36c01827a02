"""Which limit a request falls under."""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Final

from prometheus_client import Counter
from starlette.types import Scope

from lyceum.kernel.errors import TooManyRequests
from lyceum.kernel.principal import Principal
from lyceum.runtime.rate_limits.limiter import RateLimiter, Verdict
from lyceum.runtime.rate_limits.settings import Rate, RateLimitSettings

REFUSED = Counter("lyceum_rate_limited_total", "Requests refused because there were too many", ["class"])

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# What costs something. The files of the front ends, probes and calls between processes are not counted.
_COUNTED = re.compile("/(api|oauth|ws)(/|$)")
Headers = list[tuple[bytes, bytes]]


class RequestLimits:
    """`credential_paths` are those below which writing requests try passwords or the like."""

    def __init__(self, settings: RateLimitSettings, limiter: RateLimiter, credential_paths: Iterable[str]) -> None:
        self._settings = settings
        self._limiter = limiter
        paths = "|".join(re.escape(path) for path in sorted(credential_paths))
        self._credentials = re.compile(f"(?:{paths})(?:/|$)") if paths else None

    async def take(self, scope: Scope, principal: Principal) -> Headers:
        """Count the request. Returns headers that tell the caller what is left (`RateLimit-*`).

        Raises `TooManyRequests`.
        """
        if not _COUNTED.match(scope["path"]):
            return []
        name, who, rate = self._limit(scope, principal)
        verdict = await self._limiter.take(f"{name}:{who}", rate)
        if not verdict.allowed:
            REFUSED.labels(name).inc()
            raise TooManyRequests(
                f"At most {rate.limit} requests in {rate.seconds} s are possible here",
                retry_after=max(1, verdict.reset),
                limit=rate.limit,
            )
        return rate_headers(verdict)

    def _limit(self, scope: Scope, principal: Principal) -> tuple[str, str, Rate]:
        # The handshake of a WebSocket is a GET, of which ASGI does not tell.
        reading = scope["type"] == "websocket" or scope["method"] in _READING
        if not reading and self._credentials is not None and self._credentials.match(scope["path"]):
            return "credentials", network(scope), self._settings.credentials
        if principal.user_id is None:
            return "anonymous", network(scope), self._settings.anonymous
        if reading:
            return "read", principal.user_id.hex, self._settings.read
        return "write", principal.user_id.hex, self._settings.write


def rate_headers(verdict: Verdict) -> Headers:
    """`RateLimit-Limit`, `-Remaining` and `-Reset` (draft-ietf-httpapi-ratelimit-headers-06)."""
    return [
        (b"ratelimit-limit", b"%d" % verdict.limit),
        (b"ratelimit-remaining", b"%d" % verdict.remaining),
        (b"ratelimit-reset", b"%d" % verdict.reset),
    ]


def network(scope: Scope) -> str:
    """Where a request comes from: an IPv4 address, or the /64 that one subscriber has of IPv6."""
    client = scope.get("client")
    return "unknown" if client is None else _network_of(client[0])


# Reading an address takes as long as counting the request does.
@lru_cache(10_000)
def _network_of(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    return str(address) if address.version == 4 else str(ip_network((int(address) >> 64 << 64, 64)))
