"""What the contracts of `.importlinter` cannot say, or do not see."""

import sys
from collections.abc import Iterable, Iterator

from rules.source import Source, imported_names

_INNER_LAYERS = ("domain", "ports", "schemas", "services")
# A list of what is forbidden, as in rule 4, forgets the framework of next year.
_WELCOME_INSIDE = {
    *sys.stdlib_module_names,
    "annotated_types",
    "lyceum",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
}


def strangers_inside(source: Source) -> Iterator[str]:
    """Rule 4: third-party packages, pydantic aside, on the inside of a module."""
    if source.package not in ("runtime", "testing") and source.layer in _INNER_LAYERS:
        for statement, dotted in imported_names(source):
            if dotted.split(".")[0] not in _WELCOME_INSIDE:
                yield source.at(statement, f"{dotted} has no place in {source.layer}")


def seen_by_apps(source: Source, modules: Iterable[str]) -> Iterator[str]:
    """Rule 7: what an app imports of a module beside its `module` and its `ports`."""
    if source.name.startswith("lyceum."):
        return
    for statement, dotted in imported_names(source):
        parts = [*dotted.split("."), "", ""]
        if parts[0] == "lyceum" and parts[1] in modules and parts[2] not in ("module", "ports"):
            yield source.at(statement, f"{dotted} is not for apps")


def is_migration(source: Source) -> bool:
    """Whether this is a module's `env.py` or one of its versions."""
    return source.layer == "migrations" and source.package != "runtime"


def foreign_to_migrations(source: Source) -> Iterator[str]:
    """Rules 1 and 10, in migrations: they have no `__init__.py`, so that the contracts do not see them."""
    if not is_migration(source):
        return
    for statement, dotted in imported_names(source):
        parts = [*dotted.split("."), ""]
        if parts[0].startswith("lyceum") and parts[1] not in (source.package, "runtime"):
            yield source.at(statement, f"{dotted} is not this module's")
