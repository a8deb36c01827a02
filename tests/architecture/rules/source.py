"""The source files of the repository, parsed."""

import ast
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Source:
    """One Python file. `name` is its dotted name; `label` says where it is, for messages."""

    name: str
    label: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        """`course` for all of `lyceum.course`, `lyceum_host` for the host."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == "lyceum" and len(parts) > 1 else parts[0]

    @property
    def layer(self) -> str:
        """`services` for `lyceum.course.services.publishing`; empty above the layers."""
        parts = self.name.split(".")
        return parts[2] if parts[0] == "lyceum" and len(parts) > 2 else ""

    def at(self, node: ast.expr | ast.stmt, message: str) -> str:
        """A line of a report."""
        return f"{self.label}:{node.lineno}: {message}"


def planted(name: str, text: str) -> Source:
    """A file that is only there to break a rule."""
    return Source(name, f"<{name}>", text)


def package_folders(root: Path = ROOT) -> list[Path]:
    """The folder of each Python distribution."""
    return sorted(path.parent for path in root.glob("*/*/pyproject.toml") if path.parts[-3] in ("packages", "apps"))


def project(folder: Path) -> dict[str, Any]:
    """The `pyproject.toml` in a folder."""
    return tomllib.loads((folder / "pyproject.toml").read_text())


def module_names(root: Path = ROOT) -> list[str]:
    """The domain modules: the packages that offer a `ModuleSpec`."""
    return sorted(
        name
        for folder in package_folders(root)
        for name in project(folder)["project"].get("entry-points", {}).get("lyceum.modules", {})
    )


@functools.cache
def sources(root: Path = ROOT) -> tuple[Source, ...]:
    """Every Python file that is installed somewhere: no tests, no tools."""
    return tuple(
        Source(_dotted(path.relative_to(folder / "src")), str(path.relative_to(root)), path.read_text())
        for folder in package_folders(root)
        for path in sorted((folder / "src").rglob("*.py"))
    )


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Names:
    """What the names in a file stand for, as far as its imports say."""

    def __init__(self, source: Source) -> None:
        self._origin: dict[str, str] = {}
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    # `import a.b` binds `a`; `import a.b as c` binds the whole.
                    bound = alias.asname or alias.name.split(".")[0]
                    self._origin[bound] = alias.name if alias.asname else bound
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    self._origin[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def dotted(self, node: ast.expr) -> str | None:
        """`datetime.datetime.now` for what the file writes as `dt.now`; null for what does not start at an import."""
        if isinstance(node, ast.Name):
            return self._origin.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = self.dotted(node.value)
            return None if owner is None else f"{owner}.{node.attr}"
        return None


def imported_names(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """The dotted name of everything that a file imports, with its statement; `from a import b` counts as `a.b`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            package = source.name.split(".")
            base = node.module or ""
            if node.level:
                is_package = source.label.endswith("__init__.py")
                keep = len(package) - node.level + (1 if is_package else 0)
                base = ".".join([*package[:keep], *([base] if base else [])])
            for alias in node.names:
                yield node, f"{base}.{alias.name}"
