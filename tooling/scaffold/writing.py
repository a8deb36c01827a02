"""The files of a new module."""

import importlib
import keyword
import re
import sys
import tomllib
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).resolve().parent / "templates"
_SUFFIX = ".template"
# Their ranges are those of the runtime, which every implementation stands on.
_BORROWED = ("alembic", "dependency-injector", "pydantic", "sqlalchemy")


class Refused(Exception):
    """No such module can be made; the text says why."""


def write_module(root: Path, module: str) -> Path:
    """Make `packages/<module>` without its first migration. Raises `Refused`."""
    folder = root / "packages" / module
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", module) or keyword.iskeyword(module):
        raise Refused(f"{module} is not a module's name: lower-case words joined by underscores")
    if folder.exists():
        raise Refused(f"packages/{module} is there already")
    words = module.split("_")
    values = {
        "module": module,
        "distribution": "-".join(words),
        "title": " ".join(words).capitalize(),
        "name": "".join(word.capitalize() for word in words),
        **_ranges(root),
    }
    for template in sorted(TEMPLATES.rglob(f"*{_SUFFIX}")):
        path = folder / _place(template, module)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(template.read_text()).substitute(values))
    return folder


def write_first_migration(folder: Path) -> Path:
    """Make the migration for the tables that every module has. Needs the packages that the module stands on."""
    from tooling.migration.writing import write_revision  # needs a database, which the rest does not

    sys.path.insert(0, str(folder / "src"))
    spec = importlib.import_module(f"lyceum.{folder.name}.module").module
    return write_revision(spec, "The tables of every module")


def _place(template: Path, module: str) -> Path:
    place = template.relative_to(TEMPLATES)
    if place.parts[0] == "src":
        place = Path("src", "lyceum", module, *place.parts[1:])
    return place.with_name(place.name.removesuffix(_SUFFIX))


def _ranges(root: Path) -> dict[str, str]:
    runtime = tomllib.loads((root / "packages" / "runtime" / "pyproject.toml").read_text())
    ranges = {}
    for requirement in runtime["project"]["dependencies"]:
        name, version = re.fullmatch(r"([\w-]+)(.*)", requirement).groups()  # type: ignore[union-attr]  # always matches
        if name in _BORROWED:
            ranges[name.replace("-", "_")] = version
    return ranges
