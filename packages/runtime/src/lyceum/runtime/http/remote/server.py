"""The half that serves ports: an ASGI application that calls a module's services for other processes."""

from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest

import structlog
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from lyceum.kernel.errors import LyceumError
from lyceum.runtime.http.problems import problem_response, validation_failed
from lyceum.runtime.http.remote.contract import PortContract, PortMethod

PORTS_PATH = "/internal/v1/ports"
SERVICE_HEADER = "x-lyceum-service"

_log = structlog.get_logger(__name__)


class ServiceTokenRefused(LyceumError):
    """The caller does not show the token that the processes of the platform share."""

    code = "service-token-refused"
    title = "The service token is not the one expected"
    status = 401


class PortNotServed(LyceumError):
    """The caller asks for a port or a method that this process does not have: their versions differ."""

    code = "port-not-served"
    title = "No such port here"
    status = 501


class PortServer:
    """An ASGI application below `/internal/v1/ports/<module>`. Nothing of it is in the public OpenAPI."""

    def __init__(self, module: str, ports: Mapping[type, object], token: str) -> None:
        if not token:
            raise ValueError("serving ports needs a service token")
        self.prefixes = (f"{PORTS_PATH}/{module}",)
        self._token = token.encode()
        self._calls: dict[str, tuple[PortMethod, Callable[..., Awaitable[object]]]] = {}
        for port, service in ports.items():
            if not isinstance(service, port):
                raise ValueError(f"{type(service).__name__} is not a {port.__name__}")
            for method in PortContract(port).methods.values():
                path = f"{self.prefixes[0]}/{port.__name__}/{method.name}"
                self._calls[path] = (method, getattr(service, method.name))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except LyceumError as error:
            response = problem_response(error)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        shown = request.headers.get("authorization", "").encode("latin-1")
        if not compare_digest(shown, b"Bearer " + self._token):
            _log.warning("service call refused", **{"service.origin.name": request.headers.get(SERVICE_HEADER)})
            raise ServiceTokenRefused()
        call = self._calls.get(request.url.path) if request.method == "POST" else None
        if call is None:
            raise PortNotServed(f"{request.url.path} is not served here")
        # Known paths only, so that what is counted by it stays bounded.
        request.scope["route_template"] = request.url.path
        method, perform = call
        try:
            arguments = method.read_arguments(await request.body())
        except ValidationError as error:
            found = error.errors(include_input=False, include_url=False, include_context=False)
            raise validation_failed({**item, "loc": ("body", *item["loc"])} for item in found) from error
        result = await perform(**arguments)
        return Response(method.write_result(result), media_type="application/json")


def serve_ports(module: str, ports: Mapping[type, object], token: str) -> PortServer:
    """Serve these services under the ports that they implement, to whoever shows the token.

    Raises `ValueError` at once if a service does not implement its port or a port can't be called over HTTP.
    """
    return PortServer(module, ports, token)
