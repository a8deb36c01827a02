"""File names say what is in a file, and files are short enough to read."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from rules.source import ROOT, Source

# A file with such a name collects whatever has no place.
_SAYS_NOTHING = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
# Lines. From the first on a test warns, so that a file can be divided in peace; beyond the second it fails.
LONG = 300
TOO_LONG = 400


def repository_files(root: Path = ROOT) -> list[str]:
    """The paths of all files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for path in listed if (root / path).exists()]


def empty_names(paths: Iterable[str]) -> Iterator[str]:
    """Files and folders called so, also with a word before it: `string_helpers`, but not `common_passwords`."""
    for path in paths:
        for part in Path(path).parts:
            if part.split(".")[0].lower().replace("-", "_").split("_")[-1] in _SAYS_NOTHING:
                yield f"{path}: {part} says nothing about what is in it"


def length(source: Source) -> int:
    """Lines."""
    return len(source.text.splitlines())
