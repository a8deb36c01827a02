"""Runs the contracts of `.importlinter` over trees of Python packages."""

import os
import re
import subprocess
import sys
from pathlib import Path

from importlinter import api
from rules.source import ROOT, package_folders

CONFIG = ROOT / ".importlinter"

# The installed packages are on the path as well; only the given trees shall be seen.
_LINT = """
import sys
trees, hidden = (sys.argv.pop().split(":") for _ in range(2))
sys.path[:] = [*trees, *(path for path in sys.path[1:] if path not in hidden)]
from importlinter.cli import lint_imports_command
lint_imports_command()
"""
_RESULT = re.compile(r"(?P<name>\S.*?) (?P<result>KEPT|BROKEN)\b")


def contracts(config: Path = CONFIG) -> list[dict[str, object]]:
    """The contracts with their options."""
    options: list[dict[str, object]] = api.read_configuration(str(config))["contracts_options"]
    return options


def option(contract_id: str, name: str, config: Path = CONFIG) -> list[str]:
    """A list in one of the contracts."""
    (contract,) = (contract for contract in contracts(config) if contract["id"] == contract_id)
    value = contract[name]
    return value if isinstance(value, list) else [str(value)]


def broken_contracts(*trees: Path, config: Path = CONFIG) -> set[str]:
    """The ids of the contracts that do not hold in the trees; without any, in what is installed.

    Raises `AssertionError` with the linter's words when it could not look at every contract.
    """
    hidden = [folder / "src" for folder in package_folders()] if trees else []
    command = [sys.executable, "-c", _LINT, "--config", str(config), "--no-cache", "--no-logo"]
    command += [":".join(map(str, hidden)), ":".join(map(str, trees))]
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    results = {match["name"]: match["result"] for match in map(_RESULT.match, done.stdout.splitlines()) if match}
    ids = {str(contract["name"]): str(contract["id"]) for contract in contracts(config)}
    assert results.keys() == ids.keys(), done.stdout + done.stderr
    return {ids[name] for name, result in results.items() if result == "BROKEN"}
