"""Runs the contracts of `.importlinter` over a tree of Python packages."""

import os
import re
import subprocess
import sys
from pathlib import Path

from importlinter import api
from rules.source import ROOT, package_folders

CONFIG = ROOT / ".importlinter"

# The installed packages are on the path as well; only the given tree shall be seen.
_LINT = """
import sys
tree, *hidden = sys.argv.pop().split(":")
sys.path[:] = [tree, *(path for path in sys.path[1:] if path not in hidden)]
from importlinter.cli import lint_imports_command
lint_imports_command()
"""
_RESULT = re.compile(r"(?P<name>\S.*?) (?P<result>KEPT|BROKEN)\b")


def contracts() -> list[dict[str, object]]:
    """The contracts with their options."""
    options: list[dict[str, object]] = api.read_configuration(str(CONFIG))["contracts_options"]
    return options


def option(contract_id: str, name: str) -> list[str]:
    """A list in one of the contracts."""
    (contract,) = (contract for contract in contracts() if contract["id"] == contract_id)
    value = contract[name]
    return value if isinstance(value, list) else [str(value)]


def broken_contracts(tree: Path | None = None) -> set[str]:
    """The ids of the contracts that do not hold in the tree; by default in what is installed.

    Raises `AssertionError` with the linter's words when it could not look at every contract.
    """
    lint = ["--config", str(CONFIG), "--no-cache", "--no-logo"]
    if tree is None:
        command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", *lint]
    else:
        hidden = [str(folder / "src") for folder in package_folders()]
        command = [sys.executable, "-c", _LINT, *lint, ":".join([str(tree), *hidden])]
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    results = {match["name"]: match["result"] for match in map(_RESULT.match, done.stdout.splitlines()) if match}
    ids = {str(contract["name"]): str(contract["id"]) for contract in contracts()}
    assert results.keys() == ids.keys(), done.stdout + done.stderr
    return {ids[name] for name, result in results.items() if result == "BROKEN"}
