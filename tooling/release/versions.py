"""Every package has a version of its own, and every version says what is new in it."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What is not in the wheel changes nothing for who installs it.
_NOT_SHIPPED = ("tests/", "CHANGELOG.md")


def problems(root: Path, since: str) -> Iterator[str]:
    """Packages that differ from a commit and have its version still, a lower one, or one without a word on it."""
    for package in changed_packages(root, since):
        path = f"packages/{package}/pyproject.toml"
        version = _version((root / path).read_text())
        before = _version(_git(root, "show", f"{since}:{path}")) if _existed(root, since, path) else None
        if before is not None and _ordered(version) <= _ordered(before):
            yield f"{package} has changed and is {version}, after {before}"
        if f"## {version}\n" not in (root / "packages" / package / "CHANGELOG.md").read_text():
            yield f"the CHANGELOG.md of {package} says nothing about {version}"


def changed_packages(root: Path, since: str) -> list[str]:
    """The packages of which something that is shipped differs from a commit."""
    paths = _git(root, "diff", "--name-only", "--no-renames", since, "--", "packages").splitlines()
    matches = (re.fullmatch(r"packages/([^/]+)/(.+)", path) for path in paths)
    changed = {match[1] for match in matches if match and not match[2].startswith(_NOT_SHIPPED)}
    return sorted(package for package in changed if (root / "packages" / package / "pyproject.toml").exists())


def _version(text: str) -> str:
    version: str = tomllib.loads(text)["project"]["version"]
    return version


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _existed(root: Path, commit: str, path: str) -> bool:
    return bool(_git(root, "ls-tree", "--name-only", commit, "--", path))


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
