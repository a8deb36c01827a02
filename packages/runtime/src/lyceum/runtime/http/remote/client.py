"""The half that calls ports: an object that looks like the port and asks another process."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from time import monotonic
from typing import Any, TypeVar, cast

import httpx
import orjson

from lyceum.kernel import errors as kernel_errors
from lyceum.kernel.errors import LyceumError, Unavailable
from lyceum.runtime.http.problems import MEDIA_TYPE, error_kind
from lyceum.runtime.http.remote.contract import PortContract, PortMethod
from lyceum.runtime.http.remote.server import PORTS_PATH, SERVICE_HEADER, PortNotServed, ServiceTokenRefused
from lyceum.runtime.telemetry.trace import current_trace

P = TypeVar("P")

# Seconds.
CONNECT_TIMEOUT = 1.0
ANSWER_TIMEOUT = 30.0
RETRY_FOR = 3.0
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 0.8

_TIMEOUT = {"timeout": httpx.Timeout(ANSWER_TIMEOUT, connect=CONNECT_TIMEOUT, pool=CONNECT_TIMEOUT).as_dict()}
# The request has not left, so that sending it again can't do anything twice.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_PROBLEM_MEMBERS = frozenset({"type", "title", "status", "detail", "code", "instance"})
_KERNEL_ERRORS = tuple(
    kind for kind in vars(kernel_errors).values() if isinstance(kind, type) and issubclass(kind, LyceumError)
)


class RemoteMisconfigured(RuntimeError):
    """The two processes don't fit: other tokens, or other versions of the module. Nothing that a user can act on."""


class _Remote:
    """Where a module is, and how to ask it."""

    def __init__(
        self, base_url: str, token: str, errors: Iterable[type[LyceumError]], client: httpx.AsyncClient, service: str
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {
            "authorization": f"Bearer {token}",
            "content-type": "application/json",
            SERVICE_HEADER: service,
        }
        self._errors = {kind.code: kind for kind in (*_KERNEL_ERRORS, *errors)}
        self._client = client

    async def call(self, path: str, method: PortMethod, arguments: Mapping[str, Any]) -> Any:
        """Raises the error that the service raised; `Unavailable` if it can't be reached or does not answer."""
        url = self._base_url + path
        body = method.write_arguments(arguments)
        headers = self._headers
        trace = current_trace()
        if trace is not None:
            headers = {**headers, "traceparent": trace.traceparent}
            if trace.request_id is not None:
                headers["x-request-id"] = trace.request_id
        response = await self._send(url, body, headers)
        if response.status_code == 200:
            return method.read_result(response.content)
        raise self._error(response, url)

    async def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Ask until there is an answer, for a while. A refusal (503) and a call that never left are tried again; one
        that may have been heard is not, since only its maker knows whether it may happen twice."""
        give_up = monotonic() + RETRY_FOR
        pause = FIRST_PAUSE
        while True:
            try:
                request = httpx.Request("POST", url, content=body, headers=headers, extensions=_TIMEOUT)
                response = await self._client.send(request)
                if response.status_code != 503 or monotonic() + pause > give_up:
                    return response
            except _NOT_SENT as error:
                if monotonic() + pause > give_up:
                    raise Unavailable("A part of the platform can't be reached right now") from error
            except httpx.TransportError as error:
                raise Unavailable("A part of the platform did not answer") from error
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads retries, guards nothing
            pause = min(pause * 2, LONGEST_PAUSE)

    def _error(self, response: httpx.Response, url: str) -> Exception:
        if response.headers.get("content-type", "").partition(";")[0] != MEDIA_TYPE:
            return Unavailable(f"A part of the platform answered with {response.status_code}")
        problem: dict[str, Any] = orjson.loads(response.content)
        code = str(problem.get("code", ""))
        if code in (ServiceTokenRefused.code, PortNotServed.code):
            return RemoteMisconfigured(f"{url}: {problem.get('detail')}")
        kind = self._errors.get(code)
        if kind is None or kind.status != response.status_code:
            kind = error_kind(code or LyceumError.code, str(problem.get("title", "")), response.status_code)
        # Past the class's own constructor, which may want other things than what travelled.
        error = kind.__new__(kind)
        extensions = {name: value for name, value in problem.items() if name not in _PROBLEM_MEMBERS}
        LyceumError.__init__(error, str(problem.get("detail", "")), **extensions)
        return error


def remote_port(
    port: type[P],
    *,
    module: str,
    base_url: str,
    token: str,
    errors: Iterable[type[LyceumError]],
    client: httpx.AsyncClient,
    service: str = "lyceum",
) -> P:
    """An implementation of `port` that calls the process at `base_url`, where `serve_ports` serves the module's.

    `errors` are those of the module's ports; the kernel's are known. Errors of other codes come as `LyceumError` with
    their code and status. `service` is the caller's name, for the logs of the other side.
    Raises `ValueError` if the port can't be called over HTTP.
    """
    contract = PortContract(port)
    remote = _Remote(base_url, token, errors, client, service)
    members: dict[str, Any] = {
        name: _caller(remote, f"{PORTS_PATH}/{module}/{contract.name}/{name}", method)
        for name, method in contract.methods.items()
    }
    return cast(P, type(f"Remote{contract.name}", (), members)())


def _caller(remote: _Remote, path: str, method: PortMethod) -> Callable[..., Awaitable[Any]]:
    async def call(_self: object, /, **arguments: Any) -> Any:
        return await remote.call(path, method, arguments)

    call.__name__ = method.name
    return call
