"""The remote twin of a port within one process: one conformance suite then holds for the service and for its twin."""

from collections.abc import Iterable
from typing import TypeVar

import httpx

from lyceum.kernel.errors import LyceumError
from lyceum.runtime.http.remote import remote_port, serve_ports

P = TypeVar("P")

_TOKEN = "a-token-that-only-tests-know"  # noqa: S105 - opens nothing


def twin(port: type[P], service: object, errors: Iterable[type[LyceumError]]) -> P:
    """An implementation of `port` that calls `service` over HTTP, without a network in between.

    `errors` are what the module's ModuleSpec says. Raises `ValueError` if the port can't be called over HTTP.
    """
    module = port.__module__.split(".")[1]
    app = serve_ports(module, {port: service}, _TOKEN)
    return remote_port(
        port,
        module=module,
        base_url=f"http://{module}.test",
        token=_TOKEN,
        errors=errors,
        # Opens no connection, so that there is nothing to close.
        client=httpx.AsyncClient(transport=httpx.ASGITransport(app)),
    )
