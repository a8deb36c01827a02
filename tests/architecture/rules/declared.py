"""Rule 11: a package declares what it imports, and as base dependencies what its ports import."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

from rules.source import Source, imported_names, project

# A wheel without the extra has these, and what uses them must work there.
_BASE_LAYERS = ("ports", "schemas")
# Pinned by their owner to the very release; the stubs of the type checker are there only while it runs.
_PARTS_OF = {"pydantic_core": "pydantic"}
_CHECKER_ONLY = ("_typeshed",)


def declared(folder: Path, *, extras: bool) -> set[str]:
    """The distributions that a package says it needs, itself included."""
    table = project(folder)["project"]
    requirements = list(table.get("dependencies", []))
    if extras:
        requirements += [line for lines in table.get("optional-dependencies", {}).values() for line in lines]
    return {_canonical(name) for line in requirements for name in re.findall(r"^[\w.-]+", line)} | {
        _canonical(table["name"])
    }


def undeclared(files: Iterable[Source], base: set[str], everything: set[str]) -> Iterator[str]:
    """Imports of what is not among the dependencies: the base ones for ports and schemas, all of them for the rest."""
    distributions = packages_distributions()
    for source in files:
        allowed = base if source.layer in _BASE_LAYERS else everything
        for statement, dotted in imported_names(source):
            owners = _owners(dotted, distributions)
            if owners is not None and not owners & allowed:
                yield source.at(statement, f"{dotted} comes with {' or '.join(sorted(owners)) or 'nothing declared'}")


def _owners(dotted: str, distributions: Mapping[str, list[str]]) -> set[str] | None:
    """The distributions that bring an import; null for the standard library."""
    top, _, rest = dotted.partition(".")
    if top in sys.stdlib_module_names or top in _CHECKER_ONLY:
        return None
    if top in _PARTS_OF:
        return {_PARTS_OF[top]}
    if top == "lyceum":
        # One namespace, a distribution for each part of it.
        return {_canonical(f"lyceum-{rest.split('.')[0]}")}
    # An app is installed by a link, which names no import.
    return {_canonical(name) for name in distributions.get(top, [top] if top.startswith("lyceum_") else [])}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
