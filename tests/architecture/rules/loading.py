"""Rule 9: no module reaches another one behind the back of the import rules."""

import ast
from collections.abc import Iterator

from rules.source import Names, Source, imported_names

_LOADERS = ("importlib", "imp", "pkgutil", "runpy", "zipimport", "sys.modules")
_BUILTIN_LOADERS = ("__import__", "eval", "exec")
# Reading a distribution's facts, or files, loads no code.
_HARMLESS = (
    "importlib.metadata.PackageNotFoundError",
    "importlib.metadata.distribution",
    "importlib.metadata.version",
    "importlib.resources",
)
# What is used of these is judged where it is used.
_HALFWAY = ("importlib", "importlib.metadata")
_ALLOWED = {
    # The one place that finds the installed modules for all apps.
    "lyceum.runtime.composition": ("importlib.metadata.entry_points",),
    # Takes the path of a file in a test folder, which has no name to import it by.
    "lyceum.testing.files": ("importlib.util.module_from_spec", "importlib.util.spec_from_file_location"),
}


def loads_by_name(source: Source) -> Iterator[str]:
    """Every use of what can load a module by its name, and every look at the files of another module."""
    names = Names(source)
    for statement, dotted in imported_names(source):
        if _can_load(dotted, source):
            yield source.at(statement, f"{dotted} can load a module by its name")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id in _BUILTIN_LOADERS:
            yield source.at(node, f"{node.id} can load anything")
        elif isinstance(node, ast.Attribute):
            dotted = names.dotted(node) or ""
            if _can_load(dotted, source):
                yield source.at(node, f"{dotted} can load a module by its name")
        elif isinstance(node, ast.Call) and (names.dotted(node.func) or "").startswith("importlib."):
            yield from _foreign_files(source, node)


def _can_load(dotted: str, source: Source) -> bool:
    if dotted in _ALLOWED.get(source.name, ()):
        return False
    return _within(dotted, _LOADERS) and dotted not in _HALFWAY and not _within(dotted, _HARMLESS)


def _foreign_files(source: Source, call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            name = argument.value
            if name.startswith("lyceum.") and not _within(name, (f"lyceum.{source.package}",)):
                yield source.at(call, f"the files of {name} belong to that module")


def _within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)
