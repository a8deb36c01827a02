"""Which program this process is, as logs, traces and error reports name it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """`environment` tells installations apart, as in `production` or `staging`."""

    name: str = "lyceum"
    version: str = "0"
    environment: str = "production"


_current = Service()


def this_service() -> Service:
    """The process's own identity."""
    return _current


def run_as(service: Service) -> None:
    """Say which program this is, once, before anything is logged."""
    global _current  # a process is one program
    _current = service
