"""Every module has the same shape, so that who knows one finds their way in all.

What a module always has is little; the rest belongs to a layer and is asked for where that layer exists.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

# A name ending in .py may also be a package of that name.
_ALWAYS = (
    "README.md",
    "CHANGELOG.md",
    "src/lyceum/{module}/__init__.py",
    "src/lyceum/{module}/py.typed",
    "src/lyceum/{module}/module.py",
    "src/lyceum/{module}/container.py",
    "src/lyceum/{module}/ports/__init__.py",
    "src/lyceum/{module}/models/model.py",
    "src/lyceum/{module}/migrations/env.py",
)
_WITH_THE_LAYER = {
    "api": ("dependencies.py",),
    "domain": ("entities.py", "repositories.py"),
    "persistence": ("repository.py", "unit_of_work.py"),
    "services": ("service.py",),
}
# Each of these names means one thing, wherever it is read.
_PLACES = {
    "adapter": "adapters",
    "entities": "domain",
    "events": "schemas",
    "internal": "schemas",
    "model": "models",
    "repository": "persistence",
    "service": "services",
}
_CHILDREN = {
    *("__init__.py", "py.typed", "module.py", "container.py", "settings.py"),
    *("ports", "schemas", "domain", "services", "models", "persistence", "adapters", "api", "consumers", "migrations"),
}
_TESTS = {"unit", "service", "persistence", "api", "conformance", "conftest.py"}
_README = ("Ports", "Events", "Permissions", "Tables", "Invariants")
_NO_INVARIANTS = "no invariants"


def shape_problems(folder: Path, modules: Iterable[str]) -> Iterator[str]:
    """What a module's package lacks of the shape, or has beside it. `modules` are the names of all modules."""
    module = folder.name
    source = folder / "src" / "lyceum" / module
    for path in _ALWAYS:
        if not _there(folder / path.format(module=module)):
            yield f"{path.format(module=module)} is missing"
    if (source.parent / "__init__.py").exists():
        yield "lyceum is a namespace: it has no __init__.py"
    for child in _visible(source):
        if child.name not in _CHILDREN:
            yield f"{child.name} is neither a layer nor a file of a module"
    yield from _layer_problems(source)
    yield from _misplaced(source)
    yield from _consumer_problems(source, modules)
    yield from _migration_problems(source / "migrations" / "versions")
    yield from _test_problems(folder / "tests")
    yield from _document_problems(folder, module)


def _layer_problems(source: Path) -> Iterator[str]:
    for layer, names in _WITH_THE_LAYER.items():
        if not any(_visible(source / layer)):
            continue
        if layer == "domain" and _NO_INVARIANTS in _text(source / "domain" / "__init__.py").lower():
            continue
        for name in names:
            if not _there(source / layer / name):
                yield f"{layer} has no {name}"


def _misplaced(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        for part in path.relative_to(source).with_suffix("").parts[1:]:
            layer = path.relative_to(source).parts[0]
            if layer != _PLACES.get(part, layer):
                yield f"{path.relative_to(source)}: {part} is a name of {_PLACES[part]}"


def _consumer_problems(source: Path, modules: Iterable[str]) -> Iterator[str]:
    for path in _visible(source / "consumers"):
        if path.name != "__init__.py" and path.stem not in modules:
            yield f"consumers/{path.name}: one file per producer, and {path.stem} is no module"


def _migration_problems(versions: Path) -> Iterator[str]:
    numbers = sorted(path.name[:4] for path in _visible(versions) if path.suffix == ".py")
    if numbers != [f"{number:04d}" for number in range(1, len(numbers) + 1)] or not numbers:
        yield f"the migrations are {numbers}, not 0001 and so on"


def _test_problems(tests: Path) -> Iterator[str]:
    if not any(tests.rglob("test_*.py")):
        yield "there are no tests"
    for path in _visible(tests):
        if path.name not in _TESTS and (path.is_dir() and any(path.rglob("test_*.py"))):
            yield f"tests/{path.name} is not one of {sorted(_TESTS)}"
        elif path.name.startswith("test_"):
            yield f"tests/{path.name} belongs into one of {sorted(_TESTS)}"
    for path in tests.rglob("__init__.py"):
        yield f"{path.relative_to(tests.parent)}: folders of tests are not packages"


def _document_problems(folder: Path, module: str) -> Iterator[str]:
    project = tomllib.loads(_text(folder / "pyproject.toml")).get("project", {})
    if project.get("name") != f"lyceum-{module.replace('_', '-')}":
        yield f"the distribution is called {project.get('name')}"
    if project.get("entry-points", {}).get("lyceum.modules") != {module: f"lyceum.{module}.module:module"}:
        yield "the entry point does not name the ModuleSpec"
    if "module" not in project.get("optional-dependencies", {}):
        yield "there is no extra called module"
    if f"## {project.get('version')}\n" not in _text(folder / "CHANGELOG.md"):
        yield f"CHANGELOG.md says nothing about {project.get('version')}"
    headings = re.findall(r"^## (.+)$", _text(folder / "README.md"), re.MULTILINE)
    for wanted in _README:
        if not any(heading.startswith(wanted) for heading in headings):
            yield f"README.md has no part about {wanted.lower()}"


def _there(path: Path) -> bool:
    return path.exists() or (path.suffix == ".py" and (path.with_suffix("") / "__init__.py").exists())


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if not path.name.startswith((".", "__pycache__")))


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
