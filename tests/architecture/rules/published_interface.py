"""What a module promises to others: ports, errors, permissions, events."""

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from dependency_injector.providers import Dependency
from pydantic import BaseModel
from rules.imports import is_migration
from rules.source import module_names, sources

from lyceum.kernel import errors as kernel_errors
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.ports import Port
from lyceum.kernel.principal import Permission
from lyceum.runtime.http.remote import PortContract
from lyceum.runtime.module import ModuleSpec

ROLES = frozenset({"learner", "instructor", "author", "administrator"})
_WORD = r"[a-z]+(-[a-z]+)*"


def ports_of(module: str) -> list[type[Any]]:
    """Every Protocol in the module's `ports`."""
    names = [source.name for source in sources() if _within(source.name, f"lyceum.{module}.ports")]
    found = {
        item
        for name in names
        for item in vars(importlib.import_module(name)).values()
        if isinstance(item, type) and is_protocol(item) and item.__module__ == name
    }
    return sorted(found, key=lambda port: port.__name__)


def port_problems(port: type[Any], exported: Iterable[str]) -> Iterator[str]:
    """Why a port could not be called from another process, or not be found by who calls it."""
    try:
        PortContract(port)
    except ValueError as error:
        yield str(error)
    if Port not in port.__mro__:
        yield f"{port.__name__} is not derived from Port"
    if port.__name__ not in exported:
        yield f"{port.__name__} is missing in __all__ of its ports package"
    for name, member in inspect.getmembers(port, inspect.iscoroutinefunction):
        if not name.startswith("_") and not inspect.getdoc(member):
            yield f"{port.__name__}.{name} does not say what it does"


def transfer_problems(module: str) -> Iterator[str]:
    """DTOs of ports that could be changed by who gets them."""
    package = importlib.import_module(f"lyceum.{module}.ports")
    for name in package.__all__:
        item = getattr(package, name)
        if isinstance(item, type) and issubclass(item, BaseModel) and not item.model_config.get("frozen"):
            yield f"{name} is not frozen"


def all_errors() -> list[type[LyceumError]]:
    """Every error class of every module."""
    modules = module_names()
    for source in sources():
        if source.package in modules and not is_migration(source):
            importlib.import_module(source.name)
    return [error for error in _derived(LyceumError) if _is_in_its_module(error)]


def error_problems(errors: Iterable[type[LyceumError]], modules: Iterable[str]) -> Iterator[str]:
    """Errors whose code is not one of their module's, or is somebody else's.

    An error of the ports has a code of its own: callers tell it from others by that. One that stays inside may share
    the code of the error that it is a kind of.
    """
    owners: dict[str, type[LyceumError]] = {}
    for error in errors:
        module, layer = error.__module__.split(".")[1:3]
        if module not in modules:
            continue
        owner = next(kind for kind in error.__mro__ if "code" in vars(kind))
        if owner is not error and (layer == "ports" or not owner.__module__.startswith(f"lyceum.{module}.")):
            yield f"{error.__module__}.{error.__name__} has no code of its own"
        elif not re.fullmatch(rf"{module}\.{_WORD}", error.code):
            yield f"{error.__module__}.{error.__name__}: {error.code} is not {module}.<fact>"
        elif owners.setdefault(error.code, owner) is not owner:
            yield f"{error.code} stands for {owners[error.code].__name__} and for {owner.__name__}"


def permission_problems(module: str, permissions: Iterable[Permission]) -> Iterator[str]:
    """Permissions that are not named `<module>.<thing>.<verb>`, or go to roles that do not exist."""
    seen: set[str] = set()
    for permission in permissions:
        if not re.fullmatch(rf"{module}\.{_WORD}\.{_WORD}", permission.name):
            yield f"{permission.name} is not {module}.<thing>.<verb>"
        if permission.name in seen:
            yield f"{permission.name} is declared twice"
        seen.add(permission.name)
        if strangers := permission.roles - ROLES:
            yield f"{permission.name} goes to unknown roles: {sorted(strangers)}"
        if not permission.description:
            yield f"{permission.name} does not say what it allows"


def spec_problems(spec: ModuleSpec) -> Iterator[str]:
    """Promises of a `ModuleSpec` that its container does not keep."""
    attributes = spec.container.providers
    for name in ("resources", spec.units, *spec.requires, *spec.provides.values()):
        if name not in attributes:
            yield f"the container has no {name}"
    for attribute, port in spec.requires.items():
        provider = attributes.get(attribute)
        if provider is not None and not (isinstance(provider, Dependency) and provider.instance_of is port):
            yield f"{attribute} is not Dependency(instance_of={port.__name__})"
    for dependency, provider in attributes.items():
        if isinstance(provider, Dependency) and dependency not in ("resources", *spec.requires):
            yield f"{dependency} is needed, and the spec does not require it"


def raising_problems(spec: ModuleSpec) -> Iterator[str]:
    """Errors that a provided port says it raises and the spec does not name: from afar they would not be themselves."""
    known = {*spec.errors, *(item for item in vars(kernel_errors).values() if isinstance(item, type))}
    for port in spec.provides:
        around = {**vars(kernel_errors), **vars(importlib.import_module(".".join(port.__module__.split(".")[:3])))}
        for name, method in inspect.getmembers(port, inspect.iscoroutinefunction):
            for sentence in re.findall(r"[Rr]aises ([^.]*)", inspect.getdoc(method) or ""):
                for raised in re.findall(r"`(\w+)`", sentence):
                    if around.get(raised) not in known:
                        yield f"{port.__name__}.{name} raises {raised}, which the spec of {spec.name} does not name"


def _derived(error: type[LyceumError]) -> Iterator[type[LyceumError]]:
    for derived in error.__subclasses__():
        yield derived
        yield from _derived(derived)


def _is_in_its_module(error: type[LyceumError]) -> bool:
    # Tests plant errors that claim to be from a module; they live on until they are collected.
    return getattr(sys.modules.get(error.__module__), error.__name__, None) is error


def is_protocol(item: type[Any]) -> bool:
    """Whether a class is a Protocol itself, and not merely derived from one."""
    return bool(vars(item).get("_is_protocol"))


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
