"""The HTTP client with which the processes of the platform talk to each other."""

from http.cookiejar import DefaultCookiePolicy

import httpx

# Seconds that an idle connection is kept: less than the 5 after which uvicorn closes it from its side, or a request
# would now and then meet a connection that is just going away.
_KEPT_IDLE = 4.0
_MAX_CONNECTIONS = 200


def internal_client() -> httpx.AsyncClient:
    """A client for `remote_port` and `ReverseProxy`, one for a process. Close it with the process.

    It keeps no cookies, since what passes through it belongs to many people, and it heeds no proxy settings of the
    environment.
    """
    client = httpx.AsyncClient(
        trust_env=False,
        limits=httpx.Limits(
            max_connections=_MAX_CONNECTIONS, max_keepalive_connections=_MAX_CONNECTIONS, keepalive_expiry=_KEPT_IDLE
        ),
    )
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client
