"""Ports: who provides each, and whether a call stays in the process."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

import httpx

from lyceum.runtime.http.remote import remote_port
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.unit_of_work import open_unit_of_work

P = TypeVar("P")


class MissingPort(LookupError):
    """A module requires a port that no installed module provides, or whose module runs nowhere."""


class PortCalledInUnitOfWork(RuntimeError):
    """A transaction was open during a call that may go over the network: it would hold its locks for that long."""


class Ports:
    """Finds the implementation of a port: given (in tests), in this process, or its remote twin in another.

    `addresses` has the base URL of each module that is called over HTTP.
    """

    def __init__(
        self,
        *,
        specs: Iterable[ModuleSpec],
        containers: Mapping[str, Any],
        addresses: Mapping[str, str],
        token: str,
        client: Callable[[], httpx.AsyncClient],
        given: Mapping[type, object] | None = None,
        guard: bool = False,
    ) -> None:
        self._providers = {kind: spec for spec in specs for kind in spec.provides}
        self._containers = containers
        self._addresses = addresses
        self._token = token
        self._client = client
        self._guard = guard
        self._found: dict[type, object] = {
            kind: guarded(kind, port) if guard else port for kind, port in (given or {}).items()
        }

    def get(self, kind: type[P]) -> P:
        """The implementation, the same one each time. Raises `MissingPort`."""
        if kind not in self._found:
            self._found[kind] = self._find(kind)
        return cast(P, self._found[kind])

    def _find(self, kind: type[Any]) -> object:
        spec = self._providers.get(kind)
        if spec is None:
            raise MissingPort(f"No installed module provides {kind.__module__}.{kind.__qualname__}")
        if spec.name in self._addresses:
            address = self._addresses[spec.name]
            found = remote_port(
                kind, module=spec.name, base_url=address, token=self._token, errors=spec.errors, client=self._client()
            )
        elif spec.name in self._containers:
            found = self.local(kind)
        else:
            raise MissingPort(f"{spec.name} provides {kind.__qualname__} but runs neither here nor at a known address")
        return guarded(kind, found) if self._guard else found

    def local(self, kind: type[Any]) -> object:
        """The service in this process, for the remote twins of others."""
        spec = self._providers[kind]
        return getattr(self._containers[spec.name], spec.provides[kind])()


def guarded(kind: type[P], port: P) -> P:
    """The same port, raising `PortCalledInUnitOfWork` when it is called while a unit of work is open."""

    def method(name: str) -> Callable[..., Any]:
        target = getattr(port, name)

        @functools.wraps(target)
        async def call(self: object, **arguments: Any) -> Any:
            if (module := open_unit_of_work()) is not None:
                raise PortCalledInUnitOfWork(f"{kind.__name__}.{name} called while a unit of {module} is open")
            return await target(**arguments)

        return call

    names = [name for name, _ in inspect.getmembers(kind, inspect.iscoroutinefunction) if not name.startswith("_")]
    return cast(P, type(f"Guarded{kind.__name__}", (), {name: method(name) for name in names})())
